package markdown

import "broadsheet/internal/markdown/internal/unseen"

// Languages are those whose comments a text may hold besides HTML's: see
// WithoutUnseen.
type Languages = unseen.Languages

// Opening is the beginning of a comment or a hidden element.
type Opening = unseen.Opening

// WithoutUnseen returns Markdown, or HTML, without what is not to be read outside
// of its code: comments, and elements that a page does not show because of an
// attribute. An empty comment may stand in its place, and no line changes its
// number. Comments that part a summary from the rest stay. What begins such a part
// and is never ended takes the rest of the text with it, and is returned.
func WithoutUnseen(text []byte, l Languages) ([]byte, []Opening) {
	if unseen.AllSeen(text) {
		return text, nil
	}
	was := string(text)
	now, endless := unseen.Without(was, l)
	if now != was {
		return []byte(now), endless
	}
	return text, endless
}

// WithoutHidden returns the text of a title or another field without the elements
// that their attributes hide from readers of a page.
func WithoutHidden(text string) string { return unseen.WithoutHidden(text) }
