package write

import (
	"strconv"
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// maxBacklinks bounds the links from a footnote to the references to it.
const maxBacklinks = 100

// noteRef writes a reference to a footnote, which gets its number with the first one.
func (w *writer) noteRef(n *tree.Node) {
	note := w.doc.Notes[n.Name]
	if note.Refs == 0 {
		w.notes = append(w.notes, n.Name)
		note.Number = len(w.notes) - 1 + w.doc.Options.FootnoteNumber
	}
	ref := w.refID(n.Name, note.Refs)
	note.Refs++
	number := strings.Replace(w.doc.Options.FootnoteLinkText, "%s", strconv.Itoa(note.Number), 1)
	w.write(`<sup id="`, ref, `"><a href="#`, w.noteID(n.Name), `" class="footnote-ref" rel="footnote" role="doc-noteref">`, number, `</a></sup>`)
}

func (w *writer) noteID(name string) string {
	return w.options.Prefix + "fn:" + w.doc.Options.FootnotePrefix + name
}

// refID returns the id of a reference to a footnote.
func (w *writer) refID(name string, ordinal int) string {
	id := w.options.Prefix + "fnref:" + w.doc.Options.FootnotePrefix + name
	if ordinal > 0 {
		id += ":" + strconv.Itoa(ordinal)
	}
	return id
}

// footnotes writes the footnotes that something refers to. One may refer to others.
func (w *writer) footnotes() {
	if len(w.notes) == 0 {
		return
	}
	w.write("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol")
	if first := w.doc.Options.FootnoteNumber; first != 1 {
		w.write(` start="`, strconv.Itoa(first), `"`)
	}
	w.write(">\n")
	for i := 0; i < len(w.notes); i++ {
		name := w.notes[i]
		w.write(`<li id="`, w.noteID(name), "\" role=\"doc-endnote\">\n")
		w.note(name)
		w.write("</li>\n")
	}
	w.write("</ol>\n</div>\n")
}

// note writes one footnote. The links back join its last paragraph.
func (w *writer) note(name string) {
	note := w.doc.Notes[name]
	content := note.Content
	last := content.Last()
	if w.doc.Options.BacklinkInline && last != nil {
		for (last.Kind == tree.Quote || last.Kind == tree.Bullets || last.Kind == tree.Numbers || last.Kind == tree.Item) && last.Last() != nil {
			last = last.Last()
		}
	}
	if w.doc.Options.FootnoteBacklink == "" {
		w.blocks(content)
		return
	}
	// References within the footnote count, too: its text is written first.
	back := &tree.Node{Kind: tree.Markup, Inline: true}
	if last.Is(tree.Paragraph) {
		last.Add(back)
		back.Text = "\u00A0" + w.backlinks(name)
	} else {
		p := &tree.Node{Kind: tree.Paragraph}
		back.Text = w.backlinks(name)
		p.Add(back)
		content.Add(p)
	}
	w.blocks(content)
}

func (w *writer) backlinks(name string) string {
	var b strings.Builder
	for i := range min(w.doc.Notes[name].Refs, maxBacklinks) {
		if i > 0 {
			b.WriteString("\u00A0")
		}
		b.WriteString(`<a href="#` + w.refID(name, i) + `" class="footnote-backref" role="doc-backlink">` + escapeKept(w.doc.Options.FootnoteBacklink))
		if i > 0 {
			b.WriteString("<sup>" + strconv.Itoa(i+1) + "</sup>")
		}
		b.WriteString("</a>")
	}
	return b.String()
}
