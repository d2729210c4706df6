package unseen

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Languages are those whose comments a text may hold besides HTML's.
type Languages struct {
	Kramdown, Liquid, Hugo, Obsidian, Templates, MDX bool

	// Keep are comments of HTML that mean something, such as a mark between summary
	// and rest, without what stands around them.
	Keep []string
}

// marks are the comments of HTML that part a summary from the rest, in lower
// case.
var marks = map[string]bool{"more": true, "excerpt": true, "endexcerpt": true, "end_excerpt": true, "end-excerpt": true, "truncate": true, "readmore": true, "read more": true, "toc": true}

// comment is how a language begins and ends what is not to be read.
type comment struct {
	opening *regexp.Regexp // at the place
	closing *regexp.Regexp
	line    bool // it must stand alone on its line to be without an end
}

var (
	htmlComment     = comment{regexp.MustCompile(`^<!--`), regexp.MustCompile(`--!?>`), false}
	kramdownComment = comment{regexp.MustCompile(`^\{::comment(?:\s[^}/]*)?\}`), regexp.MustCompile(`\{:/(?:comment)?\}`), false}
	kramdownOne     = comment{regexp.MustCompile(`^\{::comment[^}]*/`), regexp.MustCompile(`\}`), false}
	liquidComment   = comment{regexp.MustCompile(`^\{%-?\s*comment\b[^%]*%\}`), regexp.MustCompile(`\{%-?\s*endcomment\s*-?%\}`), false}
	hugoComment     = comment{regexp.MustCompile(`(?i)^\{\{[<%]\s*comment(?:\s[^}]*[^}/])?\s*[>%]\}\}`), regexp.MustCompile(`(?i)\{\{[<%]\s*/\s*comment\s*[>%]\}\}`), false}
	goComment       = comment{regexp.MustCompile(`^\{\{-?\s?/\*`), regexp.MustCompile(`\*/\s?-?\}\}`), false}
	mdxComment      = comment{regexp.MustCompile(`^\{\s*/\*`), regexp.MustCompile(`\*/\s*\}`), false}
	templateComment = comment{regexp.MustCompile(`^\{#-?[ \t\n]`), regexp.MustCompile(`#\}`), false}
	obsidianComment = comment{regexp.MustCompile(`^%%`), regexp.MustCompile(`%%`), true}

	// aside is a link that nothing refers to, as people write comments in Markdown.
	aside = regexp.MustCompile(`^ {0,3}\[[^\]\n]*\]:[ \t]*(?:#|<>|<#>)[ \t]+(?:\(.*\)|".*"|'.*')[ \t\r]*$`)
)

func (l Languages) comments() map[byte][]comment {
	all := map[byte][]comment{'<': {htmlComment}}
	for _, c := range []struct {
		on    bool
		first byte
		one   comment
	}{
		{l.Kramdown, '{', kramdownOne}, {l.Kramdown, '{', kramdownComment}, {l.Liquid, '{', liquidComment}, {l.Hugo, '{', hugoComment},
		{l.Hugo, '{', goComment}, {l.MDX, '{', mdxComment}, {l.Templates, '{', templateComment}, {l.Obsidian, '%', obsidianComment},
	} {
		if c.on {
			all[c.first] = append(all[c.first], c.one)
		}
	}
	return all
}

// Without returns Markdown without what is not to be read. In its place stands an
// empty comment, so that the text around it is read as before, with as many lines.
func Without(text string, l Languages) string {
	if !strings.ContainsAny(text, "<{%[") {
		return text
	}
	s := scanner{text: text, comments: l.comments(), keep: l.Keep, closed: map[*regexp.Regexp]bool{}, runs: map[int]int{}}
	s.scan()
	return s.out.String()
}

// scanner walks over Markdown once.
type scanner struct {
	text     string
	at, done int // what comes before done is out
	out      strings.Builder
	comments map[byte][]comment
	keep     []string
	closed   map[*regexp.Regexp]bool // endings that do not come any more
	runs     map[int]int             // by length of a row of backticks: up to where it is known to have no counterpart
	list     bool                    // the lines are of a list, where indented text is no code
	blank    bool                    // the line before was blank, or code
}

func (s *scanner) scan() {
	s.blank = true
	for s.at < len(s.text) {
		if s.at == 0 || s.text[s.at-1] == '\n' {
			if s.line() {
				continue
			}
		}
		switch c := s.text[s.at]; c {
		case '\\':
			s.at++
		case '`':
			s.span()
			continue
		case '<':
			if s.comment(c) || s.element() {
				continue
			}
		case '{', '%':
			if s.comment(c) {
				continue
			}
		}
		s.at++
	}
	s.out.WriteString(s.text[min(s.done, len(s.text)):])
}

// line looks at the line that begins here, and passes over it if it is code.
func (s *scanner) line() bool {
	line, _, _ := strings.Cut(s.text[s.at:], "\n")
	inner := strings.TrimLeft(line, " \t>")
	indented := strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")
	item := ""
	if first := strings.TrimLeft(line, " \t>"); first != "" && strings.IndexByte("-*+0123456789", first[0]) >= 0 {
		item = listItem.FindString(line)
	}
	switch {
	case strings.TrimSpace(line) == "":
		s.blank = true
		return false
	case indented && s.blank && !s.list:
		s.at = min(s.at+len(line)+1, len(s.text))
		return true
	case item != "":
		s.list, inner = true, strings.TrimLeft(line[len(item):], " \t")
	case !indented && s.blank:
		s.list = strings.HasPrefix(line, "  ") && s.list
	}
	s.blank = false
	if strings.HasPrefix(inner, "[") && aside.MatchString(line) {
		s.drop(s.at, s.at+len(line), "")
		return true
	}
	for _, mark := range []string{"```", "~~~"} {
		if strings.HasPrefix(inner, mark) {
			return s.fence(inner, mark[:1], len(line))
		}
	}
	return false
}

var listItem = regexp.MustCompile(`^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]`)

// fence passes over a block of code between fences.
func (s *scanner) fence(opening, mark string, length int) bool {
	row := opening[:len(opening)-len(strings.TrimLeft(opening, mark))]
	if mark == "`" && strings.Contains(opening[len(row):], mark) {
		return false // a span
	}
	s.at = min(s.at+length+1, len(s.text))
	for s.at < len(s.text) {
		line, _, _ := strings.Cut(s.text[s.at:], "\n")
		s.at = min(s.at+len(line)+1, len(s.text))
		inner := strings.TrimSpace(strings.TrimLeft(line, " \t>"))
		if strings.HasPrefix(inner, row) && strings.Trim(inner, mark) == "" {
			break
		}
	}
	s.blank = true
	return true
}

// span passes over a span of code, or a row of backticks that opens none.
func (s *scanner) span() {
	row := len(s.text[s.at:]) - len(strings.TrimLeft(s.text[s.at:], "`"))
	from := s.at + row
	if s.at = from; s.runs[row] >= from {
		return
	}
	end := strings.Index(s.text[from:], "\n\n")
	if end < 0 {
		end = len(s.text) - from
	}
	for at := from; at < from+end; {
		next := strings.IndexByte(s.text[at:from+end], '`')
		if next < 0 {
			break
		}
		at += next
		same := len(s.text[at:]) - len(strings.TrimLeft(s.text[at:], "`"))
		if at += same; same == row {
			s.at = at
			return
		}
	}
	s.runs[row] = from + end
}

// comment drops the comment that begins here.
func (s *scanner) comment(first byte) bool {
	for _, c := range s.comments[first] {
		rest := s.text[s.at:]
		opening := c.opening.FindString(rest[:min(len(rest), maxOpening)])
		if opening == "" || s.closed[c.closing] {
			continue
		}
		from := s.at + len(opening)
		if c.opening == htmlComment.opening {
			from = s.at + 2 + strings.IndexByte(rest[2:], '-') // <!--> is a whole one
		}
		end := c.closing.FindStringIndex(s.text[from:])
		if end == nil {
			s.closed[c.closing] = true
			if c.line && !s.alone(opening) {
				continue
			}
			end = []int{len(s.text) - from, len(s.text) - from}
		}
		if c.opening == htmlComment.opening && s.kept(s.text[from:from+end[0]]) {
			s.at = from + end[1]
			return true
		}
		s.drop(s.at, from+end[1], "<!---->")
		return true
	}
	return false
}

// alone reports whether nothing else stands on the line.
func (s *scanner) alone(opening string) bool {
	line, _, _ := strings.Cut(s.text[s.at:], "\n")
	return strings.TrimSpace(line) == opening && (s.at == 0 || s.text[s.at-1] == '\n')
}

func (s *scanner) kept(inner string) bool {
	text := strings.TrimSpace(strings.Trim(inner, "-"))
	if marks[strings.ToLower(text)] {
		return true
	}
	for _, k := range s.keep {
		if k == text {
			return true
		}
	}
	return false
}

// maxOpening bounds how a comment begins, in bytes.
const maxOpening = 200

// maxTag bounds the tags that are looked at, in bytes.
const maxTag = 4 << 10

var tagStart = regexp.MustCompile(`^<([A-Za-z][A-Za-z0-9-]*)(?:[\s/][^<>]*)?>`)

// element drops the element that begins here if it is hidden, and passes over one
// that holds code.
func (s *scanner) element() bool {
	rest := s.text[s.at:min(s.at+maxTag, len(s.text))]
	m := tagStart.FindStringSubmatch(rest[:min(len(rest), strings.IndexByte(rest, '>')+1)])
	if m == nil {
		return false
	}
	token := html.Token{DataAtom: atom.Lookup([]byte(strings.ToLower(m[1])))}
	if len(m[0]) > len(m[1])+2 { // it has attributes
		tokens := html.NewTokenizer(strings.NewReader(m[0]))
		tokens.Next()
		token = tokens.Token()
	}
	switch hidden := Hidden(token.DataAtom, token.Attr); {
	case hidden && void[token.DataAtom]:
		s.drop(s.at, s.at+len(m[0]), "")
	case hidden:
		s.drop(s.at, s.end(s.at+len(m[0]), m[1]), "<!---->")
	case token.DataAtom == atom.Pre || token.DataAtom == atom.Code || token.DataAtom == atom.Script || token.DataAtom == atom.Style:
		s.at = s.end(s.at+len(m[0]), m[1])
	default:
		return false
	}
	return true
}

var void = map[atom.Atom]bool{
	atom.Img: true, atom.Input: true, atom.Br: true, atom.Hr: true, atom.Embed: true, atom.Source: true, atom.Track: true, atom.Wbr: true, atom.Area: true,
}

var anyTag = regexp.MustCompile(`<(/?)([A-Za-z][A-Za-z0-9-]*)[^<>]*>`)

// end returns where the element of this name ends whose content begins at from;
// the end of the text where nothing closes it.
func (s *scanner) end(from int, name string) int {
	depth := 1
	for from < len(s.text) {
		m := anyTag.FindStringSubmatchIndex(s.text[from:])
		if m == nil {
			break
		}
		if strings.EqualFold(s.text[from+m[4]:from+m[5]], name) {
			if depth++; m[2] < m[3] {
				depth -= 2
			}
		}
		if from += m[1]; depth == 0 {
			return from
		}
	}
	return len(s.text)
}

// drop leaves out the text from one place to another but for its lines, which
// stand within the comment that takes its place.
func (s *scanner) drop(from, to int, instead string) {
	s.out.WriteString(s.text[s.done:from])
	count := strings.Count(s.text[from:to], "\n")
	if instead != "" {
		switch parted := strings.Contains(s.text[from:to], "\n\n"); {
		case parted && s.within(from):
			instead = strings.Repeat("\n", count)
		case parted:
			instead = "<!--" + strings.Repeat("\n", count) + "-->"
		case count > 0: // no blank line, which would part a paragraph
			instead = "<!--" + strings.Repeat("\n.", count-1) + "\n-->"
		}
		count = 0
	}
	s.out.WriteString(instead + strings.Repeat("\n", count))
	s.at, s.done = to, to
}

// within reports whether something stands before the place on its line.
func (s *scanner) within(at int) bool {
	start := strings.LastIndexByte(s.text[:at], '\n') + 1
	return strings.TrimSpace(s.text[start:at]) != ""
}
