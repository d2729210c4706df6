package shortcode

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/dialect/hugo/layout"
)

// lexer reads tags. It remembers which marks do not come any more, so that no
// text is searched for them again and again.
type lexer struct {
	text string
	none map[string]int // mark: there is none from here on
}

// find returns where a mark stands at or behind a position; -1: nowhere.
func (l *lexer) find(mark string, from int) int {
	if at, known := l.none[mark]; known && from >= at {
		return -1
	}
	if i := strings.Index(l.text[from:], mark); i >= 0 {
		return from + i
	}
	if l.none == nil {
		l.none = map[string]int{}
	}
	l.none[mark] = from
	return -1
}

// tag reads the tag that begins at a position.
func (l *lexer) tag(at int) (token, bool) {
	kind := l.text[at+2]
	end := "%}}"
	if kind == '<' {
		end = ">}}"
	}
	if strings.HasPrefix(l.text[at+3:], "/*") {
		return l.commented(at, end)
	}
	p := l.space(at + 3)
	t := token{node: Node{Tag: &Tag{Markdown: kind == '%', At: at}}}
	if p < len(l.text) && l.text[p] == '/' {
		t.closing, p = true, l.space(p+1)
	}
	name := l.text[p:]
	name = name[:len(name)-len(strings.TrimLeftFunc(name, isName))]
	if whole := strings.TrimRight(name, "/"); strings.HasSuffix(name, "/") && strings.HasPrefix(l.text[p+len(name):], end) {
		name = whole
	}
	if name == "" {
		return t, false
	}
	t.node.Tag.Name, t.node.Tag.Written = strings.ToLower(name), name
	p, ok := l.args(p+len(name), end, &t)
	if !ok {
		return t, false
	}
	t.end = p
	t.node.Text = l.text[at:p]
	t.node.Tag.Lines = strings.Count(t.node.Text, "\n")
	return t, true
}

// commented reads a tag that is commented out: its text.
func (l *lexer) commented(at int, end string) (token, bool) {
	close := l.find("*/"+end, at+5)
	if close < 0 {
		return token{}, false
	}
	t := words("{{" + l.text[at+2:at+3] + l.text[at+5:close] + end)
	t.end = close + len("*/"+end)
	return t, true
}

func isName(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("_-./", c)
}

func (l *lexer) space(p int) int {
	for p < len(l.text) && strings.IndexByte(" \t\r\n", l.text[p]) >= 0 {
		p++
	}
	return p
}

// args reads the arguments up to the end of a tag.
func (l *lexer) args(p int, end string, t *token) (int, bool) {
	for range maxArgs {
		behind := l.space(p)
		switch {
		case strings.HasPrefix(l.text[behind:], end):
			return behind + len(end), true
		case strings.HasPrefix(l.text[behind:], "/"+end):
			t.whole = true
			return behind + 1 + len(end), true
		case behind == p || behind >= len(l.text):
			return 0, false
		}
		name, valueAt := l.nameOf(behind)
		value, next, ok := l.value(valueAt, end)
		if !ok {
			return 0, false
		}
		t.node.Tag.Args = with(t.node.Tag.Args, name, value)
		p = next
	}
	return 0, false
}

// maxArgs bounds how many arguments a tag may have: each that ends nowhere is read in vain.
const maxArgs = 500

func with(a layout.Args, name string, value any) layout.Args {
	if name == "" {
		a.List = append(a.List, value)
		return a
	}
	if a.Named == nil {
		a.Named = map[string]any{}
	}
	a.Named[strings.ToLower(name)] = value
	return a
}

// nameOf reads the name of an argument, and where its value begins; empty if it has
// none.
func (l *lexer) nameOf(p int) (name string, valueAt int) {
	rest := l.text[p:]
	word := rest[:len(rest)-len(strings.TrimLeftFunc(rest, func(c rune) bool {
		return unicode.IsLetter(c) || unicode.IsDigit(c) || c == '_' || c == '-'
	}))]
	if behind := l.space(p + len(word)); word != "" && behind < len(l.text) && l.text[behind] == '=' {
		return word, l.space(behind + 1)
	}
	return "", p
}

// value reads the value of an argument.
func (l *lexer) value(p int, end string) (value any, next int, ok bool) {
	if p >= len(l.text) {
		return nil, 0, false
	}
	switch l.text[p] {
	case '`':
		close := l.find("`", p+1)
		if close < 0 {
			return nil, 0, false
		}
		return l.text[p+1 : close], close + 1, true
	case '"':
		return l.quoted(p + 1)
	}
	stop := p
	for stop < len(l.text) && !strings.HasPrefix(l.text[stop:], end) && !strings.HasPrefix(l.text[stop:], "/"+end) {
		c, size := utf8.DecodeRuneInString(l.text[stop:])
		if unicode.IsSpace(c) || c == '"' || c == '`' {
			break
		}
		stop += size
	}
	return typed(l.text[p:stop]), stop, stop > p
}

// quoted reads a value up to its closing quote.
func (l *lexer) quoted(p int) (value any, next int, ok bool) {
	var b strings.Builder
	for at := p; ; {
		close := l.find(`"`, at)
		if close < 0 {
			return nil, 0, false
		}
		b.WriteString(l.text[at:close])
		if l.text[close-1] != '\\' || close == p {
			return b.String(), close + 1, true
		}
		text := strings.TrimSuffix(b.String(), `\`)
		b.Reset()
		b.WriteString(text + `"`)
		at = close + 1
	}
}

// typed is a value that is not in quotes.
func typed(text string) any {
	switch text {
	case "true":
		return true
	case "false":
		return false
	}
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && strings.ContainsAny(text, "0123456789") {
		return f
	}
	return text
}
