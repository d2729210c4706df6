// Package write makes HTML of a document that was read.
package write

import (
	"strconv"
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// Options say how a document is written.
type Options struct {
	Prefix string              // before the ids of footnotes
	Text   func(string) string // what stands in place of text; nil: the text
}

// Part is HTML, and code after it that is to be coloured.
type Part struct {
	HTML string
	Code *Code // nil: none
}

// Code is code in a language.
type Code struct{ Text, Language string }

// HTML writes a document in parts.
func HTML(d *tree.Document, o Options) []Part {
	w := &writer{doc: d, options: o}
	prepare(d)
	w.blocks(d.Root)
	w.footnotes()
	return append(w.parts, Part{HTML: w.b.String()})
}

type writer struct {
	doc     *tree.Document
	options Options
	b       strings.Builder
	parts   []Part
	notes   []string // footnotes in the order of the references to them
	toc     bool     // the table of contents was written
}

func (w *writer) write(parts ...string) {
	for _, s := range parts {
		w.b.WriteString(s)
	}
}

// line ends a line, unless it has ended.
func (w *writer) blocks(n *tree.Node) {
	for i, child := range n.Children {
		if i > 0 && n.Children[i-1].Transparent {
			w.write("\n")
		}
		w.node(child, n)
	}
}

// node writes a node, whose parent is another.
func (w *writer) node(n, parent *tree.Node) {
	switch n.Kind {
	case tree.Text:
		w.text(n)
	case tree.Mark:
		w.write(escape(n.Text))
	case tree.HTML:
		w.html(n, parent)
	case tree.Comment, tree.Markup:
		w.write(n.Text)
		if !n.Inline && (parent.Kind != tree.HTML || parent.Model != tree.AsRaw) {
			w.write("\n")
		}
	case tree.Math:
		w.math(n)
	case tree.Code:
		w.code(n)
	case tree.Table:
		w.table(n)
	default:
		if n.Kind >= tree.Emphasis {
			w.span(n)
		} else {
			w.block(n)
		}
	}
}

func (w *writer) text(n *tree.Node) {
	text := n.Text
	if w.options.Text != nil {
		text = w.options.Text(text)
	}
	if n.Escaped {
		w.write(escapeKept(text))
		return
	}
	w.write(escape(text))
}

var blockTags = map[tree.Kind]string{
	tree.Quote: "blockquote", tree.Bullets: "ul", tree.Numbers: "ol", tree.Definitions: "dl",
}

func (w *writer) block(n *tree.Node) {
	switch n.Kind {
	case tree.Paragraph:
		w.paragraph(n)
	case tree.Heading:
		level := strconv.Itoa(min(max(n.Ordinal+w.doc.Options.HeaderOffset, 1), 6))
		w.inline("h"+level, n)
		w.write("\n")
	case tree.Rule:
		w.open("hr", n.Attrs, " />\n")
	case tree.Item:
		w.container("li", n)
	case tree.Term:
		w.inline("dt", n)
		w.write("\n")
	case tree.Meaning:
		w.container("dd", n)
	default:
		if (n.Kind == tree.Bullets || n.Kind == tree.Numbers) && n.List.Has("toc") && !w.toc {
			w.contents(n)
			return
		}
		tag := blockTags[n.Kind]
		w.open(tag, n.Attrs, ">\n")
		w.blocks(n)
		w.write("</", tag, ">\n")
	}
}

// container writes an element whose content begins with text or with blocks.
func (w *writer) container(tag string, n *tree.Node) {
	w.open(tag, n.Attrs, ">")
	if len(n.Children) > 0 && !n.Children[0].Transparent {
		w.write("\n")
	}
	w.blocks(n)
	w.write("</", tag, ">\n")
}

func (w *writer) paragraph(n *tree.Node) {
	if n.Transparent {
		w.blocks(n)
		return
	}
	if len(n.Children) == 1 && n.Children[0].Kind == tree.Image && n.Children[0].List.Has("standalone") {
		w.figure(n.Children[0])
		return
	}
	w.inline("p", n)
	w.write("\n")
}

// figure writes a picture that stands alone.
func (w *writer) figure(n *tree.Node) {
	w.write("<figure>\n")
	w.open("img", n.Attrs, " />\n<figcaption>")
	alt, _ := n.Attrs.Get("alt")
	w.write(escape(alt), "</figcaption>\n</figure>\n")
}

// inline writes an element and its content, which is spans.
func (w *writer) inline(tag string, n *tree.Node) {
	w.open(tag, n.Attrs, ">")
	for _, child := range n.Children {
		w.node(child, n)
	}
	w.write("</", tag, ">")
}

var spanTags = map[tree.Kind]string{
	tree.Emphasis: "em", tree.Strong: "strong", tree.Deleted: "del", tree.Link: "a",
}

func (w *writer) span(n *tree.Node) {
	switch n.Kind {
	case tree.Image:
		w.open("img", n.Attrs, " />")
	case tree.CodeSpan:
		w.open("code", n.Attrs, ">")
		w.write(escape(n.Text), "</code>")
	case tree.Break:
		w.write("<br />")
	case tree.NoteRef:
		w.noteRef(n)
	case tree.Abbreviation:
		w.open("abbr", n.Attrs, ">")
		w.write(escape(n.Text), "</abbr>")
	default:
		w.inline(spanTags[n.Kind], n)
	}
}

// open writes the beginning of an element.
func (w *writer) open(tag string, attrs tree.Attrs, end string) {
	w.write("<", tag)
	for _, a := range attrs {
		w.write(" ", a.Key, `="`, escapeAttr(a.Value), `"`)
	}
	w.write(end)
}
