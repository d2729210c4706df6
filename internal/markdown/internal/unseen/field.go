package unseen

import "strings"

// WithoutHidden returns the text of a field, such as a title, without the elements
// that their attributes hide. One that nothing closes hides the rest.
func WithoutHidden(text string) string {
	if !strings.Contains(text, "<") {
		return text
	}
	s := scanner{text: text, html: true, field: true, spare: 4 * len(text)}
	s.scan()
	return s.out.String()
}
