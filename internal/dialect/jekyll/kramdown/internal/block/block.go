// Package block reads the blocks of a text: paragraphs, lists, quotes, tables, HTML and so
// on, by kramdown's rules. What stands in their lines is left to package span.
package block

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/marks"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// maxDepth bounds blocks within each other. What is deeper stays text.
const maxDepth = 100

// Parse reads the blocks of a text into a document.
func Parse(d *tree.Document, text string) {
	p := &parser{doc: d, text: text}
	p.blocks(d.Root)
}

// parser reads one text. The content of a quote or an item of a list is a text of its own.
type parser struct {
	doc     *tree.Document
	text    string
	at      int
	tree    *tree.Node // which the blocks belong to
	depth   int
	pending *tree.List // attributes of the next block
	prose   int        // where the last paragraph begins

	marks map[string]int // where a mark was looked for in vain
}

// blocks reads blocks until the text ends, or the element that they stand in.
func (p *parser) blocks(into *tree.Node) {
	before, pending := p.tree, p.pending
	p.tree, p.pending = into, nil
	for p.at < len(p.text) && !p.block() {
	}
	p.tree, p.pending = before, pending
}

// within reads the blocks of a text of its own.
func (p *parser) within(into *tree.Node, text string) {
	if p.depth >= maxDepth {
		into.Add(&tree.Node{Kind: tree.Paragraph, Children: []*tree.Node{{Kind: tree.Text, Text: text}}})
		return
	}
	inner := &parser{doc: p.doc, text: text, depth: p.depth + 1}
	inner.blocks(into)
}

// rest is the text that is left.
func (p *parser) rest() string { return p.text[p.at:] }

// line is the line at the position, with its end.
func (p *parser) line() string { return p.text[p.at : p.at+scan.Line(p.text[p.at:])] }

// add adds a block, with the attributes that were written before it.
func (p *parser) add(n *tree.Node) *tree.Node {
	p.tree.Add(p.adorn(n))
	return n
}

// adorn gives a new block the attributes that were written before it.
func (p *parser) adorn(n *tree.Node) *tree.Node {
	n.List, p.pending = p.pending, nil
	return n
}

// find returns where a mark stands in the rest, -1 if it does not. What was looked for in
// vain is not looked for again.
func (p *parser) find(from int, mark string) int {
	if missing, ok := p.marks[mark]; ok && from >= missing {
		return -1
	}
	if i := strings.Index(p.text[from:], mark); i >= 0 {
		return from + i
	}
	if p.marks == nil {
		p.marks = map[string]int{}
	}
	p.marks[mark] = from
	return -1
}

// block reads one block. It returns true where the element ends that the blocks stand in.
func (p *parser) block() (closed bool) {
	rest := p.rest()
	if n := scan.Blank(rest); n > 0 {
		p.blank(n)
		return false
	}
	if scan.Indent(rest) > 0 && p.code() {
		return false
	}
	read, closed := p.opened(rest)
	if closed {
		return true
	}
	if !read && !p.setext() && !p.table() && !p.definition() {
		p.paragraph()
	}
	return false
}

// opened reads a block that its first character tells.
func (p *parser) opened(rest string) (read, closed bool) {
	margin := scan.Margin(rest)
	if margin == len(rest) {
		return false, false
	}
	switch c := rest[margin]; c {
	case '`', '~':
		return p.fenced(), false
	case '>':
		return p.quote(), false
	case '#':
		return p.atx(), false
	case '*', '-', '_':
		return p.rule() || p.list(), false
	case '+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return p.list(), false
	case ':':
		return p.meanings(), false
	case '<':
		return p.html()
	case '$', '\\':
		// A heading that is underlined may begin so, too.
		return p.setext() || p.math(), false
	}
	return false, false
}

// definition reads what is not shown where it stands.
func (p *parser) definition() bool {
	rest := p.rest()
	margin := scan.Margin(rest)
	switch {
	case strings.HasPrefix(rest[margin:], "[^"):
		return p.note() || p.target()
	case strings.HasPrefix(rest[margin:], "["):
		return p.target()
	case strings.HasPrefix(rest[margin:], "*["):
		return p.abbreviation()
	case strings.HasPrefix(rest[margin:], "{:"):
		return p.extension()
	case rest[0] == '^' && scan.LineEnd(rest[1:]) > 0:
		p.at += 1 + scan.LineEnd(rest[1:])
		p.add(&tree.Node{Kind: tree.End})
		return true
	}
	return false
}

func (p *parser) blank(n int) {
	if last := p.tree.Last(); last.Is(tree.Blank) {
		last.Text += p.text[p.at : p.at+n]
	} else {
		p.add(&tree.Node{Kind: tree.Blank, Text: p.text[p.at : p.at+n]})
	}
	p.at += n
}

// afterBoundary reports whether the position is at the beginning, after a blank line, or
// after what ends a block.
func (p *parser) afterBoundary() bool {
	last := p.tree.Last()
	return last == nil || last.Kind == tree.Blank || last.Kind == tree.End && !last.Definition && last.Name == "" || p.pending != nil
}

// beforeBoundary reports whether a block may end at a position.
func (p *parser) beforeBoundary(at int) bool {
	rest := p.text[at:]
	return rest == "" || scan.Blank(rest) > 0 || marks.IsEnd(rest) || marks.AnyList(rest) > 0
}

// paragraph reads a paragraph, or more lines of the one before.
func (p *parser) paragraph() {
	start := p.at
	p.at += scan.Line(p.rest())
	for p.at < len(p.text) && !p.endsParagraph() {
		p.at += scan.Line(p.rest())
	}
	last := p.tree.Last()
	if !last.Is(tree.Paragraph) || last.Children[0].Kind != tree.Raw {
		last = p.add(&tree.Node{Kind: tree.Paragraph})
		last.AddRaw("")
		p.prose = start
	}
	last.Children[0].Text = scan.Trim(p.text[p.prose:p.at])
}

// endsParagraph reports whether a paragraph ends before the position.
func (p *parser) endsParagraph() bool {
	rest := p.rest()
	return marks.EndsLazily(rest) || marks.Meaning(rest) > 0 || p.doc.Options.ParagraphEnd && marks.OpensBlock(rest)
}
