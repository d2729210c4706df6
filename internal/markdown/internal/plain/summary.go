package plain

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"broadsheet/internal/markdown/internal/dom"
	"broadsheet/internal/markdown/internal/embed"
)

// moreMarker is the comment that ends a summary, in the spellings of the
// generators that have one.
var moreMarker = regexp.MustCompile(`(?i)^\s*(more|truncate|TEASER_END\b.*)\s*$`)

// template is text for a program. A paragraph of nothing else is none.
var template = regexp.MustCompile(`\{\{.*?\}\}|\{%.*?%\}`)

// apart is what a summary passes over: it makes no sense, or says the title
// again, when it is pulled out of its place.
var apart = map[atom.Atom]bool{
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Pre: true,
	atom.Table: true, atom.Video: true, atom.Audio: true, atom.Figcaption: true, atom.Hr: true,
}

// Summary returns the text before the author's marker, else the first
// paragraph with letters in it, else whatever text there is, as plain text. Of
// pictures without any text it is what the first of them shows.
func Summary(root *html.Node, limit int) string {
	return Cut(cmp.Or(teaser(root), firstParagraph(root), prose(root), Fold(dom.TextOf(root)), pictured(root)), limit)
}

// pictured returns what the first picture with a description shows.
func pictured(root *html.Node) string {
	for n := range root.Descendants() {
		if n.DataAtom != atom.Img {
			continue
		}
		if alt, _ := dom.Attr(n, "alt"); Fold(alt) != "" {
			return Fold(alt)
		}
	}
	return ""
}

// teaser returns the text before the marker, and nothing when there is none.
func teaser(root *html.Node) string {
	w := proseWriter{untilMore: true}
	if w.write(root); !w.stopped {
		return ""
	}
	return w.text()
}

func firstParagraph(n *html.Node) string {
	if isApart(n) {
		return ""
	}
	if n.DataAtom == atom.P {
		return wordy(prose(n))
	}
	var run proseWriter // text between blocks, as old exports have it
	for child := range n.ChildNodes() {
		if loose(n) && (child.Type == html.TextNode || child.Type == html.ElementNode && inline[child.DataAtom]) {
			run.write(child)
			continue
		}
		if text := cmp.Or(wordy(run.text()), firstParagraph(child)); text != "" {
			return text
		}
		run = proseWriter{}
	}
	return wordy(run.text())
}

// loose reports whether text right below n is a paragraph without its tag.
func loose(n *html.Node) bool {
	return n.Type == html.DocumentNode || n.DataAtom == atom.Div || n.DataAtom == atom.Section || n.DataAtom == atom.Article
}

// wordy returns the text when there is something in it to read.
func wordy(text string) string {
	if !strings.ContainsFunc(template.ReplaceAllString(text, ""), unicode.IsLetter) {
		return ""
	}
	return text
}

func prose(n *html.Node) string {
	var w proseWriter
	w.write(n)
	return w.text()
}

type proseWriter struct {
	b         strings.Builder
	untilMore bool
	stopped   bool
}

func (w *proseWriter) text() string { return Fold(w.b.String()) }

func (w *proseWriter) write(n *html.Node) {
	switch {
	case w.stopped || isApart(n):
		return
	case n.Type == html.TextNode:
		w.b.WriteString(n.Data)
	case n.Type == html.CommentNode:
		w.stopped = w.untilMore && moreMarker.MatchString(n.Data)
	}
	parts := n.Type == html.ElementNode && !inline[n.DataAtom]
	if parts {
		w.b.WriteByte(' ')
	}
	for child := range n.ChildNodes() {
		w.write(child)
	}
	if parts {
		w.b.WriteByte(' ')
	}
}

func isApart(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	role, _ := dom.Attr(n, "role")
	return embed.IsStandIn(n) || apart[n.DataAtom] || strings.HasPrefix(role, "doc-noteref") || role == "doc-endnotes"
}
