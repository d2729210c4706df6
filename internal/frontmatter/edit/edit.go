// Package edit writes into the front matter of a file, and changes nothing else of it.
package edit

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"
)

// WithID returns the named file with an id in its front matter, and every other
// byte of data as it was. The id gets its own line: before the closing
// fence of YAML, behind the opening fence of TOML, where no table has begun yet,
// and as the first member of a JSON object. An object without a line break behind the { gets
// it within that line. A file without front matter gets a block of YAML in front.
//
// If the front matter has that key already, in any case and even without a value, the result is
// data itself. So a second id is never added.
//
// The result is parsed again: it has the same body and the same metadata, and the id besides. If
// that cannot be had, WithID returns an error and no bytes. So it does for a file that
// frontmatter.Parse refuses, and for an id that is blank, has white space around it, or is no
// text.
func WithID(file string, data []byte, id string) ([]byte, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	before, err := frontmatter.Parse(file, data)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(before.Meta, func(p meta.Pair) bool { return strings.EqualFold(p.Key, "id") }) {
		return data, nil
	}
	for _, i := range insertions(before, data, id) {
		edited := slices.Concat(data[:i.at], []byte(i.text), data[i.at:])
		err = verify(file, before, edited, id)
		if err == nil {
			return edited, nil
		}
	}
	return nil, fmt.Errorf("an id cannot be added to the front matter without changing the post: %w", err)
}

// verify returns an error unless the edited file is read as before, with the id.
func verify(file string, before frontmatter.Block, edited []byte, id string) error {
	after, err := frontmatter.Parse(file, edited)
	if err != nil {
		return err
	}
	return onlyGains(before, after, id)
}

func checkID(id string) error {
	switch {
	case strings.TrimSpace(id) == "":
		return errors.New("the id is blank")
	case strings.TrimSpace(id) != id:
		return fmt.Errorf("the id %q has white space around it", id)
	case !utf8.ValidString(id) || strings.ContainsRune(id, 0):
		return fmt.Errorf("the id %q is no text", id)
	}
	return nil
}

// onlyGains returns an error unless the second block is the first one with an id. It ignores the
// lines of values, which move.
func onlyGains(before, after frontmatter.Block, id string) error {
	i := after.Meta.Index("id")
	switch {
	case i < 0 || after.Meta[i].Value.Kind != meta.String || after.Meta[i].Value.Text != id:
		return errors.New("the id would not be read again")
	case !bytes.Equal(before.Body, after.Body):
		return errors.New("the text would change")
	case len(before.Problems) != len(after.Problems):
		return errors.New("the front matter would be read with other warnings")
	case !samePairs(before.Meta, slices.Delete(slices.Clone(after.Meta), i, i+1)):
		return errors.New("another key would change")
	}
	return nil
}

func samePairs(a, b meta.Pairs) bool {
	return slices.EqualFunc(a, b, func(x, y meta.Pair) bool { return x.Key == y.Key && sameValue(x.Value, y.Value) })
}

func sameValue(a, b meta.Value) bool {
	return a.Kind == b.Kind && a.Text == b.Text && a.Quoted == b.Quoted &&
		slices.EqualFunc(a.List, b.List, sameValue) && samePairs(a.Map, b.Map)
}

// insertion is a text to be inserted into a file.
type insertion struct {
	at   int // offset
	text string
}

// insertions returns the ways to add an id to the file, the better one first.
func insertions(b frontmatter.Block, data []byte, id string) []insertion {
	opening := lines.Cursor{Rest: bytes.TrimPrefix(data, []byte("\ufeff")), Line: 1}
	top := len(data) - len(opening.Rest)
	opening = opening.SkipBlank()
	first := opening
	first.Next()
	below := len(data) - len(first.Rest)
	switch b.Format {
	case frontmatter.YAML:
		at := lastLine(data[:len(data)-len(b.Body)])
		line := "id: " + quote(id, frontmatter.YAML) + endingOf(data[:at])
		// Keys stand below each other, be they indented or not.
		return []insertion{{at, indentOf(first) + line}, {at, line}}
	case frontmatter.TOML:
		return []insertion{{below, "id = " + quote(id, frontmatter.TOML) + endingOf(data[:below])}}
	case frontmatter.JSON:
		return []insertion{intoObject(len(data)-len(opening.Rest), data, id)}
	}
	end := firstEnding(data)
	return []insertion{{top, "---" + end + "id: " + quote(id, frontmatter.YAML) + end + "---" + end}}
}

// intoObject puts the id before the first member of the object at the offset.
func intoObject(at int, data []byte, id string) insertion {
	at++ // the brace
	inside := data[at:]
	member := inside[len(inside)-len(bytes.TrimLeft(inside, " \t\r\n")):]
	blank := inside[:len(inside)-len(member)]
	text := `"id": ` + quote(id, frontmatter.JSON)
	empty := bytes.HasPrefix(member, []byte("}"))
	if !empty {
		text += ","
	}
	below := lines.Cursor{Rest: blank, Line: 1}
	below.Next()
	if lines.Count(blank) == 0 { // as in {"title": ...
		if !empty {
			text += " "
		}
		return insertion{at + len(blank), text}
	}
	indent := string(blank[bytes.LastIndexAny(blank, "\r\n")+1:])
	if empty {
		indent += "  "
	}
	line := at + len(blank) - len(below.Rest)
	return insertion{line, indent + text + endingOf(data[:line])}
}

// lastLine returns the offset of the last line of text, which may have an
// ending or not.
func lastLine(text []byte) int {
	text = bytes.TrimSuffix(text, []byte(endingOf(text)))
	return bytes.LastIndexAny(text, "\r\n") + 1
}

// endingOf returns the line ending that the text ends with; it may have none.
func endingOf(text []byte) string {
	for _, ending := range []string{"\r\n", "\n", "\r"} {
		if bytes.HasSuffix(text, []byte(ending)) {
			return ending
		}
	}
	return ""
}

// firstEnding returns how the first line of a file ends; LF when it has none.
func firstEnding(data []byte) string {
	c := lines.Cursor{Rest: data, Line: 1}
	line, _ := c.Next()
	if ending := string(data[len(line) : len(data)-len(c.Rest)]); ending != "" {
		return ending
	}
	return "\n"
}

// indentOf returns the white space before the first key at the cursor or below.
func indentOf(c lines.Cursor) string {
	for {
		line, ok := c.Next()
		text := bytes.TrimLeft(line, " \t")
		switch {
		case !ok:
			return ""
		case len(bytes.TrimSpace(text)) > 0 && text[0] != '#':
			return string(line[:len(line)-len(text)])
		}
	}
}

// quote writes a text in double quotes, as the format reads it. What does not
// print is escaped: each of the formats forbids some of it.
func quote(s string, f frontmatter.Format) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		case f == frontmatter.JSON: // RFC 8259 section 7
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
