package table

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
)

// codes finds code in a text, without anything else.
type codes struct {
	text   string
	absent int  // no run of so many backticks, or more, follows
	open   bool // no end of an element follows
}

// element returns the length of an element that holds code, 0 if there is none.
func (c *codes) element(at int) int {
	tag, n := scan.OpenTag(c.text[at:])
	if c.open || n == 0 || tag.Name != "code" || tag.Closed {
		return 0
	}
	end, length := scan.EndOf(c.text[at+n:], "code")
	if end < 0 {
		c.open = true
		return 0
	}
	return n + end + length
}

// skip returns the length of the code at a position, or of its mark if it has no end.
func (c *codes) skip(at int) (length int, isCode bool) {
	n := scan.Run(c.text[at:], '`')
	if n == 1 && (at == 0 || scan.IsSpace(c.text[at-1])) && at+1 < len(c.text) && scan.IsSpace(c.text[at+1]) {
		return n, false
	}
	if c.absent > 0 && n >= c.absent {
		return n, false
	}
	end := strings.Index(c.text[at+n:], c.text[at:at+n])
	if end < 0 {
		c.absent = n
		return n, false
	}
	return end + 2*n, true
}

// hasPipes reports whether each line of a text has a pipe which is not in code.
func hasPipes(text string) bool {
	c := codes{text: text}
	pipe := false
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '`':
			n, isCode := c.skip(i)
			if isCode {
				switch lines := strings.Count(text[i:i+n], "\n"); {
				case lines > 1, lines == 1 && !pipe:
					return false
				case lines == 1:
					pipe = false
				}
			}
			i += n - 1
		case '|':
			pipe = pipe || i == 0 || text[i-1] != '\\'
		case '\n':
			if !pipe && i+1 < len(text) {
				return false
			}
			pipe = i+1 == len(text) && pipe
		}
	}
	return pipe
}

// cellsOf parts a row of a table at its pipes.
func cellsOf(line string) []string {
	c := codes{text: line}
	var cells []string
	start := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '`':
			n, _ := c.skip(i)
			i += n - 1
		case '<':
			i += max(c.element(i)-1, 0)
		case '|':
			if i > 0 && line[i-1] == '\\' {
				continue
			}
			cells = append(cells, line[start:i])
			start = i + 1
		}
	}
	return append(cells, line[start:])
}
