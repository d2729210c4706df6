package unseen

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var (
	// openingTag matches a tag with attributes, whose quoted values may hold anything.
	openingTag = regexp.MustCompile(`^<[A-Za-z][A-Za-z0-9-]*[\s/](?:[^<>"']|"[^"]*"|'[^']*')*>`)
	mayHide    = regexp.MustCompile(`(?i)hidden|style|^<(?:dialog|template)`)
)

// WithoutHidden returns the text of a field, such as a title, without the elements
// that their attributes hide. One that nothing closes hides the rest.
func WithoutHidden(text string) string {
	var out strings.Builder
	for {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			return out.String() + text
		}
		out.WriteString(text[:at])
		text = text[at:]
		size := hiddenSize(text)
		if size == 0 {
			out.WriteByte('<')
			size = 1
		}
		text = text[size:]
	}
}

// hiddenSize returns how long the hidden element is that a text begins with, or 0.
// A tag without attributes may be the name of a type, as in Vec<Template>.
//
// Only what can be such a tag is read, since reading costs as much as maxTag bytes.
func hiddenSize(text string) int {
	m := openingTag.FindString(text[:min(len(text), maxTag)])
	if m == "" || !mayHide.MatchString(m) {
		return 0
	}
	tokens := html.NewTokenizer(strings.NewReader(m))
	if kind := tokens.Next(); kind != html.StartTagToken && kind != html.SelfClosingTagToken {
		return 0
	}
	size := len(tokens.Raw())
	token := tokens.Token()
	switch {
	case len(token.Attr) == 0 || token.DataAtom == 0 || !Hidden(token.DataAtom, token.Attr):
		return 0
	case void[token.DataAtom]:
		return size
	}
	s := scanner{text: text}
	return s.end(size, token.Data)
}
