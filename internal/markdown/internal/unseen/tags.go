package unseen

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxTag is up to which length every tag is read, in bytes. Longer ones are read as
// long as they are few; see scanner.spare.
const maxTag = 4 << 10

// tag is a tag of HTML within a text.
type tag struct {
	name    string // as written
	closing bool
	selfish bool // with a slash at its end
	attrs   bool // there may be attributes
	size    int  // in bytes
}

// tagAt reads the tag that the text begins with, by the rules of a browser (HTML
// section 13.2.5): a quoted value may hold anything, and < begins no tag within
// another. A name with a colon and no attribute is an address.
func tagAt(text string) (t tag, ok bool) {
	at := 1
	if strings.HasPrefix(text, "</") {
		t.closing, at = true, 2
	}
	if len(text) <= at || !isLetter(text[at]) {
		return t, false
	}
	from := at
	at += length(text[at:], " \t\r\n\f/><")
	t.name = text[from:at]
	blank := false
	for at < len(text) {
		switch c := text[at]; c {
		case '>':
			t.size, t.selfish = at+1, text[at-1] == '/'
			return t, blank || t.closing || !strings.Contains(t.name, ":")
		case '<':
			return t, false
		case ' ', '\t', '\r', '\n', '\f':
			blank = true
			at++
		case '/':
			at++
		default:
			t.attrs = true
			at += attribute(text[at:])
		}
	}
	return t, false
}

// attribute returns how long the attribute is that a text begins with.
func attribute(text string) int {
	at := 1 + length(text[1:], " \t\r\n\f/><=")
	equals := at + len(text[at:]) - len(strings.TrimLeft(text[at:], " \t\r\n\f"))
	if equals >= len(text) || text[equals] != '=' {
		return at
	}
	at = equals + 1
	at += len(text[at:]) - len(strings.TrimLeft(text[at:], " \t\r\n\f"))
	if at >= len(text) {
		return at
	}
	switch quote := text[at]; quote {
	case '"', '\'':
		end := strings.IndexByte(text[at+1:], quote)
		if end < 0 {
			return len(text)
		}
		return at + end + 2
	}
	return at + length(text[at:], " \t\r\n\f><")
}

// length returns how long a text is before the first of these bytes.
func length(text, until string) int {
	if i := strings.IndexAny(text, until); i >= 0 {
		return i
	}
	return len(text)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// token reads what a tag says.
func (t tag) token(text string) html.Token {
	if !t.attrs {
		return html.Token{DataAtom: atom.Lookup([]byte(strings.ToLower(t.name)))}
	}
	tokens := html.NewTokenizer(strings.NewReader(text[:t.size]))
	tokens.Next()
	return tokens.Token()
}

// alone reports whether the element is all tag: nothing closes it.
func (t tag) alone(element atom.Atom) bool {
	return void[element] || t.selfish && (element == atom.Svg || element == atom.Math)
}

// void are the elements without content (HTML section 13.1.2), and those that were.
var void = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Basefont: true, atom.Bgsound: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Frame: true, atom.Hr: true,
	atom.Img: true, atom.Input: true, atom.Keygen: true, atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// raw are the elements whose content is text up to their end.
var raw = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Textarea: true, atom.Title: true, atom.Xmp: true, atom.Iframe: true, atom.Noembed: true, atom.Noframes: true,
}
