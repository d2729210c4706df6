package block

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/marks"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// item is an item of a list that is being read.
type item struct {
	node   *tree.Node
	texts  []string // what is read on its own: the text before a list in it, and the list
	text   strings.Builder
	indent int  // where its content begins
	nested bool // a list or a blank line was found
}

// cut begins another text.
func (i *item) cut() {
	i.texts = append(i.texts, i.text.String())
	i.text.Reset()
}

// list reads a list.
func (p *parser) list() bool {
	kind, mark := tree.Bullets, marks.Bullet
	if mark(p.rest(), 3) == 0 {
		if kind, mark = tree.Numbers, marks.Number; mark(p.rest(), 3) == 0 {
			return false
		}
	}
	list := p.adorn(&tree.Node{Kind: kind})
	items, ended := p.items(list, mark, tree.Item)
	p.tree.Add(list)
	var last *tree.Node
	for i := range items {
		last = p.finish(items, i, ended)
	}
	if p.doc.Options.GFM {
		tasks(list)
	}
	if last != nil && !ended {
		p.tree.Add(last)
	}
	return true
}

// items reads the lines of all items of a list. It reports whether a mark ended the list.
func (p *parser) items(list *tree.Node, mark func(string, int) int, kind tree.Kind) (items []*item, ended bool) {
	spaces, blank := 3, false
	var current *item
	for p.at < len(p.text) {
		rest := p.rest()
		n := mark(rest, spaces)
		switch {
		case blank && kind == tree.Item && marks.Rule(rest) > 0:
			return items, false
		case marks.IsEnd(rest):
			p.at += scan.Line(rest)
			return items, true
		case n > 0:
			current = p.item(n, kind)
			current.node.Definition = blank // a meaning after a blank line is a paragraph
			list.Add(current.node)
			items = append(items, current)
			spaces, blank = min(3, max(current.indent-1, 0)), false
		case current == nil:
			return items, false
		case scan.IsBlank(p.line()):
			blank = true
			current.nested = true
			blanks := max(scan.Blank(rest), 1)
			current.text.WriteString(rest[:blanks])
			p.at += blanks
		case p.continues(current, blank):
			blank = false
		default:
			return items, false
		}
	}
	return items, false
}

// item begins an item, whose mark is so long.
func (p *parser) item(mark int, kind tree.Kind) *item {
	i := &item{node: &tree.Node{Kind: kind}, indent: mark}
	line := p.line()
	content := line[mark:]
	p.at += len(line)
	text, attributes := marks.LeadingList(content)
	if scan.IsBlank(text) {
		i.indent = 4
	} else {
		i.measure(content)
	}
	if attributes != "" {
		i.node.List = &tree.List{}
		i.node.List.Parse(attributes)
	}
	content = strings.TrimLeft(text, " \t\n\v\f\r")
	i.nested = marks.OpensList(content)
	i.text.WriteString(content)
	return i
}

// measure sets where the content of an item begins.
func (i *item) measure(content string) {
	column := i.indent
	at := 0
	for at < len(content) && (content[at] == ' ' || content[at] == '\t') {
		if content[at] == '\t' {
			column += 4 - column%4
		} else {
			column++
		}
		at++
	}
	i.indent = column
}

// continues adds a line to an item, if it belongs there: it is indented, or no blank line is
// before it.
func (p *parser) continues(i *item, blank bool) bool {
	line := p.line()
	indented := i.indented(line)
	if !indented && (blank || p.endsItem(line, i.indent)) {
		return false
	}
	p.at += len(line)
	tabs := scan.Run(line, '\t')
	if tabs > 0 {
		line = strings.Repeat("    ", tabs) + line[tabs:]
	}
	found := scan.Run(line, ' ') >= i.indent
	if found {
		line = line[i.indent:]
	}
	switch {
	case !i.nested && found && marks.OpensList(line):
		i.cut()
		i.nested = true
	case i.nested && !found && marks.OpensList(line):
		line = strings.Repeat(" ", i.indent+4) + line
	}
	i.text.WriteString(line)
	return true
}

// indented reports whether a line is indented as the content of an item is. A tab stands
// for four spaces.
func (i *item) indented(line string) bool {
	units, at := 0, 0
	for units < i.indent/4 {
		n := scan.Indent(line[at:])
		if n == 0 {
			return false
		}
		at += n
		units++
	}
	return scan.Run(line[at:], ' ') >= i.indent%4 || scan.Indent(line[at:]) > 0
}

// endsItem reports whether a line that is not indented does not belong to an item.
func (p *parser) endsItem(line string, indent int) bool {
	spaces := scan.Run(line, ' ')
	if spaces > min(indent, 3) || spaces == len(line) {
		return false
	}
	switch rest := p.text[p.at+spaces:]; rest[0] {
	case '{':
		return marks.AnyList(rest) > 0
	case '<':
		return marks.EndsAtTag(rest)
	}
	return false
}

// finish reads the blocks of an item. It returns the blank lines at its end.
func (p *parser) finish(items []*item, at int, ended bool) (blank *tree.Node) {
	i := items[at]
	i.cut()
	for _, text := range i.texts {
		p.within(i.node, text)
	}
	i.texts = nil
	n := i.node
	if len(n.Children) == 0 {
		return nil
	}
	if first := n.Children[0]; first.Is(tree.Paragraph) && len(n.Children) > 1 && n.Children[1].Kind == tree.End && first.List != nil {
		n.Children = append(n.Children[:1], n.Children[2:]...)
	}
	if isTight(items, at, ended) {
		n.Children[0].Transparent = true
		if text := n.Children[0].Last(); len(n.Children) > 1 && n.Children[1].Kind != tree.Blank && text.Kind == tree.Raw {
			text.Text += "\n"
		}
	}
	if n.Last().Is(tree.Blank) {
		return n.Pop()
	}
	return nil
}

// isTight reports whether the paragraph that an item begins with has no tags: no blank
// line follows it, or it is all there is in the item. The last item follows the others.
func isTight(items []*item, at int, ended bool) bool {
	children, last := items[at].node.Children, at == len(items)-1
	if !children[0].Is(tree.Paragraph) {
		return false
	}
	alone := len(children) < 2 || children[1].Kind != tree.Blank
	if !alone && (!last || len(children) != 2 || ended) {
		return false
	}
	if !last || len(items) == 1 {
		return true
	}
	for _, other := range items[:at] {
		c := other.node.Children
		if len(c) == 0 || c[0].Kind != tree.Paragraph || c[0].Transparent {
			return true
		}
	}
	return false
}
