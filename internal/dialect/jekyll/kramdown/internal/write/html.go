package write

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// html writes an element that its author wrote as HTML.
func (w *writer) html(n, parent *tree.Node) {
	empty := len(n.Children) == 0
	switch {
	case empty && scan.IsVoid(n.Name), n.Closed && n.Model == tree.AsRaw && !n.Inline:
		w.open(n.Name, n.Attrs, " />")
	case n.Model == tree.AsBlocks && !empty:
		w.open(n.Name, n.Attrs, ">\n")
		w.blocks(n)
		w.write("</", n.Name, ">")
	default:
		w.inline(n.Name, n)
	}
	if !n.Inline && (parent.Kind != tree.HTML || parent.Model != tree.AsRaw) {
		w.write("\n")
	}
}

func (w *writer) math(n *tree.Node) {
	open, end := `\(`, `\)`
	switch engine := w.doc.Options.MathEngine; {
	case engine && !n.Inline:
		open, end = `\[`, `\]`
	case !engine && n.Inline:
		open, end = `<span class="kdmath">$`, "$</span>"
	case !engine:
		open, end = "<div class=\"kdmath\">$$\n", "\n$$</div>"
	}
	if len(n.Attrs) > 0 && !n.Inline {
		w.open("div", n.Attrs, ">\n")
		end += "\n</div>"
	}
	w.write(open, escape(n.Text), end)
	if !n.Inline {
		w.write("\n")
	}
}

// code writes code. That in a language is a part of its own.
func (w *writer) code(n *tree.Node) {
	attrs, language := language(n)
	if language == "" {
		w.open("pre", attrs, "><code>")
		w.write(escape(n.Text), "</code></pre>\n")
		return
	}
	if len(attrs) > 0 {
		w.open("div", attrs, ">")
	}
	w.parts = append(w.parts, Part{HTML: w.b.String(), Code: &Code{Text: n.Text, Language: language}})
	w.b.Reset()
	if len(attrs) > 0 {
		w.write("</div>\n")
	}
}

// language takes the language of code out of its attributes.
func language(n *tree.Node) (attrs tree.Attrs, language string) {
	attrs, language = n.Attrs, n.Name
	class, _ := attrs.Get("class")
	if !strings.Contains(class, "language-") {
		return attrs, language
	}
	attrs = append(tree.Attrs{}, attrs...)
	var others []string
	for _, one := range strings.Fields(class) {
		name, ok := strings.CutPrefix(one, "language-")
		switch {
		case !ok:
			others = append(others, one)
		case language == "":
			language = name
		}
	}
	if len(others) == 0 {
		attrs.Remove("class")
	} else {
		attrs.Set("class", strings.Join(others, " "))
	}
	return attrs, language
}

var groupTags = map[tree.Kind]string{tree.TableHead: "thead", tree.TableBody: "tbody", tree.TableFoot: "tfoot"}

var alignNames = map[tree.Align]string{tree.Left: "left", tree.Right: "right", tree.Center: "center"}

// table writes a table. Alignment is an attribute, since styles do not survive feeds.
func (w *writer) table(n *tree.Node) {
	w.open("table", n.Attrs, ">\n")
	for _, group := range n.Children {
		tag := groupTags[group.Kind]
		w.open(tag, group.Attrs, ">\n")
		for _, row := range group.Children {
			w.open("tr", row.Attrs, ">\n")
			w.cells(n, group, row)
			w.write("</tr>\n")
		}
		w.write("</", tag, ">\n")
	}
	w.write("</table>\n")
}

func (w *writer) cells(table, group, row *tree.Node) {
	tag := "td"
	if group.Kind == tree.TableHead {
		tag = "th"
	}
	for i, cell := range row.Children {
		if name := alignNames[table.Aligns[i]]; name != "" {
			cell.Attrs.Set("align", name)
		}
		if len(cell.Children) == 0 {
			cell.Add(&tree.Node{Kind: tree.Mark, Text: "\u00A0"})
		}
		w.inline(tag, cell)
		w.write("\n")
	}
}

var plain = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func escape(s string) string {
	if strings.IndexByte(s, '&') < 0 && strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '>') < 0 {
		return s
	}
	return plain.Replace(s)
}

var marks = strings.NewReplacer("<", "&lt;", ">", "&gt;")

// escapeKept leaves references to characters as they are.
func escapeKept(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return marks.Replace(s)
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(marks.Replace(s))
			return b.String()
		}
		b.WriteString(marks.Replace(s[:i]))
		n := scan.Reference(s[i:])
		if n == 0 {
			b.WriteString("&amp;")
			n = 1
		} else {
			b.WriteString(s[i : i+n])
		}
		s = s[i+n:]
	}
}

func escapeAttr(s string) string {
	if !strings.ContainsAny(s, `&<>"`) {
		return s
	}
	return strings.ReplaceAll(escapeKept(s), `"`, "&quot;")
}
