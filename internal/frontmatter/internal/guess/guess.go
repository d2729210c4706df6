// Package guess finds what looks like front matter where none was read: keys with values at the top
// of a file, whatever stands around them.
//
// Front matter behind an opening line that opens none would be published as the body, with
// everything that its author marked as private. Top and Again say whether a body begins
// with such a block. Keys reads what can be read of a file that is refused, and Header finds
// the keys that no line opens.
package guess

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"
)

const (
	maxLines  = 100       // lines of a file that are looked at
	maxLine   = 1000      // bytes of a line that are looked at
	maxLength = 256 << 10 // bytes of a file that Keys looks at
)

// Keys returns the lines at the top of a file that look like a key with a value. They tell whether
// the author of a file that cannot be read wants it to be kept back, and nothing else.
func Keys(data []byte) meta.Pairs {
	var pairs meta.Pairs
	c := lines.Cursor{Rest: bytes.ToValidUTF8(data[:min(len(data), maxLength)], nil), Line: 1}
	members := bytes.HasPrefix(bytes.TrimSpace(c.Rest), []byte("{"))
	for range maxLines {
		number := c.Line
		line, ok := c.Next()
		if !ok || len(pairs) > 0 && ends(line) {
			break
		}
		parts := [][]byte{line}
		if members { // of an object, several on a line
			parts = bytes.Split(line, []byte(","))
		}
		pairs = appendKeys(pairs, parts, number)
	}
	return pairs
}

func appendKeys(pairs meta.Pairs, parts [][]byte, line int) meta.Pairs {
	for _, part := range parts {
		if key, value, ok := Key(part); ok {
			pairs = append(pairs, meta.Pair{Key: key, Value: Scalar(value, line), Line: line})
		}
	}
	return pairs
}

// keyLine matches "key: value" and "key = value", whatever stands around the key and whichever
// width the colon has.
var keyLine = regexp.MustCompile(`^[\s\pP\pS\p{Cf}]*([\pL_][\pL\pN_.-]*)[\s\pP\p{Cf}]*?[ \t]*(?:::|[:=：])[ \t]*(.*)$`)

// Key splits a line that looks like a key with a value. It returns false for any other line.
func Key(line []byte) (key, value string, ok bool) {
	line = line[:min(len(line), maxLine)]
	if isProse(line) {
		return "", "", false
	}
	m := keyLine.FindSubmatch(line)
	if m == nil {
		return "", "", false
	}
	return string(m[1]), strings.TrimRight(string(m[2]), ",;{}[] \t\x00"), true
}

// isProse reports whether keyLine certainly does not match, by the first word of the line alone:
// no colon or equals sign follows it, with punctuation at most between them. Nearly all
// first lines of bodies are such, and the expression takes a hundred times as long.
func isProse(line []byte) bool {
	rest := skip(line, func(r rune) bool { return r != '_' && isAround(r) })
	if first, _ := utf8.DecodeRune(rest); !unicode.IsLetter(first) {
		return first != '_' // which may be the first letter of a key, or stand around one
	}
	rest = skip(rest, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_' || r == '.' || r == '-'
	})
	for len(rest) > 0 {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == ':', r == '=', r == '：':
			return false
		case !isAround(r) || unicode.IsSymbol(r):
			return true
		}
		rest = rest[size:]
	}
	return true
}

// isAround reports whether a character may stand before the key in keyLine.
func isAround(r rune) bool {
	if r < utf8.RuneSelf { // for speed
		return r == ' ' || '\t' <= r && r <= '\r' && r != '\v' || r > ' ' && r < 0x7f && !isAlphanumeric(r)
	}
	return unicode.In(r, unicode.P, unicode.S, unicode.Cf)
}

func isAlphanumeric(r rune) bool {
	return '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z'
}

// skip returns text without the characters at its beginning that are in a class.
func skip(text []byte, class func(rune) bool) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if !class(r) {
			break
		}
		text = text[size:]
	}
	return text
}

// ends reports whether a line seems to be the end of front matter: a row of marks, or nothing.
func ends(line []byte) bool {
	text := bytes.TrimSpace(line)
	return len(text) == 0 || text[0] == '}' || len(text) > 1 && len(bytes.Trim(text, " -+;.—–=~`*")) == 0
}

// Scalar reads a value as it stands. It removes the quotes around the text if they are a pair:
// those of `"One" and "Two"` are not.
func Scalar(text string, line int) meta.Value {
	text = strings.TrimSpace(text)
	v := meta.Value{Kind: meta.String, Text: text, Line: line}
	if len(text) < 2 || text[0] != text[len(text)-1] || text[0] != '"' && text[0] != '\'' {
		return v
	}
	quote, inner := text[:1], text[1:len(text)-1]
	first := strings.Index(inner, quote)
	closes := first > 0 && inner[first-1] != ' ' && inner[first-1] != '\\'
	if closes && strings.Count(inner, quote)%2 == 0 {
		return v
	}
	v.Text, v.Quoted = strings.ReplaceAll(inner, `\`+quote, quote), true
	return v
}
