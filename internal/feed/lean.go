package feed

import (
	"bytes"
	"html"
	"strings"
)

// lean returns a document of encoding/xml in fewer bytes and easier to read. It
// undoes the escapes that XML does not ask for: of quotation marks, tabs and line
// ends in text, of the apostrophe in attributes. Where what follows "&" makes it
// an HTML reference for those who decode a text twice, it gets the form that the
// RSS Advisory Board's best practices recommend.
//
// An "&" that stands in a text is always escaped there, so that what looks like
// an escape is one; only CDATA sections, comments and instructions hold others,
// and these stay as they are.
func lean(document []byte) []byte {
	out := make([]byte, 0, len(document)+len(document)/64) // rarely more: one form is a byte longer
	for rest := document; len(rest) > 0; {
		end := bytes.IndexByte(rest, '<')
		if end < 0 {
			end = len(rest)
		}
		out = leanText(out, rest[:end])
		rest = rest[end:]
		length := markup(rest)
		if bytes.HasPrefix(rest, []byte("<!")) || bytes.HasPrefix(rest, []byte("<?")) {
			out = append(out, rest[:length]...)
		} else {
			out = leanAttributes(out, rest[:length])
		}
		rest = rest[length:]
	}
	return out
}

// markup returns the length of the tag, CDATA section, comment or instruction
// that s begins with.
func markup(s []byte) int {
	ending := ">" // in an attribute it is escaped
	switch {
	case bytes.HasPrefix(s, []byte("<![CDATA[")):
		ending = "]]>"
	case bytes.HasPrefix(s, []byte("<!--")):
		ending = "-->"
	case bytes.HasPrefix(s, []byte("<?")):
		ending = "?>"
	}
	if i := bytes.Index(s, []byte(ending)); i >= 0 {
		return i + len(ending)
	}
	return len(s)
}

func leanText(out, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(out, text...)
		}
		out, text = append(out, text[:i]...), text[i:]
		plain, length := textEscape(text)
		out, text = append(out, plain...), text[length:]
	}
}

// textEscape returns what is to stand for the escape that s begins with, and the
// length of the escape.
func textEscape(s []byte) (string, int) {
	for _, e := range [...]struct{ escape, plain string }{{"&#34;", `"`}, {"&#39;", "'"}, {"&#xA;", "\n"}, {"&#x9;", "\t"}} {
		if bytes.HasPrefix(s, []byte(e.escape)) {
			return e.plain, len(e.escape)
		}
	}
	const ampersand = "&amp;"
	if rest, ok := bytes.CutPrefix(s, []byte(ampersand)); ok && seemsReference(rest) {
		return "&#x26;", len(ampersand)
	}
	return "&", 1
}

// seemsReference tells whether an ampersand before s seems to begin an HTML
// reference, with or without its semicolon.
func seemsReference(s []byte) bool {
	word := string(s[:min(len(s), 32)]) // no name is longer
	if end := strings.IndexFunc(word, notInName); end >= 0 {
		word = word[:end]
	}
	reference := "&" + word + ";"
	return strings.HasPrefix(word, "#") || strings.ContainsAny(word, "0123456789_") || html.UnescapeString(reference) != reference
}

func notInName(r rune) bool {
	inName := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '#'
	return !inName
}

// leanAttributes leaves white space alone: a parser would make spaces of it
// (XML 1.0 section 3.3.3).
func leanAttributes(out, tag []byte) []byte {
	const escape = "&#39;"
	for {
		i := bytes.Index(tag, []byte(escape))
		if i < 0 {
			return append(out, tag...)
		}
		out = append(append(out, tag[:i]...), '\'')
		tag = tag[i+len(escape):]
	}
}
