package frontmatter

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"broadsheet/internal/frontmatter/internal/blocks"
	"broadsheet/internal/frontmatter/internal/guess"
	"broadsheet/internal/frontmatter/internal/simple"
	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"
)

// readFunc reads a block of one format.
type readFunc func(*blocks.Reader, lines.Cursor) (meta.Pairs, error)

// syntax describes a format that stands between fences.
type syntax struct {
	format  Format
	fence   string
	key     func(line []byte) bool // whether a first line of metadata begins so
	closing func(line []byte) bool // whether a line, without trailing white space, closes the block
	read    readFunc
}

// A key is one word, quoted or not. A sentence such as "As they say: ..." is
// none, so that a thematic break above it stays one. YAML may be closed by a
// longer row of dashes, because real posts do it and their generators accept it.
var (
	syntaxes = []syntax{
		{YAML, "---", isYAMLKey, closesYAML, (*blocks.Reader).YAML},
		{TOML, "+++", tomlKey.Match, closesTOML, (*blocks.Reader).TOML},
	}
	yamlKey = regexp.MustCompile(`^(?:"[^"]*"|'[^']*'|<<|[\pL\pN_$][\pL\pM\pN_$@./+-]*)[ \t]*:(?:[ \t]|$)`)
	tomlKey = regexp.MustCompile(`^(?:"[^"]*"|'[^']*'|[A-Za-z0-9_.-]+)[ \t]*[.=]|^\[\[?[^\[\]]+\]\]?[ \t]*(?:#|$)`)
	jsonKey = regexp.MustCompile(`^\{[ \t\r\n]*(?:\}|"(?:[^"\\]|\\.)*"[ \t\r\n]*:)`)
)

// isYAMLKey tries the regular expression last, since most keys are simple.
func isYAMLKey(line []byte) bool {
	_, _, isSimple := simple.CutKey(string(line))
	return isSimple || yamlKey.Match(line)
}

func closesYAML(line []byte) bool {
	return string(line) == "..." || len(line) >= 3 && len(bytes.Trim(line, "-")) == 0
}

func closesTOML(line []byte) bool { return string(line) == "+++" }

// closedBy reports whether the line is a closing fence.
func (s syntax) closedBy(line []byte) bool {
	return s.closing(bytes.TrimRight(line, " \t"))
}

// split fills in the block from the first line that is not blank. It leaves the
// block as it is if there is no front matter.
func (s *splitter) split(b *Block, opening lines.Cursor) error {
	start := opening
	line, _ := start.Next()
	for _, x := range syntaxes {
		if string(bytes.TrimRight(line, " \t")) == x.fence && x.follows(start) {
			return s.fenced(b, start, x)
		}
	}
	if x, ok := named(line); ok && x.isClosed(start) {
		return s.fenced(b, start, x)
	}
	if jsonKey.Match(opening.Rest) {
		object, err := s.JSON(opening)
		switch {
		case err != nil:
			return err
		case object != nil:
			b.Format, b.Meta, b.Body, b.BodyLine = JSON, object.Pairs, object.End.Rest, object.End.Line
			return nil
		}
	}
	if ext := strings.ToLower(path.Ext(s.File)); ext == ".html" || ext == ".htm" {
		return nil // without front matter such a file is no post
	}
	if found, err := s.bare(b, opening); found {
		return err
	}
	return s.refuse(guess.Top(opening))
}

// refuse returns the error about a block that was not read, if there is one.
func (s *splitter) refuse(suspect guess.Suspicion, found bool) error {
	if !found {
		return nil
	}
	return s.Fail(suspect.Line, "this looks like front matter, but %s; "+
		"expected the file to begin with a line ---, and another one below the last key", suspect.Why)
}

// isClosed reports whether a line below the cursor closes a block.
func (s syntax) isClosed(c lines.Cursor) bool {
	for {
		line, ok := c.Next()
		if !ok || s.closedBy(line) {
			return ok
		}
	}
}

// follows reports whether a fence above the cursor opens front matter. The
// closing fence alone will do, but not below a comment: that is a heading
// between two thematic breaks.
func (s syntax) follows(c lines.Cursor) bool {
	comments := false
	for {
		line, ok := c.Next()
		text := bytes.TrimSpace(line)
		switch {
		case !ok:
			return false
		case len(text) == 0:
		case text[0] == '#':
			comments = true
		default:
			return s.key(text) || s.looseKey(text) || !comments && s.closedBy(line)
		}
	}
}

// looseKey reports whether a line begins with a key that posts have, though not
// quite as YAML wants it: without a space behind the colon, or in braces.
func (s syntax) looseKey(text []byte) bool {
	if s.format != YAML {
		return false
	}
	if isFlowMapping(text) {
		return true
	}
	key, ok := blocks.LooseKey(text)
	return ok && guess.IsHeadKey(key)
}

// fenced reads the metadata from the line below the opening fence on.
func (s *splitter) fenced(b *Block, start lines.Cursor, x syntax) error {
	closing, end, ok := x.findClosing(start)
	if !ok {
		return s.Fail(start.Line-1, "the front matter that %s opens here is never closed; "+
			"expected a line %s below its last key", x.fence, x.fence)
	}
	block := start.To(closing)
	if len(block.Rest) > blocks.MaxSize {
		return s.FailTooLong(start.Line - 1)
	}
	b.Format, b.Body, b.BodyLine, s.Last = x.format, end.Rest, end.Line, closing.Line
	read := x.read
	if x.format == YAML && isFlowMapping(block.SkipBlank().Rest) {
		read = (*blocks.Reader).Braced
	}
	pairs, err := read(&s.Reader, block)
	if err != nil {
		return err
	}
	b.Meta = pairs
	return s.refuse(guess.Again(end))
}

// findClosing returns the first line at or below the cursor that closes a block, and the line below
// that. It returns false if there is none.
func (s syntax) findClosing(c lines.Cursor) (closing, end lines.Cursor, ok bool) {
	for {
		closing = c
		line, more := c.Next()
		if !more || s.closedBy(line) {
			return closing, c, more
		}
	}
}
