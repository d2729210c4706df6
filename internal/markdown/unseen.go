package markdown

import "broadsheet/internal/markdown/internal/unseen"

// Languages are those whose comments a text may hold besides HTML's: see
// WithoutUnseen.
type Languages = unseen.Languages

// WithoutUnseen returns Markdown, or HTML, without what is not to be read outside
// of its code: comments, and elements that a page does not show because of an
// attribute. An empty comment may stand in its place, and no line changes its
// number. Comments that part a summary from the rest stay.
func WithoutUnseen(text []byte, l Languages) []byte {
	was := string(text)
	if now := unseen.Without(was, l); now != was {
		return []byte(now)
	}
	return text
}

// WithoutHidden returns the text of a title or another field without the elements
// that their attributes hide from readers of a page.
func WithoutHidden(text string) string { return unseen.WithoutHidden(text) }
