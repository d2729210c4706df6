// Package scan recognises the smallest parts of a text: lines, names, tags, references to
// characters. Each function looks at the beginning of a text and returns how long the
// part is, 0 if there is none.
package scan

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsSpace reports whether c is white space, line ends among it.
func IsSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// IsLetter reports whether c is a letter of ASCII.
func IsLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// IsDigit reports whether c is a digit of ASCII.
func IsDigit(c byte) bool { return c >= '0' && c <= '9' }

// IsWord reports whether c is a letter or digit of ASCII, or an underscore.
func IsWord(c byte) bool { return IsLetter(c) || IsDigit(c) || c == '_' }

// Line returns the length of the first line, with its end.
func Line(s string) int {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return i + 1
	}
	return len(s)
}

// IsBlank reports whether a line holds white space alone.
func IsBlank(line string) bool {
	for i := range len(line) {
		if !IsSpace(line[i]) {
			return false
		}
	}
	return true
}

// Blank returns the length of the blank lines that a text begins with. They have line
// ends.
func Blank(s string) int {
	n := 0
	for i := 0; i < len(s) && IsSpace(s[i]); i++ {
		if s[i] == '\n' {
			n = i + 1
		}
	}
	return n
}

// Margin returns the number of spaces at the beginning, at most three.
func Margin(s string) int {
	n := 0
	for n < 3 && n < len(s) && s[n] == ' ' {
		n++
	}
	return n
}

// Spaces returns the number of spaces and tabs at the beginning.
func Spaces(s string) int {
	n := 0
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	return n
}

// Indent returns the length of what makes a line code: four spaces or a tab.
func Indent(s string) int {
	if strings.HasPrefix(s, "\t") {
		return 1
	}
	if strings.HasPrefix(s, "    ") {
		return 4
	}
	return 0
}

// Run returns how often c stands at the beginning.
func Run(s string, c byte) int {
	n := 0
	for n < len(s) && s[n] == c {
		n++
	}
	return n
}

// LineEnd returns the length of white space up to the first line end.
func LineEnd(s string) int {
	for i := 0; i < len(s) && IsSpace(s[i]); i++ {
		if s[i] == '\n' {
			return i + 1
		}
	}
	return 0
}

// Name returns the length of the name of an element or attribute.
func Name(s string) int {
	n := 0
	for n < len(s) {
		r, size := rune(s[n]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[n:])
		}
		switch {
		case unicode.IsLetter(r), r == '_':
		case n > 0 && (r == '-' || r == '.' || r == ':' && n+1 < len(s) && (IsLetter(s[n+1]) || s[n+1] == '_') || unicode.IsDigit(r)):
		default:
			return n
		}
		n += size
	}
	return n
}

// reference bounds the name of a character.
const reference = 40

// Reference returns the length of a reference to a character, such as &amp; or &#8217;.
func Reference(s string) int {
	if len(s) < 3 || s[0] != '&' {
		return 0
	}
	i := 1
	of := func(c byte) bool { return IsWord(c) || c == ':' || i > 1 && (c == '-' || c == '.') }
	if s[1] == '#' {
		i, of = 2, IsDigit
		if s[2] == 'x' {
			i, of = 3, func(c byte) bool { return IsDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }
		}
	}
	start := i
	for i < len(s) && i < reference && of(s[i]) {
		i++
	}
	if i == start || i >= len(s) || s[i] != ';' {
		return 0
	}
	return i + 1
}

// Trim takes white space of ASCII from both ends.
func Trim(s string) string { return strings.Trim(s, " \t\n\v\f\r") }
