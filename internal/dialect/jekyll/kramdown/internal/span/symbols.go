package span

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

func escapable(c byte) bool { return strings.IndexByte("\\.*_+`<>()[]{}#!:|\"'$=-~", c) >= 0 }

// mark adds text in place of so many bytes.
func (p *parser) mark(text string, length int) bool {
	return p.put(&tree.Node{Kind: tree.Mark, Text: text}, length)
}

// escape reads a character that is none of Markdown's, or the end of a line.
func (p *parser) escape() bool {
	rest := p.s[p.at:]
	switch {
	case strings.HasPrefix(rest, "\\\\\n") && !p.wraps():
		return p.put(&tree.Node{Kind: tree.Break}, 2)
	case strings.HasPrefix(rest, "\\\n") && p.doc.Options.GFM && !p.wraps():
		return p.put(&tree.Node{Kind: tree.Break}, 1)
	case p.doc.Options.Typography && (strings.HasPrefix(rest, "\\<<") || strings.HasPrefix(rest, "\\>>")):
		return p.mark(rest[1:3], 3)
	case len(rest) > 1 && escapable(rest[1]) && (rest[1] != '~' || p.doc.Options.GFM):
		p.flush()
		p.from = p.at + 1
		return p.pass(2)
	}
	return false
}

// wraps reports whether each end of a line is a line break.
func (p *parser) wraps() bool { return p.doc.Options.HardWrap && p.doc.Options.GFM }

// lineEnd reads a line break: two spaces before the end of a line.
func (p *parser) lineEnd() bool {
	if p.wraps() {
		return p.node.Kind != tree.HTML && p.put(&tree.Node{Kind: tree.Break}, 0) && p.pass(1)
	}
	if p.at-2 < p.plain || p.s[p.at-1] != ' ' || p.s[p.at-2] != ' ' {
		return false
	}
	p.at -= 2
	p.put(&tree.Node{Kind: tree.Break}, 2)
	p.at++
	return true
}

// reference reads a reference to a character.
func (p *parser) reference() bool {
	n := scan.Reference(p.s[p.at:])
	if n == 0 {
		return false
	}
	ref := p.s[p.at : p.at+n]
	if text := html.UnescapeString(ref); text != ref {
		return p.mark(text, n)
	}
	return p.pass(n)
}

// symbols are what plain characters stand for, the longer ones first.
var symbols = []struct{ plain, name, text string }{
	{"---", "mdash", "\u2014"}, {"--", "ndash", "\u2013"}, {"...", "hellip", "\u2026"},
	{"<< ", "laquo_space", "\u00AB\u00A0"}, {"<<", "laquo", "\u00AB"}, {">>", "raquo", "\u00BB"},
}

// symbol reads a dash, an ellipsis or a guillemet.
func (p *parser) symbol() bool {
	if !p.doc.Options.Typography {
		return false
	}
	rest := p.s[p.at:]
	for _, s := range symbols {
		if !strings.HasPrefix(rest, s.plain) {
			continue
		}
		name, text, length := s.name, s.text, len(s.plain)
		if s.name == "raquo" && p.at > p.plain && p.s[p.at-1] == ' ' {
			name, text, length = "raquo_space", "\u00A0\u00BB", 3
			p.at--
		}
		if own, ok := p.doc.Options.TypographicSymbols[name]; ok {
			text = own
		}
		return p.mark(text, length)
	}
	return false
}

// math reads a formula.
func (p *parser) math() bool {
	if !strings.HasPrefix(p.s[p.at:], "$$") {
		return false
	}
	end := p.find(p.at+2, "$$")
	if end < 0 {
		return false
	}
	n := &tree.Node{Kind: tree.Math, Inline: true, Text: scan.Trim(p.s[p.at+2 : end])}
	return p.put(n, end+2-p.at)
}

// quote reads a quote, together with the character before it.
func (p *parser) quote() bool {
	const lsquo, rsquo, ldquo, rdquo = 0, 1, 2, 3
	c := p.s[p.at]
	before := rune(-1)
	if p.at > p.plain {
		before, _ = utf8.DecodeLastRuneInString(p.s[:p.at])
	}
	rest := p.s[p.at+1:]
	open, closed := ldquo, rdquo
	if c == '\'' {
		open, closed = lsquo, rsquo
	}
	space := before >= 0 && before < utf8.RuneSelf && scan.IsSpace(byte(before))
	switch {
	case before < 0 && marksEmphasis(rest):
		return p.curl(open)
	case before < 0 && closesAtPunctuation(rest):
		return p.curl(closed)
	case (before < 0 || space) && rest != "" && (rest[0] == '"' || rest[0] == '\'') && rest[0] != c && len(rest) > 1 && scan.IsWord(rest[1]):
		p.curl(open)
		return p.curl(map[int]int{ldquo: lsquo, lsquo: ldquo}[open])
	case (before < 0 || space) && c == '\'' && len(rest) > 2 && scan.IsDigit(rest[0]) && scan.IsDigit(rest[1]) && rest[2] == 's':
		return p.curl(rsquo)
	case before < 0 && rest != "" && (rest[0] == '"' || rest[0] == '\''):
		if rest[0] == '"' {
			closed = rdquo
		} else {
			closed = rsquo
		}
		p.at++
		return p.curl(closed)
	case space && rest != "" && scan.IsWord(rest[0]):
		return p.curl(open)
	case before >= 0 && !strings.ContainsRune(" \\\t\r\n[{(-", before):
		return p.curl(closed)
	case before < 0 && (rest == "" || scan.IsSpace(rest[0]) || rest[0] == 's' && !startsWithWord(rest[1:])):
		return p.curl(closed)
	}
	return p.curl(open)
}

func (p *parser) curl(quote int) bool { return p.mark(p.doc.Options.Quotes[quote], 1) }

// marksEmphasis reports whether marks of emphasis stand before what is no space.
func marksEmphasis(s string) bool {
	n := 0
	for n < len(s) && (s[n] == '_' || s[n] == '*') {
		n++
	}
	return n > 0 && (n > 2 || n > 1 || n < len(s) && !scan.IsSpace(s[n])) && (n < len(s) && !scan.IsSpace(s[n]) || n > 1)
}

// closesAtPunctuation reports whether punctuation stands after a quote, which then
// belongs to the words before it.
func closesAtPunctuation(s string) bool {
	if s == "" || strings.IndexByte("!\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~", s[0]) < 0 || strings.HasPrefix(s[1:], "..") {
		return false
	}
	return (s[0] == '_') == startsWithWord(s[1:])
}

// startsWithWord reports whether a character of a word is at the beginning.
func startsWithWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}
