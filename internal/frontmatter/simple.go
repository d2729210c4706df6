package frontmatter

import "strings"

// Nearly all posts keep to a small part of YAML: a key and its value on one
// line, perhaps a list or a few more keys indented below it. Reading that takes
// a fraction of what the whole of YAML takes. What is read here is exactly what
// the YAML library would make of it; whatever is not certain is left to it.

// maxSimple is the number of values above which a block is not simple. Looking
// for keys written twice takes the square of it.
const maxSimple = 1000

// simple reads a block that is simple. It returns false for any other.
func simple(block cursor) (Pairs, bool) {
	s := simpleReader{rest: string(block.rest), line: block.line - 1, values: maxSimple}
	if !tame(s.rest) || !s.next() || s.indent > 0 {
		return nil, false
	}
	return s.mapping(1)
}

// tame reports whether text is free of TABs, of what YAML forbids (or is no
// UTF-8), and of line endings other than LF and CRLF.
func tame(text string) bool {
	if strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		return false
	}
	for _, r := range text {
		switch {
		case r < ' ' && r != '\n' && r != '\r', r >= 0x7f && r < 0xa0:
			return false
		case r == '\u2028', r == '\u2029', r == '\ufeff', r >= '\ufffd' && r <= '\uffff':
			return false
		}
	}
	return true
}

// simpleReader walks over the lines that are neither blank nor comments.
type simpleReader struct {
	rest   string // behind the current line
	text   string // the current line without the white space around it; empty at the end
	indent int    // of the current line
	line   int    // number of the current line
	values int    // how many there may still be
}

// next moves to the next line. It returns false at the end.
func (s *simpleReader) next() bool {
	for s.rest != "" {
		line, rest, _ := strings.Cut(s.rest, "\n")
		s.rest = rest
		s.line++
		line = strings.TrimRight(strings.TrimSuffix(line, "\r"), " ")
		s.text = strings.TrimLeft(line, " ")
		s.indent = len(line) - len(s.text)
		if s.text != "" && s.text[0] != '#' {
			return true
		}
	}
	s.text, s.indent = "", -1
	return false
}

// mapping reads the keys that stand below each other from the current line on.
func (s *simpleReader) mapping(depth int) (Pairs, bool) {
	if depth >= maxDepth {
		return nil, false
	}
	pairs, indent := make(Pairs, 0, min(1+strings.Count(s.rest, "\n"), 16)), s.indent
	for s.indent == indent {
		key, text, ok := cutKey(s.text)
		if !ok || pairs.index(key) >= 0 {
			return nil, false
		}
		pair := Pair{Key: key, Line: s.line}
		if pair.Value, ok = s.value(text, depth); !ok {
			return nil, false
		}
		pairs = append(pairs, pair)
	}
	return pairs, s.indent < indent
}

// cutKey parts a key from what follows its colon.
func cutKey(text string) (key, rest string, ok bool) {
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

// value reads the value of the key on the current line, of which text is the
// rest, and moves to the line behind it.
func (s *simpleReader) value(text string, depth int) (v Value, ok bool) {
	if s.values--; s.values < 0 {
		return v, false
	}
	v.Line = s.line
	indent := s.indent
	switch {
	case strings.HasPrefix(text, "["):
		v.Kind = List
		v.List, ok = s.flow(text[1:])
		s.next()
	case text != "":
		var behind string
		v, behind, ok = s.scalar(text)
		ok = ok && behind == ""
		s.next()
	case s.next() && s.indent >= indent && strings.HasPrefix(s.text, "- "):
		v.Kind, v.Line = List, s.line
		v.List, ok = s.items()
	case s.indent > indent:
		v.Kind, v.Line = Map, s.line
		v.Map, ok = s.mapping(depth + 1)
	default:
		ok = true // null
	}
	return v, ok
}

// items reads a list of scalars, each behind a dash on a line of its own.
func (s *simpleReader) items() ([]Value, bool) {
	list, indent := make([]Value, 0, 4), s.indent
	for s.indent == indent {
		text, isItem := strings.CutPrefix(s.text, "- ")
		if !isItem {
			break
		}
		v, behind, ok := s.scalar(strings.TrimLeft(text, " "))
		if s.values--; !ok || behind != "" || s.values < 0 {
			return nil, false
		}
		list = append(list, v)
		s.next()
	}
	return list, true
}

// flow reads a list of scalars that stands on one line, from behind its opening
// bracket to the end of the line.
func (s *simpleReader) flow(text string) ([]Value, bool) {
	list := make([]Value, 0, strings.Count(text, ",")+1)
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
		v, behind, ok := s.scalar(strings.TrimRight(text[:end], " "))
		if s.values--; !ok || s.values < 0 {
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

// scalar reads a scalar. Behind it is what follows a closing quotation mark; a
// scalar without such marks is all of the text.
func (s *simpleReader) scalar(text string) (v Value, behind string, ok bool) {
	v = Value{Kind: String, Line: s.line}
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

// quoted reads a text in quotation marks, and returns what is behind them.
func quoted(text string) (inner, behind string, ok bool) {
	mark := text[:1]
	inner, behind, ok = strings.Cut(text[1:], mark)
	if mark == `"` && strings.Contains(inner, `\`) || mark == "'" && strings.HasPrefix(behind, mark) {
		return unescaped(text)
	}
	return inner, behind, ok
}

// unescaped reads a text in quotation marks that holds escapes. Those of the
// mark and of the backslash are simple.
func unescaped(text string) (inner, behind string, ok bool) {
	mark := text[:1]
	escape := mark // within single ones
	if mark == `"` {
		escape = `\`
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		escaped := text[i:i+1] == escape && (strings.HasPrefix(text[i+1:], mark) || strings.HasPrefix(text[i+1:], escape))
		switch {
		case escaped:
			i++
		case text[i:i+1] == mark:
			return b.String(), text[i+1:], true
		case text[i:i+1] == escape:
			return "", "", false
		}
		b.WriteByte(text[i])
	}
	return "", "", false
}

// plainKind tells the kind of a scalar without quotation marks. It returns false
// where the text may be something else than a scalar, or a number of an odd form.
func plainKind(text string) (Kind, bool) {
	if strings.IndexByte("-?:,[]{}#&*!|>'\"%@`~.+", text[0]) >= 0 ||
		strings.Contains(text, ": ") || strings.Contains(text, " #") || text[len(text)-1] == ':' {
		return Null, false
	}
	switch text {
	case "null", "Null", "NULL":
		return Null, true
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool, true
	}
	if text[0] < '0' || text[0] > '9' || strings.Trim(text, "0123456789abcdefABCDEFxXoO_.+-") != "" {
		return String, true
	}
	// A date holds its first minus behind four digits, a number behind an e; a
	// version has two points.
	if strings.Count(text, ".") > 1 || len(text) > 4 && text[4] == '-' && strings.Trim(text[:4], "0123456789") == "" {
		return String, true
	}
	whole, fraction, _ := strings.Cut(text, ".")
	usual := len(text) < 18 && (whole[0] != '0' || whole == "0") && strings.Trim(whole+fraction, "0123456789") == ""
	return Number, usual
}
