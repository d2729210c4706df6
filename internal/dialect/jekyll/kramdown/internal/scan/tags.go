package scan

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tag is the beginning of an element.
type Tag struct {
	Name   string
	Attrs  []Attr
	Closed bool // it ends in a slash
}

// Attr is an attribute as it is written. The value of one without is empty.
type Attr struct{ Key, Value string }

// OpenTag reads a tag at the beginning of a text and returns its length. Values of
// attributes stand in quotes, or are one word.
func OpenTag(s string) (Tag, int) {
	if len(s) < 3 || s[0] != '<' {
		return Tag{}, 0
	}
	n := Name(s[1:])
	if n == 0 {
		return Tag{}, 0
	}
	t := Tag{Name: s[1 : 1+n]}
	at := 1 + n
	for {
		space := white(s[at:])
		if space == 0 {
			break
		}
		a, length := attribute(s[at+space:])
		if length == 0 {
			break
		}
		t.Attrs = append(t.Attrs, a)
		at += space + length
	}
	at += white(s[at:])
	if strings.HasPrefix(s[at:], "/") {
		t.Closed = true
		at++
	}
	if !strings.HasPrefix(s[at:], ">") {
		return Tag{}, 0
	}
	return t, at + 1
}

func attribute(s string) (Attr, int) {
	n := Name(s)
	if n == 0 {
		return Attr{}, 0
	}
	a := Attr{Key: s[:n]}
	at := n + white(s[n:])
	if !strings.HasPrefix(s[at:], "=") {
		return a, n
	}
	at++
	at += white(s[at:])
	if at >= len(s) {
		return a, n
	}
	if quote := s[at]; quote == '"' || quote == '\'' {
		end := strings.IndexByte(s[at+1:], quote)
		if end < 0 {
			return a, n
		}
		a.Value = s[at+1 : at+1+end]
		return a, at + end + 2
	}
	end := at
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && !unicode.IsMark(r) {
			break
		}
		end += size
	}
	if end == at {
		return a, n
	}
	a.Value = s[at:end]
	return a, end
}

// CloseTag returns the name in the end of an element, and its length.
func CloseTag(s string) (string, int) {
	if !strings.HasPrefix(s, "</") {
		return "", 0
	}
	n := Name(s[2:])
	if n == 0 {
		return "", 0
	}
	at := 2 + n
	at += white(s[at:])
	if !strings.HasPrefix(s[at:], ">") {
		return "", 0
	}
	return s[2 : 2+n], at + 1
}

// white returns the length of white space.
func white(s string) int {
	n := 0
	for n < len(s) && IsSpace(s[n]) {
		n++
	}
	return n
}

// EndOf returns where the end of an element of this name begins, and the length of that
// end; -1: it has none.
func EndOf(s, name string) (at, length int) {
	for from := 0; ; {
		i := strings.Index(s[from:], "</")
		if i < 0 {
			return -1, 0
		}
		from += i
		if got, n := CloseTag(s[from:]); n > 0 && strings.EqualFold(got, name) {
			return from, n
		}
		from += 2
	}
}
