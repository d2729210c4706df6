// Package span reads what stands in the lines of a text: emphasis, links, code, HTML,
// quotes and so on, by kramdown's rules.
//
// Where a mark finds no partner its text is read again without it. How much may be read
// again is bounded by the document; marks beyond that stay text.
package span

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// Parse replaces all text of a document whose spans are not read yet, and gives nodes the
// attributes that their authors wrote for them.
func Parse(d *tree.Document) {
	update(d, d.Root)
	for _, name := range noteNames(d) {
		update(d, d.Notes[name].Content)
	}
}

func update(d *tree.Document, n *tree.Node) {
	children := n.Children[:0:0]
	for _, child := range n.Children {
		switch child.Kind {
		case tree.Raw:
			children = append(children, Read(d, child.Text)...)
			continue
		case tree.End, tree.Blank:
			continue
		}
		update(d, child)
		d.Apply(child, child.List)
		children = append(children, child)
	}
	n.Children = children
}

// Read reads the spans of a text.
func Read(d *tree.Document, text string) []*tree.Node {
	root := &tree.Node{}
	p := &parser{doc: d, s: text}
	p.spans(root, nil)
	return root.Children
}

// parser reads one text.
type parser struct {
	doc   *tree.Document
	s     string
	at    int
	from  int        // where text begins that is not added yet
	plain int        // from where on a quote may look at the character before it
	node  *tree.Node // which the spans belong to
	depth int

	emphasis, strong, links, images int // open ones

	missing map[string]int // where a mark was looked for in vain
}

// stop reports whether a span ends at the position, whose byte is one of marks.
type stop struct {
	marks string
	ends  func() bool
}

// maxDepth bounds spans within each other.
const maxDepth = 100

// spans reads spans until the text ends, or where stop says so.
func (p *parser) spans(into *tree.Node, s *stop) (ended bool) {
	outer := p.node
	p.node, p.from, p.plain = into, p.at, p.at
	p.depth++
	defer func() { p.node = outer; p.depth-- }()
	raw := into.Kind == tree.HTML && into.Model == tree.AsRaw
	for p.at < len(p.s) {
		c := p.s[p.at]
		if s != nil && strings.IndexByte(s.marks, c) >= 0 {
			p.flush()
			if s.ends() {
				return true
			}
		}
		switch {
		case !special[c], raw && c != '<', p.depth > maxDepth, !p.special(c):
			p.at++
		}
	}
	p.flush()
	return false
}

// special are the bytes that may begin a span, or end a line.
var special = func() (is [256]bool) {
	for _, c := range []byte("*_`<[!\"'${&-.>\\~\n") {
		is[c] = true
	}
	return is
}()

// special reads a span that begins with c. It returns false if there is none: then c is
// text, and passed by the caller.
func (p *parser) special(c byte) bool {
	switch c {
	case '*', '_':
		return p.stressed(c)
	case '`':
		return p.code()
	case '<':
		return p.angle()
	case '[', '!':
		return p.bracket()
	case '"', '\'':
		return p.quote()
	case '$':
		return p.math()
	case '{':
		return p.extension()
	case '&':
		return p.reference()
	case '-', '.', '>':
		return p.symbol()
	case '\\':
		return p.escape()
	case '~':
		return p.deleted()
	case '\n':
		return p.lineEnd()
	}
	return false
}

// flush adds the text before the position.
func (p *parser) flush() {
	if p.from < p.at {
		p.node.Add(&tree.Node{Kind: tree.Text, Text: p.s[p.from:p.at]})
		p.from = p.at
	}
}

// pass lets so many bytes be text that was looked at.
func (p *parser) pass(n int) bool {
	p.at += n
	p.plain = p.at
	return true
}

// put adds a node in place of so many bytes.
func (p *parser) put(n *tree.Node, length int) bool {
	p.flush()
	p.node.Add(n)
	p.move(p.at + length)
	return true
}

// move sets the position; text before it was added.
func (p *parser) move(at int) { p.at, p.from, p.plain = at, at, at }

// find returns where a mark stands in the rest, -1 if it does not. What was looked for in
// vain is not looked for again.
func (p *parser) find(from int, mark string) int {
	if from >= len(p.s) {
		return -1
	}
	if missing, ok := p.missing[mark]; ok && from >= missing {
		return -1
	}
	if i := strings.Index(p.s[from:], mark); i >= 0 {
		return from + i
	}
	if p.missing == nil {
		p.missing = map[string]int{}
	}
	p.missing[mark] = from
	return -1
}

// state is what an attempt changes.
type state struct{ at, from, plain int }

func (p *parser) save() state { return state{p.at, p.from, p.plain} }

// revert goes back to where an attempt began, and pays for it.
func (p *parser) revert(s state) {
	p.doc.Spend(p.at - s.at)
	p.at, p.from, p.plain = s.at, s.from, s.plain
}

// mayTry reports whether text may still be read twice.
func (p *parser) mayTry() bool { return p.doc.Spend(0) }
