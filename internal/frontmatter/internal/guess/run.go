package guess

import (
	"bytes"

	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"
)

// Run is a sequence of keys below each other, with the lines that belong to them.
type Run struct {
	Keys   meta.Pairs
	End    lines.Cursor // the first line that does not belong to the run
	Closed bool         // a row of marks stands there
}

// ReadRun returns the run that begins at the cursor; its Keys are empty if there is none.
func ReadRun(c lines.Cursor) Run {
	var keys meta.Pairs
	for range maxLines {
		here := c
		line, ok := c.Next()
		text := bytes.TrimSpace(line)
		switch {
		case !ok, len(keys) > 0 && ends(line):
			return Run{keys, here, ok && len(text) > 0}
		case len(text) == 0, isComment(text):
			continue
		}
		found := keysOn(text, here.Line)
		inside := len(keys) > 0 && (line[0] == ' ' || line[0] == '\t' || bytes.HasPrefix(text, []byte("- ")))
		if len(found) == 0 && !inside {
			return Run{keys, here, false}
		}
		keys = append(keys, found...)
	}
	return Run{keys, c, false}
}

// isComment reports whether a line is a comment of YAML or of HTML.
func isComment(text []byte) bool {
	return bytes.HasPrefix(text, []byte("# ")) ||
		bytes.HasPrefix(text, []byte("<!--")) && bytes.HasSuffix(text, []byte("-->"))
}

// notKeys begin lines that are no keys, though they may look like it: template tags, items of
// lists, quotations, words in bold, pictures, links, tables and comments.
var notKeys = [][]byte{
	[]byte("{{"), []byte("{%"), []byte("{#"), []byte("- "), []byte("* "), []byte("+ "), []byte("> "), []byte("**"),
	[]byte("__"), []byte("!"), []byte("["), []byte("|"), []byte("<!--"),
}

// keysOn returns the keys on a line; in braces there may be several.
func keysOn(text []byte, line int) meta.Pairs {
	for _, other := range notKeys {
		if bytes.HasPrefix(text, other) {
			return nil
		}
	}
	parts := [][]byte{text}
	if text[0] == '{' {
		parts = bytes.Split(text[:min(len(text), maxLine)], []byte(","))
	}
	return appendKeys(nil, parts, line)
}
