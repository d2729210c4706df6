package liquid

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markup matches what smartify leaves as it is: comments, tags and escapes.
var markup = regexp.MustCompile(`^(?s:<!--.*?-->|</?[A-Za-z][A-Za-z0-9-]*(?:\s+[^<>]*)?/?>)`)

var entity = regexp.MustCompile(`^&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);`)

// smart makes typographic text; each byte of it is looked at a bounded number of times.
type smart struct {
	s     string
	at    int
	plain int // where the plain text began, behind markup or a quote
	out   strings.Builder
}

// smartify makes typographic quotes, dashes and ellipses of plain ones, outside of tags.
func smartify(s string) string {
	p := smart{s: s}
	noComment := false
	for p.at < len(s) {
		switch rest := s[p.at:]; rest[0] {
		case '<':
			if noComment && strings.HasPrefix(rest, "<!--") {
				p.symbol()
				continue
			}
			if tag := markup.FindString(rest[:min(len(rest), maxTag(rest))]); tag != "" {
				p.put(tag, len(tag))
				continue
			}
			noComment = noComment || strings.HasPrefix(rest, "<!--")
			p.symbol()
		case '&':
			p.entity(rest)
		case '"', '\'':
			p.quote()
		default:
			p.symbol()
		}
	}
	return p.out.String()
}

// maxTag bounds how far a tag is looked for; a comment may be longer.
func maxTag(rest string) int {
	if strings.HasPrefix(rest, "<!--") {
		return len(rest)
	}
	const longest = 4 << 10
	return longest
}

// put writes something in the place of n bytes, behind which plain text begins anew.
func (p *smart) put(text string, n int) {
	p.out.WriteString(text)
	p.at += n
	p.plain = p.at
}

// entity writes a character for its escape, unless it would be markup.
func (p *smart) entity(rest string) {
	found := entity.FindString(rest[:min(len(rest), 40)])
	switch text := html.UnescapeString(found); text {
	case "":
		p.out.WriteString("&amp;")
		p.at++
	case "&", "<", ">":
		p.put(found, len(found))
	default:
		p.put(text, len(found))
	}
}

var dashes = []struct{ plain, text string }{
	{"---", "—"}, {"--", "–"}, {"...", "…"}, {"<< ", "«\u00A0"}, {"<<", "«"}, {" >>", "\u00A0»"}, {">>", "»"},
}

// symbol writes a dash, an ellipsis or a guillemet, or the next character.
func (p *smart) symbol() {
	for _, d := range dashes {
		if strings.HasPrefix(p.s[p.at:], d.plain) {
			p.put(d.text, len(d.plain))
			return
		}
	}
	switch c := p.s[p.at]; c {
	case '<', '>': // of no tag
		p.out.WriteString(escapeHTML(string(c)))
	default:
		p.out.WriteByte(c)
	}
	p.at++
}

// quote writes a quote by what stands around it.
func (p *smart) quote() {
	c, rest := p.s[p.at], p.s[p.at+1:]
	open, closed := "“", "”"
	if c == '\'' {
		open, closed = "‘", "’"
	}
	before := rune(-1)
	if p.at > p.plain {
		before, _ = utf8.DecodeLastRuneInString(p.s[:p.at])
	}
	first, space := before < 0, before >= 0 && isWhite(before)
	next, size := utf8.DecodeRuneInString(rest)
	second, _ := utf8.DecodeRuneInString(rest[size:])
	other := rest != "" && (next == '"' || next == '\'')
	switch {
	case first && closesAtPunctuation(rest):
		p.put(closed, 1)
	case (first || space) && other && byte(next) != c && isWord(second):
		p.put(open, 1)
		p.put(map[rune]string{'"': "“", '\'': "‘"}[next], 1)
	case (first || space) && c == '\'' && decade.MatchString(rest):
		p.put(closed, 1)
	case first && other:
		p.put(closed, 1)
		p.put(map[rune]string{'"': "”", '\'': "’"}[next], 1)
	case space && isWord(next):
		p.put(open, 1)
	case !first && !strings.ContainsRune(" \\\t\r\n[{(-", before),
		first && (rest == "" || isWhite(next) || next == 's' && !isWord(second)):
		p.put(closed, 1)
	default:
		p.put(open, 1)
	}
}

var decade = regexp.MustCompile(`^\d\ds`)

// closesAtPunctuation reports whether punctuation stands after a quote, which then belongs
// to the words before it.
func closesAtPunctuation(rest string) bool {
	if rest == "" || strings.IndexByte("!\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~", rest[0]) < 0 || strings.HasPrefix(rest[1:], "..") {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[1:])
	return (rest[0] == '_') == isWord(next)
}

func isWord(c rune) bool { return c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) }
