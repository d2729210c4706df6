package frontmatter

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

// syntax is what there is to know of a format that stands between fences.
type syntax struct {
	format  Format
	fence   string
	key     func(line []byte) bool // whether a first line of metadata begins so
	closing func(line []byte) bool // whether a line, without the white space behind it, closes the block
	read    func(*parser, cursor) (Pairs, error)
}

// A key is one word, quoted or not. A sentence such as "As they say: ..." is
// none, so that a thematic break above it stays one. YAML may be closed by a
// longer row of dashes, because real posts do it and their generators accept it.
var (
	syntaxes = []syntax{
		{YAML, "---", isYAMLKey, closesYAML, (*parser).yaml},
		{TOML, "+++", tomlKey.Match, func(line []byte) bool { return string(line) == "+++" }, (*parser).toml},
	}
	yamlKey = regexp.MustCompile(`^(?:"[^"]*"|'[^']*'|<<|[\pL\pN_$][\pL\pM\pN_$@./+-]*)[ \t]*:(?:[ \t]|$)`)
	tomlKey = regexp.MustCompile(`^(?:"[^"]*"|'[^']*'|[A-Za-z0-9_.-]+)[ \t]*[.=]|^\[\[?[^\[\]]+\]\]?[ \t]*(?:#|$)`)
	jsonKey = regexp.MustCompile(`^\{[ \t\r\n]*(?:\}|"(?:[^"\\]|\\.)*"[ \t\r\n]*:)`)
)

// isYAMLKey asks for the regular expression last, since most keys are simple.
func isYAMLKey(line []byte) bool {
	_, _, simple := cutKey(string(line))
	return simple || yamlKey.Match(line)
}

func closesYAML(line []byte) bool {
	return string(line) == "..." || len(line) >= 3 && len(bytes.Trim(line, "-")) == 0
}

// closedBy reports whether the line is a closing fence.
func (s syntax) closedBy(line []byte) bool {
	return s.closing(bytes.TrimRight(line, " \t"))
}

// split fills in the block from the first line that is not blank. It leaves the
// block as it is when there is no front matter.
func (p *parser) split(b *Block, opening cursor) error {
	start := opening
	line, _ := start.next()
	for _, s := range syntaxes {
		if string(bytes.TrimRight(line, " \t")) == s.fence && s.follows(start) {
			return p.fenced(b, start, s)
		}
	}
	if s, ok := named(line); ok && start.closes(s) {
		return p.fenced(b, start, s)
	}
	if jsonKey.Match(opening.rest) {
		if err := p.json(b, opening); err != nil || b.Format != None {
			return err
		}
	}
	if ext := strings.ToLower(path.Ext(p.file)); ext == ".html" || ext == ".htm" {
		return nil // without front matter such a file is no post
	}
	if found, err := p.bare(b, opening); found {
		return err
	}
	return p.suspect(opening)
}

// closes reports whether a line below the cursor closes a block.
func (c cursor) closes(s syntax) bool {
	for {
		line, ok := c.next()
		if !ok || s.closedBy(line) {
			return ok
		}
	}
}

// follows reports whether a fence above the cursor opens front matter. The
// closing fence alone will do, but not below a comment: that is a heading
// between two thematic breaks.
func (s syntax) follows(c cursor) bool {
	comments := false
	for {
		line, ok := c.next()
		text := bytes.TrimSpace(line)
		switch {
		case !ok:
			return false
		case len(text) == 0:
		case text[0] == '#':
			comments = true
		default:
			return s.key(text) || s.loose(text) || !comments && s.closedBy(line)
		}
	}
}

// loose reports whether a line begins with a key that posts have, though not
// quite as YAML wants it: without a space behind the colon, or in braces.
func (s syntax) loose(text []byte) bool {
	if s.format != YAML {
		return false
	}
	if flow.Match(text) {
		return true
	}
	key := looseKey.FindSubmatch(text)
	return key != nil && headKeys[foldKey(string(key[1]))] != 0
}

// fenced reads the metadata from the line below the opening fence on.
func (p *parser) fenced(b *Block, start cursor, s syntax) (err error) {
	for end := start; ; {
		closing := end
		line, ok := end.next()
		if !ok {
			return p.fail(start.line-1, "the front matter that %s opens here is never closed; expected a line %s below its last key", s.fence, s.fence)
		}
		if !s.closedBy(line) {
			continue
		}
		meta := cursor{start.rest[:len(start.rest)-len(closing.rest)], start.line}
		if len(meta.rest) > maxSize {
			return p.fail(start.line-1, "the front matter is longer than %d KiB", maxSize>>10)
		}
		b.Format, b.Body, b.BodyLine, p.last = s.format, end.rest, end.line, closing.line
		read := s.read
		if s.format == YAML && flow.Match(meta.skipBlank().rest) {
			read = (*parser).braced
		}
		if b.Meta, err = read(p, meta); err != nil {
			return err
		}
		return p.suspectAgain(end)
	}
}

// cursor walks over text.
type cursor struct {
	rest []byte
	line int // of the file, on which rest begins
}

// next returns the line at the cursor without its ending and moves to the one
// after. It returns false at the end of the text.
func (c *cursor) next() ([]byte, bool) {
	text := c.rest
	end := bytes.IndexAny(text, "\r\n")
	if end < 0 {
		c.rest = text[len(text):]
		return text, len(text) > 0
	}
	size := 1
	if bytes.HasPrefix(text[end:], []byte("\r\n")) {
		size = 2
	}
	c.rest = text[end+size:]
	c.line++
	return text[:end], true
}

// skip moves the cursor on by n bytes.
func (c *cursor) skip(n int) {
	c.line += breaks(c.rest[:n])
	c.rest = c.rest[n:]
}

// skipBlank returns the cursor at the first line that is not blank.
func (c cursor) skipBlank() cursor {
	for {
		ahead := c
		line, ok := ahead.next()
		if !ok || len(bytes.TrimSpace(line)) > 0 {
			return c
		}
		c = ahead
	}
}

// breaks counts the line endings in text.
func breaks(text []byte) int {
	return bytes.Count(text, []byte("\n")) + bytes.Count(text, []byte("\r")) - bytes.Count(text, []byte("\r\n"))
}
