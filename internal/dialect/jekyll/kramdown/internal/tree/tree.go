// Package tree holds what kramdown makes of a text before it is HTML: blocks and spans,
// with the attributes that their authors gave them, and what the text defines for use
// elsewhere in it.
package tree

// Kind says what a Node is.
type Kind uint8

// The kinds of nodes. Those from Raw on stand in a line of text.
const (
	Root Kind = iota
	Blank
	End // the end of a block, or a definition
	Paragraph
	Heading
	Code
	Quote
	Rule
	Bullets
	Numbers
	Item
	Definitions
	Term
	Meaning
	Table
	TableHead
	TableBody
	TableFoot
	Row
	Cell
	Raw // text whose spans are not read yet
	Text
	Mark // text that stands for a character or a quote: no part of a heading's id
	Emphasis
	Strong
	Deleted
	Link
	Image
	CodeSpan
	Break
	NoteRef
	Abbreviation

	HTML    // an element
	Comment // Text with its marks
	Math
	Markup // passed through as it is
)

// Model says how the content of an HTML element is read.
type Model uint8

// The models.
const (
	AsRaw Model = iota
	AsBlocks
	AsSpans
)

// Node is a block or span.
type Node struct {
	Kind        Kind
	Model       Model // of an HTML element
	Inline      bool  // of what may be both: in a line of text
	Closed      bool  // of an HTML element: its tag ends in a slash
	Transparent bool  // of a paragraph: it has no tags
	Definition  bool  // of an End: a list of attributes that follows belongs to what it defines
	Escaped     bool  // of a Text: references to characters stay
	Ordinal     int   // of a NoteRef: which one of its note it is; of a Heading: its level

	Name     string // of an HTML element, a NoteRef; the language of Code
	Text     string // of a Heading: as it is written
	Attrs    Attrs
	List     *List // attributes to come, once all of the text is known
	Children []*Node
	Aligns   []Align // of a Table
}

// Align says where the content of a column of a table stands.
type Align uint8

// The alignments.
const (
	Unaligned Align = iota
	Left
	Right
	Center
)

// Add appends a child.
func (n *Node) Add(child *Node) { n.Children = append(n.Children, child) }

// Last returns the last child; nil: there is none.
func (n *Node) Last() *Node {
	if len(n.Children) == 0 {
		return nil
	}
	return n.Children[len(n.Children)-1]
}

// Pop removes the last child and returns it.
func (n *Node) Pop() *Node {
	last := n.Last()
	if last != nil {
		n.Children = n.Children[:len(n.Children)-1]
	}
	return last
}

// Is reports whether there is a node of this kind.
func (n *Node) Is(k Kind) bool { return n != nil && n.Kind == k }

// RawText returns the text of a paragraph, whose spans are not read yet.
func (n *Node) RawText() string {
	if len(n.Children) == 0 {
		return ""
	}
	return n.Children[0].Text
}

// AddRaw adds text whose spans are to be read.
func (n *Node) AddRaw(text string) { n.Add(&Node{Kind: Raw, Text: text}) }

// Note is a footnote.
type Note struct {
	Content *Node
	List    *List
	Number  int // 0: nothing refers to it
	Refs    int // how many do
}

// Target is where links of one name lead.
type Target struct {
	Address, Title string
	End            *Node // its List holds attributes for the links
}

// Abbr is an abbreviation.
type Abbr struct {
	Title string
	End   *Node // its List holds attributes
}

// Document is a text, read.
type Document struct {
	Root          *Node
	Options       Options
	Links         map[string]*Target
	Lists         map[string]*List
	Abbreviations map[string]*Abbr
	Notes         map[string]*Note

	purse int
}

// New returns an empty document for a text of so many bytes.
func New(o Options, size int) *Document {
	d := &Document{
		Root: &Node{Kind: Root}, Options: o, Links: map[string]*Target{}, Lists: map[string]*List{},
		Abbreviations: map[string]*Abbr{}, Notes: map[string]*Note{}, purse: 64<<10 + 30*size,
	}
	for name, target := range o.Links {
		d.Links[name] = &target
	}
	return d
}

// Spend takes from what may be spent on reading text again, or on repeating it: both are
// bounded by a multiple of its size, so that no text takes long. It reports whether there
// was so much left.
func (d *Document) Spend(bytes int) bool {
	if d.purse < 0 {
		return false
	}
	d.purse -= bytes
	return d.purse >= 0
}
