// Package lines walks over the lines of a text, and counts them. Lines end with LF, CRLF or a
// lone CR, in any mixture.
package lines

import "bytes"

// Cursor is a position in a text. It is a value: a copy stays where it is.
type Cursor struct {
	Rest []byte // the text from here on
	Line int    // of the file, on which Rest begins
}

// Next returns the line at the cursor without its ending, and moves to the next line. It returns
// false at the end of the text.
func (c *Cursor) Next() ([]byte, bool) {
	text := c.Rest
	end := endOfLine(text)
	if end < 0 {
		c.Rest = text[len(text):]
		return text, len(text) > 0
	}
	size := 1
	if bytes.HasPrefix(text[end:], []byte("\r\n")) {
		size = 2
	}
	c.Rest = text[end+size:]
	c.Line++
	return text[:end], true
}

// window is how many bytes endOfLine searches at a time. Without it, a text whose lines all end
// with CR would be searched to its end for LF, once for each line.
const window = 256

// endOfLine returns the offset of the first LF or CR, -1 if there is none. Two searches for one
// byte are several times faster than one for either.
func endOfLine(text []byte) int {
	for from := 0; from < len(text); from += window {
		part := text[from:min(from+window, len(text))]
		lf := bytes.IndexByte(part, '\n')
		if lf >= 0 {
			part = part[:lf]
		}
		if cr := bytes.IndexByte(part, '\r'); cr >= 0 {
			return from + cr
		}
		if lf >= 0 {
			return from + lf
		}
	}
	return -1
}

// Skip moves the cursor by n bytes.
func (c *Cursor) Skip(n int) {
	c.Line += Count(c.Rest[:n])
	c.Rest = c.Rest[n:]
}

// SkipBlank returns the cursor at the first line that is not blank.
func (c Cursor) SkipBlank() Cursor {
	for {
		ahead := c
		line, ok := ahead.Next()
		if !ok || len(bytes.TrimSpace(line)) > 0 {
			return c
		}
		c = ahead
	}
}

// To returns the text from c up to end, which is a later position in the same text.
func (c Cursor) To(end Cursor) Cursor {
	return Cursor{c.Rest[:len(c.Rest)-len(end.Rest)], c.Line}
}

// Count returns the number of line endings in text.
func Count(text []byte) int {
	return bytes.Count(text, []byte("\n")) + bytes.Count(text, []byte("\r")) - bytes.Count(text, []byte("\r\n"))
}
