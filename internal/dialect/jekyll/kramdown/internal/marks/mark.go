// Package marks knows what lines of kramdown begin with: the marks of headings, rules, lists and
// terms, and what ends a paragraph. In go texts that begin with a line; nothing here knows the blocks
// around it.
package marks

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
)

// Heading returns how many number signs a heading begins with.
func Heading(rest string) int {
	n := scan.Run(rest, '#')
	if n == 0 || n > 6 || n == len(rest) || rest[n] != ' ' && rest[n] != '\t' {
		return 0
	}
	if scan.IsBlank(rest[n:scan.Line(rest)]) {
		return 0
	}
	return n
}

// HeadingID separates the text of a heading from its id: # Text {#id}.
func HeadingID(text string) (without, id string) {
	trimmed := strings.TrimRight(text, " \t")
	at := strings.LastIndex(trimmed, "{#")
	if at < 1 || !strings.HasSuffix(trimmed, "}") || trimmed[at-1] != ' ' && trimmed[at-1] != '\t' {
		return text, ""
	}
	id = trimmed[at+2 : len(trimmed)-1]
	for i := range len(id) {
		if !scan.IsLetter(id[i]) && (i == 0 || !scan.IsWord(id[i]) && id[i] != '-' && id[i] != ':') {
			return text, ""
		}
	}
	if id == "" {
		return text, ""
	}
	return strings.TrimRight(trimmed[:at], " \t"), id
}

// Rule returns the length of a line that is a rule.
func Rule(rest string) int {
	line := rest[:scan.Line(rest)]
	margin := scan.Margin(line)
	if margin == len(line) {
		return 0
	}
	c := line[margin]
	if c != '*' && c != '-' && c != '_' {
		return 0
	}
	marks := 0
	for i := margin; i < len(line); i++ {
		switch line[i] {
		case c:
			marks++
		case ' ', '\t', '\n':
		default:
			return 0
		}
	}
	if marks < 3 {
		return 0
	}
	return len(line)
}

// Bullet returns the length of the mark of an item, with the spaces before it, of
// which there are at most so many.
func Bullet(rest string, spaces int) int {
	n := scan.Run(rest, ' ')
	if n > spaces || n+1 >= len(rest) || rest[n] != '*' && rest[n] != '+' && rest[n] != '-' {
		return 0
	}
	return marked(rest, n+1)
}

// Number is the same for the items of a numbered list.
func Number(rest string, spaces int) int {
	n := scan.Run(rest, ' ')
	if n > spaces {
		return 0
	}
	start := n
	for n < len(rest) && scan.IsDigit(rest[n]) {
		n++
	}
	if n == start || n+1 >= len(rest) || rest[n] != '.' {
		return 0
	}
	return marked(rest, n+1)
}

// Meaning returns the length of the mark of a meaning of a term.
func Meaning(rest string) int { return Colon(rest, 3) }

// Colon is the same with at most so many spaces before it.
func Colon(rest string, spaces int) int {
	n := scan.Run(rest, ' ')
	if n > spaces || n+1 >= len(rest) || rest[n] != ':' {
		return 0
	}
	return marked(rest, n+1)
}

// marked returns n if a space follows it.
func marked(rest string, n int) int {
	if rest[n] == ' ' || rest[n] == '\t' || rest[n] == '|' {
		return n
	}
	return 0
}

// OpensList reports whether a text begins with a list.
func OpensList(text string) bool { return Bullet(text, 3) > 0 || Number(text, 3) > 0 }

// Task separates the box of a task from its text.
func Task(text string) (done bool, rest string, ok bool) {
	if len(text) < 5 || text[0] != '[' || text[2] != ']' || !scan.IsSpace(text[3]) || strings.IndexByte(" xX", text[1]) < 0 {
		return false, text, false
	}
	return text[1] != ' ', strings.TrimLeft(text[3:], " \t\n"), true
}

// Unindented takes the indentation away.
func Unindented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(line[scan.Indent(line):])
	}
	return b.String()
}
