package status

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLine is how many characters of a line are shown.
const maxLine = 200

// Line returns a line of a file, counted from 1, without its end; empty if there
// is none of that number. A long one is cut, and what cannot be seen is spelled
// out, for that is often what is wrong with it.
func Line(file []byte, number int) string {
	if number < 1 {
		return ""
	}
	for ; number > 1; number-- {
		_, rest, more := bytes.Cut(file, []byte("\n"))
		if !more {
			return ""
		}
		file = rest
	}
	line, _, _ := bytes.Cut(file, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	end, characters := 0, 0
	for ; end < len(line) && characters < maxLine; characters++ {
		_, size := utf8.DecodeRune(line[end:])
		end += size
	}
	if end < len(line) {
		return visible(string(line[:end])) + "…"
	}
	return visible(string(line))
}

// visible spells out what has no shape of its own: control characters by their
// pictures, those that steer the direction of text and the like by their
// numbers, bytes that are no text by the character for such. The joiners stay:
// words of several scripts, and emoji, need them.
func visible(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < ' ':
			b.WriteRune('␀' + r)
		case r == 0x7f:
			b.WriteRune('␡')
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && r != '\u200c' && r != '\u200d':
			fmt.Fprintf(&b, "⟨%U⟩", r)
		default:
			b.WriteRune(r) // of a byte that is no text, U+FFFD
		}
	}
	return b.String()
}
