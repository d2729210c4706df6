package unseen

import (
	"regexp"
	"strings"
)

// Languages are those whose comments a text may hold besides HTML's.
type Languages struct {
	Kramdown, Liquid, Hugo, Obsidian, Templates, MDX bool

	HTML bool // the text is HTML, and no Markdown: it knows no code but in elements

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
			switch {
			case c.line && !s.alone(opening), s.hidden.depth > 0 && c.opening != htmlComment.opening:
				continue
			case s.hidden.depth == 0:
				s.unended(s.at, opening)
			}
			end = []int{len(s.text) - from, len(s.text) - from}
		}
		switch kept := c.opening == htmlComment.opening && s.kept(s.text[from:from+end[0]]); {
		case kept, s.hidden.depth > 0:
			s.at = from + end[1]
		default:
			s.drop(s.at, from+end[1], s.instead)
		}
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
