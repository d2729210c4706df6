package unseen

import (
	"regexp"
	"strings"
)

// kind is what a block is.
type kind byte

const (
	root kind = iota
	quote
	list  // of items, or of terms and what they mean
	item  // of a list
	words // a paragraph, a table, a heading
	code
	fence
)

// block is a block of a text: its lines, and what it may hold.
type block struct {
	kind     kind
	from, to int   // its lines, to not among them
	start    int   // where it begins for a list of attributes after it: terms are one with those before
	margin   int   // of what an item holds, in columns
	last     int   // the block in it to which a list of attributes that comes now belongs; 0: none
	pending  []int // lines of lists of attributes for the block that comes next in it
	above    []int // lines of lists of attributes that waited for this block
	before   int   // the block next to it, if there is nothing but blank lines and lists of attributes between them
	isBlank  bool  // the line before is blank
	sort     byte  // of its items: '*' are bullets, '1' are numbers, ':' are meanings of terms
	isOpen   bool  // an item in it ended before what its list of attributes is for came
}

// maxNested bounds how deep blocks are looked for in blocks.
const maxNested = 32

// outline finds the blocks of a text, line by line, to know which one a list of attributes
// belongs to, as kramdown has it.
type outline struct {
	blocks []block
	open   []int         // the blocks around the line, from outside
	leaf   int           // the block that the line before belongs to; 0: none
	line   int           // that is looked at
	of     map[int][]int // blocks by the lines of the lists of attributes that are theirs
	items  map[int]int   // items by the lines that they begin with
	tags   []openTag     // elements of HTML that are open
	count  map[string]int
}

var (
	marker = regexp.MustCompile(`^(?:[-*+:]|\d{1,9}[.)])(?:[ \t]+|$)`)
	rule   = regexp.MustCompile(`^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$`)
)

func newOutline() *outline {
	return &outline{blocks: []block{{kind: root}}, open: []int{0}, of: map[int][]int{}, items: map[int]int{}, count: map[string]int{}}
}

// columns returns how far a text is indented, and the text itself.
func columns(text string) (int, string) {
	n := 0
	for i := range len(text) {
		switch text[i] {
		case ' ':
			n++
		case '\t':
			n += 4 - n%4
		default:
			return n, text[i:]
		}
	}
	return n, ""
}

// add looks at the next line. Inside is what it is of a block of code between fences: the first
// line or another one.
func (o *outline) add(text string, inside int, isList, isName bool) {
	defer func() { o.line++ }()
	text = strings.TrimRight(text, " \t\r\n")
	if inside > 1 && o.leaf > 0 {
		o.extend()
		return
	}
	matched, indent, rest := o.match(text)
	if rest == "" {
		o.blank(matched)
		return
	}
	isPlain := !isList && inside == 0 && rest[0] != '>' && rest[0] != '#' && !marker.MatchString(rest)
	if matched < len(o.open) && isPlain && o.leaf > 0 && o.blocks[o.leaf].kind == words { // goes on by itself
		o.extend()
		return
	}
	if matched < len(o.open) {
		o.close(matched, indent, rest)
	}
	indent, rest = o.enter(indent, rest)
	switch {
	case isName:
		o.top().last, o.leaf = 0, 0
	case isList:
		o.attributes()
	default:
		o.words(indent, rest, inside)
	}
	for _, id := range o.open {
		o.blocks[id].isBlank = false
	}
}

func (o *outline) top() *block { return &o.blocks[o.open[len(o.open)-1]] }

// extend adds the line to the blocks that are open.
func (o *outline) extend() {
	for _, id := range o.open {
		o.blocks[id].to = o.line + 1
	}
	if o.leaf > 0 {
		o.blocks[o.leaf].to = o.line + 1
	}
}

// match returns how many of the open blocks the line goes on in, and what it holds there.
func (o *outline) match(text string) (matched, indent int, rest string) {
	indent, rest = columns(text)
	for matched = 1; matched < len(o.open); matched++ {
		switch b := o.blocks[o.open[matched]]; b.kind {
		case quote:
			if indent > 3 || !strings.HasPrefix(rest, ">") {
				return matched, indent, rest
			}
			indent, rest = columns(strings.TrimPrefix(rest[1:], " "))
		case item:
			if rest != "" && indent < b.margin {
				return matched, indent, rest
			}
			indent = max(0, indent-b.margin)
		}
	}
	return matched, indent, rest
}

// blank ends paragraphs, and quotes that it is not in.
func (o *outline) blank(matched int) {
	o.leaf = 0
	o.open = o.open[:matched]
	from := 0
	for i, id := range o.open {
		if o.blocks[id].kind == quote {
			from = i
		}
	}
	for _, id := range o.open[from:] {
		o.blocks[id].isBlank = true
	}
}

// close ends the blocks that the line is not in. A list goes on with a further item.
func (o *outline) close(matched, indent int, rest string) {
	closed := o.open[matched:]
	o.open, o.leaf = o.open[:matched], 0
	if o.top().kind == list && (indent > 3 || !marker.MatchString(rest) || rule.MatchString(rest) || sortOf(rest) != o.top().sort) {
		o.open = o.open[:matched-1]
	}
	in := o.top()
	for _, id := range closed {
		b := &o.blocks[id]
		if in.isOpen = in.isOpen || len(b.pending) > 0; !b.isBlank {
			in.pending = append(in.pending, b.pending...)
		}
	}
}

// enter opens the quotes and items that begin with the line, and returns what they hold.
func (o *outline) enter(indent int, rest string) (int, string) {
	for rest != "" && indent <= 3 && len(o.open) < maxNested && !rule.MatchString(rest) {
		mark := marker.FindString(rest)
		switch {
		case rest[0] == '>':
			o.open = append(o.open, o.begin(quote))
			indent, rest = columns(strings.TrimPrefix(rest[1:], " "))
		case mark != "" && (mark[0] != ':' || o.hasTerm()):
			o.enterItem(indent, mark)
			indent, rest = columns(rest[len(mark):])
		default:
			return indent, rest
		}
	}
	return indent, rest
}

// hasTerm reports whether a term comes before, or a meaning of one.
func (o *outline) hasTerm() bool {
	if o.top().kind == list {
		return o.top().sort == ':'
	}
	last := o.top().last
	return last > 0 && (o.blocks[last].kind == words || o.blocks[last].sort == ':')
}

func (o *outline) enterItem(indent int, mark string) {
	if o.top().kind != list {
		id := o.top().last
		if mark[0] != ':' {
			id = o.begin(list)
		}
		if before := o.blocks[id].before; mark[0] == ':' && o.blocks[id].kind == words && o.blocks[before].sort == ':' {
			o.join(before, id)
		}
		o.blocks[id].kind, o.blocks[id].sort = list, sortOf(mark)
		o.open = append(o.open, id)
	}
	width, _ := columns(strings.Repeat(" ", len(strings.TrimRight(mark, " \t"))) + mark[len(strings.TrimRight(mark, " \t")):] + "x")
	if strings.TrimRight(mark, " \t") == mark {
		width++
	}
	id := o.begin(item)
	o.blocks[id].margin = indent + width
	o.items[o.line] = id
	o.open = append(o.open, id)
}

// sortOf returns which sort of items a mark is one of.
func sortOf(mark string) byte {
	switch c := mark[0]; {
	case c == ':':
		return ':'
	case c >= '0' && c <= '9':
		return '1'
	}
	return '*'
}

// begin adds a block to the innermost one. Lists of attributes that wait for one are its.
func (o *outline) begin(k kind) int {
	id := len(o.blocks)
	in := o.top()
	before := in.last
	for _, line := range in.pending {
		o.of[line] = append(o.of[line], id)
	}
	o.blocks = append(o.blocks, block{kind: k, from: o.line, start: o.line, to: o.line + 1, before: before, above: in.pending})
	in = o.top() // the blocks may have moved
	in.last, in.pending, in.isOpen = id, nil, false
	o.leaf = 0
	return id
}

// attributes gives a list of attributes to the block before it, or to the next one.
func (o *outline) attributes() {
	in := o.top()
	isBefore := in.last > 0 && !in.isBlank && (len(in.pending) == 0 || in.isOpen)
	if o.leaf = 0; isBefore {
		o.of[o.line] = append(o.of[o.line], in.last)
	}
	if !isBefore || in.isOpen {
		in.pending = append(in.pending, o.line)
	}
}

// words adds the line to the paragraph or the code before it, or begins a block with it.
func (o *outline) words(indent int, rest string, inside int) {
	if rest == "" {
		o.extend()
		return
	}
	in := o.top()
	goesOn := o.leaf > 0 && inside == 0 && rest[0] != '#' && o.blocks[o.leaf].kind != fence
	isCode := indent > 3 && !goesOn
	switch {
	case isCode && in.last > 0 && o.blocks[in.last].kind == code && len(o.of[o.line-1]) == 0:
		o.leaf = in.last
	case isCode:
		o.leaf = o.begin(code)
	case inside > 0:
		o.leaf = o.begin(fence)
	case !goesOn:
		o.leaf = o.begin(words)
	}
	o.extend()
	o.html(rest)
	if rest[0] == '#' || rule.MatchString(rest) || underline.MatchString(rest) {
		o.leaf = 0
	}
}

// endOf returns the line after the item that begins with a line.
func (o *outline) endOf(line int) int {
	if id, ok := o.items[line]; ok {
		return o.blocks[id].to
	}
	return line + 1
}
