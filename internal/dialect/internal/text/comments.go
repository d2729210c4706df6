package text

import (
	"regexp"
	"strings"
)

// hugoComment matches the shortcode that shows nothing of what it encloses, in
// code too; one that nothing closes encloses the rest.
var hugoComment = regexp.MustCompile(`(?is)\{\{[<%]\s*comment\s*[>%]\}\}.*?(?:\{\{[<%]\s*/\s*comment\s*[>%]\}\}|\z)`)

// WithoutComments takes such shortcodes out of a text, and leaves as many lines in their place.
func WithoutComments(text string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	return hugoComment.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) })
}
