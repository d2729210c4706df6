// Package simple reads the small part of YAML that nearly all posts keep to: a key and its value
// on one line, perhaps a list or a few more keys indented below it.
//
// That takes a tenth of the time that the YAML library needs. Read returns exactly what the
// library would, or false: whatever is not certain is left to the library. A fuzz test
// compares the two.
package simple

import (
	"strings"

	"broadsheet/internal/frontmatter/meta"
)

// A block with more values or levels is not simple. The search for keys written twice takes the
// square of the number of values.
const (
	maxValues = 1000
	maxDepth  = 64
)

// Read reads a simple block that begins on the given line of its file. It returns false for any
// other block.
func Read(text string, line int) (meta.Pairs, bool) {
	r := reader{rest: text, line: line - 1, values: maxValues}
	if !isSimpleText(text) || !r.next() || r.indent > 0 {
		return nil, false
	}
	return r.mapping(1)
}

// isSimpleText reports whether text is free of TABs, of what YAML forbids (or is no
// UTF-8), and of line endings other than LF and CRLF.
func isSimpleText(text string) bool {
	if strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		return false
	}
	for _, r := range text {
		switch {
		case ' ' <= r && r < 0x7f: // nearly always
		case r < ' ' && r != '\n' && r != '\r', r >= 0x7f && r < 0xa0:
			return false
		case r == '\u2028', r == '\u2029', r == '\ufeff', r >= '\ufffd' && r <= '\uffff':
			return false
		}
	}
	return true
}

// reader walks over the lines that are neither blank nor comments.
type reader struct {
	rest   string // behind the current line
	text   string // the current line without the white space around it; empty at the end
	indent int    // of the current line
	line   int    // number of the current line
	values int    // how many there may still be
}

// next moves to the next line. It returns false at the end.
func (r *reader) next() bool {
	for r.rest != "" {
		line, rest, _ := strings.Cut(r.rest, "\n")
		r.rest = rest
		r.line++
		line = strings.TrimRight(strings.TrimSuffix(line, "\r"), " ")
		r.text = strings.TrimLeft(line, " ")
		r.indent = len(line) - len(r.text)
		if r.text != "" && r.text[0] != '#' {
			return true
		}
	}
	r.text, r.indent = "", -1
	return false
}

// mapping reads the keys that stand below each other from the current line on.
func (r *reader) mapping(depth int) (meta.Pairs, bool) {
	if depth >= maxDepth {
		return nil, false
	}
	pairs, indent := make(meta.Pairs, 0, min(1+strings.Count(r.rest, "\n"), 16)), r.indent
	for r.indent == indent {
		key, text, ok := CutKey(r.text)
		if !ok || pairs.Index(key) >= 0 {
			return nil, false
		}
		pair := meta.Pair{Key: key, Line: r.line}
		pair.Value, ok = r.value(text, depth)
		if !ok {
			return nil, false
		}
		pairs = append(pairs, pair)
	}
	return pairs, r.indent < indent
}

// CutKey splits a line into a key and the text behind its colon. It returns false unless the key
// is one plain word of ASCII.
func CutKey(text string) (key, rest string, ok bool) {
	end := strings.IndexByte(text, ':')
	if end <= 0 {
		return "", "", false
	}
	key, rest = text[:end], text[end+1:]
	for i := range len(key) {
		c := key[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
		further := '0' <= c && c <= '9' || c == '-' || c == '.'
		if !letter && (i == 0 || !further) {
			return "", "", false
		}
	}
	return key, strings.TrimLeft(rest, " "), rest == "" || rest[0] == ' '
}

// value reads the value of the key on the current line, of which text is the rest, and moves to
// the line behind the value.
func (r *reader) value(text string, depth int) (meta.Value, bool) {
	if !r.spend() {
		return meta.Value{}, false
	}
	switch {
	case strings.HasPrefix(text, "["):
		v := meta.Value{Kind: meta.List, Line: r.line}
		list, ok := r.flow(text[1:])
		v.List = list
		r.next()
		return v, ok
	case text != "":
		v, behind, ok := r.scalar(text)
		r.next()
		return v, ok && behind == ""
	}
	return r.below(depth)
}

// below reads the value of a key with nothing behind it on its line: a list or a map that begins
// on the next one, else null.
func (r *reader) below(depth int) (meta.Value, bool) {
	v := meta.Value{Line: r.line}
	indent, ok := r.indent, true
	r.next()
	switch {
	case r.indent >= indent && strings.HasPrefix(r.text, "- "):
		v.Kind, v.Line = meta.List, r.line
		v.List, ok = r.items()
	case r.indent > indent:
		v.Kind, v.Line = meta.Map, r.line
		v.Map, ok = r.mapping(depth + 1)
	}
	return v, ok
}

// spend counts a value. It returns false if there are too many.
func (r *reader) spend() bool {
	r.values--
	return r.values >= 0
}

// items reads a list of scalars, each behind a dash on its own line.
func (r *reader) items() ([]meta.Value, bool) {
	list, indent := make([]meta.Value, 0, 4), r.indent
	for r.indent == indent {
		text, isItem := strings.CutPrefix(r.text, "- ")
		if !isItem {
			break
		}
		v, behind, ok := r.scalar(strings.TrimLeft(text, " "))
		if !ok || behind != "" || !r.spend() {
			return nil, false
		}
		list = append(list, v)
		r.next()
	}
	return list, true
}

// flow reads a list of scalars that stands on one line. The text begins behind the opening
// bracket and ends with the line.
func (r *reader) flow(text string) ([]meta.Value, bool) {
	list := make([]meta.Value, 0, strings.Count(text, ",")+1)
	text = strings.TrimLeft(text, " ")
	if text == "]" {
		return list, true
	}
	for {
		end := len(text)
		if text == "" {
			return nil, false
		}
		if text[0] != '"' && text[0] != '\'' {
			end = max(strings.IndexAny(text, ",[]{}"), 0)
		}
		v, behind, ok := r.scalar(strings.TrimRight(text[:end], " "))
		if !ok || !r.spend() {
			return nil, false
		}
		list = append(list, v)
		behind = strings.TrimLeft(behind+text[end:], " ")
		switch {
		case behind == "]":
			return list, true
		case !strings.HasPrefix(behind, ","):
			return nil, false
		}
		text = strings.TrimLeft(behind[1:], " ")
	}
}

// scalar reads a scalar, and returns the text behind its closing quotation mark. A scalar without
// such marks is all of the text.
func (r *reader) scalar(text string) (v meta.Value, behind string, ok bool) {
	v = meta.Value{Kind: meta.String, Line: r.line}
	switch {
	case text == "":
		return v, "", false
	case text[0] == '"' || text[0] == '\'':
		v.Quoted = true
		v.Text, behind, ok = quoted(text)
	default:
		v.Text = text
		v.Kind, ok = plainKind(text)
	}
	return v, behind, ok
}

// quoted reads a text in quotation marks, and returns the text behind them.
func quoted(text string) (inner, behind string, ok bool) {
	mark := text[:1]
	inner, behind, ok = strings.Cut(text[1:], mark)
	if mark == `"` && strings.Contains(inner, `\`) || mark == "'" && strings.HasPrefix(behind, mark) {
		return unescaped(text)
	}
	return inner, behind, ok
}

// unescaped reads a text in quotation marks that holds escapes. Only escapes of the mark and of
// the backslash are simple.
func unescaped(text string) (inner, behind string, ok bool) {
	mark := text[:1]
	escape := mark // within single ones
	if mark == `"` {
		escape = `\`
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		behind := text[i+1:]
		escaped := text[i:i+1] == escape && (strings.HasPrefix(behind, mark) || strings.HasPrefix(behind, escape))
		switch {
		case escaped:
			i++
		case text[i:i+1] == mark:
			return b.String(), behind, true
		case text[i:i+1] == escape:
			return "", "", false
		}
		b.WriteByte(text[i])
	}
	return "", "", false
}

// plainKind returns the kind of a scalar without quotation marks. It returns false if the text may
// be something else than a scalar, or is a number of an odd form.
func plainKind(text string) (meta.Kind, bool) {
	if strings.IndexByte("-?:,[]{}#&*!|>'\"%@`~.+", text[0]) >= 0 ||
		strings.Contains(text, ": ") || strings.Contains(text, " #") || text[len(text)-1] == ':' {
		return meta.Null, false
	}
	switch text {
	case "null", "Null", "NULL":
		return meta.Null, true
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return meta.Bool, true
	}
	if text[0] < '0' || text[0] > '9' || strings.Trim(text, "0123456789abcdefABCDEFxXoO_.+-") != "" {
		return meta.String, true
	}
	// A date holds its first minus behind four digits, a number behind an e; a
	// version has two points.
	if strings.Count(text, ".") > 1 || len(text) > 4 && text[4] == '-' && strings.Trim(text[:4], "0123456789") == "" {
		return meta.String, true
	}
	whole, fraction, _ := strings.Cut(text, ".")
	usual := len(text) < 18 && (whole[0] != '0' || whole == "0") && strings.Trim(whole+fraction, "0123456789") == ""
	return meta.Number, usual
}
