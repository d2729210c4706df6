package write

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// section is a heading in the table of contents.
type section struct {
	level    int
	heading  *tree.Node
	sections []*section
}

// contents writes the table of contents in place of a list.
func (w *writer) contents(n *tree.Node) {
	w.toc = true
	var all []*tree.Node
	w.headings(w.doc.Root, &all)
	root := &section{}
	stack := []*section{root}
	for _, h := range all {
		for len(stack) > 1 && stack[len(stack)-1].level >= h.Ordinal {
			stack = stack[:len(stack)-1]
		}
		s := &section{level: h.Ordinal, heading: h}
		top := stack[len(stack)-1]
		top.sections = append(top.sections, s)
		stack = append(stack, s)
	}
	if len(all) == 0 {
		return
	}
	tag := blockTags[n.Kind]
	attrs := n.Attrs
	if _, has := attrs.Get("id"); !has {
		attrs.Set("id", "markdown-toc")
	}
	id, _ := attrs.Get("id")
	w.open(tag, attrs, ">\n")
	w.sections(root.sections, tag, id)
	w.write("</", tag, ">\n")
}

func (w *writer) sections(all []*section, tag, prefix string) {
	for _, s := range all {
		id, _ := s.heading.Attrs.Get("id")
		w.write("<li>")
		w.open("a", tree.Attrs{{Key: "href", Value: "#" + id}, {Key: "id", Value: prefix + "-" + id}}, ">")
		w.label(s.heading)
		w.write("</a>")
		if len(s.sections) > 0 {
			w.write("<", tag, ">\n")
			w.sections(s.sections, tag, prefix)
			w.write("</", tag, ">\n")
		}
		w.write("</li>\n")
	}
}

// label writes the text of a heading, without the links and footnotes in it.
func (w *writer) label(n *tree.Node) {
	for _, child := range n.Children {
		switch child.Kind {
		case tree.NoteRef:
		case tree.Link:
			w.label(child)
		default:
			w.node(child, n)
		}
	}
}

// headings finds the headings for the table of contents.
func (w *writer) headings(n *tree.Node, all *[]*tree.Node) {
	for _, child := range n.Children {
		if child.Kind != tree.Heading {
			w.headings(child, all)
			continue
		}
		class, _ := child.Attrs.Get("class")
		id, _ := child.Attrs.Get("id")
		if id != "" && w.doc.Options.TocLevels[child.Ordinal] && !strings.Contains(" "+class+" ", " no_toc ") {
			*all = append(*all, child)
		}
	}
}
