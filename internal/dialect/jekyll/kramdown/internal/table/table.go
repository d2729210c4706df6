// Package table reads tables: lines with pipes in them.
package table

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// maxCells bounds the cells that rows are filled up with: few bytes could ask for very
// many.
const maxCells = 100_000

// table is a table that is being read.
type table struct {
	node    *tree.Node
	rows    []*tree.Node
	columns int
	pipe    bool // its lines begin with one
	footer  bool
}

// Read returns the table that lines with pipes make; nil: they make none, since a line has
// pipes in code only, or there is no body.
func Read(lines string) *tree.Node {
	if !hasPipes(lines) {
		return nil
	}
	t := &table{node: &tree.Node{Kind: tree.Table}, pipe: strings.HasPrefix(strings.TrimLeft(lines, " "), "|")}
	first := true
	for line := range strings.Lines(lines) {
		if !first || !isSeparator(line, '-') {
			t.line(line)
		}
		first = false
	}
	if !t.end() {
		return nil
	}
	return t.node
}

// HasPipe reports whether a line holds a pipe that no backslash stands before.
func HasPipe(line string) bool {
	for i := strings.IndexByte(line, '|'); i >= 0; {
		if i == 0 || line[i-1] != '\\' {
			return true
		}
		next := strings.IndexByte(line[i+1:], '|')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// isSeparator reports whether a line parts rows.
func isSeparator(line string, mark byte) bool {
	found := false
	for i := range len(line) {
		switch c := line[i]; c {
		case mark:
			found = true
		case '+', '|', ':', ' ', '\t', '\n':
		default:
			return false
		}
	}
	return found
}

func (t *table) line(line string) {
	switch {
	case isSeparator(line, '-'):
		switch {
		case len(t.rows) == 0:
		case t.node.Aligns == nil && !t.footer:
			t.group(tree.TableHead)
			t.node.Aligns = alignments(line)
		case !t.footer:
			t.group(tree.TableBody)
		}
	case isSeparator(line, '='):
		if len(t.rows) > 0 {
			t.group(tree.TableBody)
		}
		t.footer = true
	default:
		t.row(strings.TrimSuffix(line, "\n"))
	}
}

// group puts the rows that were read into a part of the table.
func (t *table) group(kind tree.Kind) {
	t.node.Add(&tree.Node{Kind: kind, Children: t.rows})
	t.rows = nil
}

// alignments reads the alignment of each column.
func alignments(line string) []tree.Align {
	aligns := []tree.Align{}
	for i := 0; i < len(line); {
		start := i
		for i < len(line) && line[i] == '-' {
			i++
		}
		if i == start {
			i++
			continue
		}
		left, right := start > 0 && line[start-1] == ':', i < len(line) && line[i] == ':'
		switch {
		case left && right:
			aligns = append(aligns, tree.Center)
		case left:
			aligns = append(aligns, tree.Left)
		case right:
			aligns = append(aligns, tree.Right)
		default:
			aligns = append(aligns, tree.Unaligned)
		}
	}
	return aligns
}

func (t *table) row(line string) {
	cells := cellsOf(strings.TrimRight(line, " \t"))
	if t.pipe && len(cells) > 0 && scan.IsBlank(cells[0]) {
		cells = cells[1:]
	}
	if n := len(cells); n > 0 && scan.IsBlank(cells[n-1]) {
		cells = cells[:n-1]
	}
	row := &tree.Node{Kind: tree.Row}
	for _, text := range cells {
		cell := &tree.Node{Kind: tree.Cell}
		cell.AddRaw(scan.Trim(text))
		row.Add(cell)
	}
	t.columns = max(t.columns, len(cells))
	t.rows = append(t.rows, row)
}

// end completes a table. It reports whether it is one.
func (t *table) end() bool {
	if len(t.rows) > 0 {
		kind := tree.TableBody
		if t.footer {
			kind = tree.TableFoot
		}
		t.group(kind)
	}
	body, rows := false, 0
	for _, group := range t.node.Children {
		body = body || group.Kind == tree.TableBody
		rows += len(group.Children)
	}
	if !body || t.columns*rows > maxCells {
		return false
	}
	for _, group := range t.node.Children {
		for _, row := range group.Children {
			for len(row.Children) < t.columns {
				row.Add(&tree.Node{Kind: tree.Cell})
			}
		}
	}
	for len(t.node.Aligns) < t.columns {
		t.node.Aligns = append(t.node.Aligns, tree.Unaligned)
	}
	return true
}
