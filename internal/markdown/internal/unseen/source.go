package unseen

import (
	"bytes"
	"regexp"
	"strings"
)

// Without returns Markdown without what is not to be read, and what begins such a
// part that nothing ends. In its place stands an empty comment, so that the text
// around it is read as before, with as many lines.
func Without(text string, l Languages) (string, []Opening) {
	if !strings.ContainsAny(text, "<{%") && !strings.Contains(text, "]:") { // as AllSeen
		return text, nil
	}
	s := scanner{
		text: text, comments: l.comments(), keep: l.Keep, instead: "<!---->", html: l.HTML, spare: 4 * len(text),
		closed: map[*regexp.Regexp]bool{}, runs: map[int]int{}, last: map[string]int{},
	}
	s.scan()
	if l.HTML {
		return s.out.String(), s.endless
	}
	return withoutListed(s.out.String()), s.endless
}

// AllSeen reports whether nothing in a text can begin what readers do not see. It looks
// for each mark by itself, which the processor does many bytes at a time.
func AllSeen(text []byte) bool {
	return bytes.IndexByte(text, '<') < 0 && bytes.IndexByte(text, '{') < 0 && bytes.IndexByte(text, '%') < 0 &&
		!bytes.Contains(text, []byte("]:"))
}

// Opening is the beginning of a comment, or of a hidden element, that nothing ends.
// The rest of the text belongs to it.
type Opening struct {
	Text string // as written, shortened
	Line int    // within the text, from 1
}

// scanner walks over Markdown once.
type scanner struct {
	text     string
	at, done int // what comes before done is out
	out      strings.Builder
	comments map[byte][]comment
	keep     []string
	instead  string                  // of what is dropped
	html     bool                    // all of the text is HTML, and no Markdown
	field    bool                    // it is a title or the like, in which much looks like a tag
	closed   map[*regexp.Regexp]bool // endings that do not come any more
	runs     map[int]int             // by length of a row of backticks: up to where it is known to have no counterpart
	list     bool                    // the lines are of a list, where indented text is no code
	blank    bool                    // the line before was blank, or code
	block    bool                    // the lines are of a block of HTML, where Markdown means nothing
	part     int                     // where the next blank line is, or the end, if it is after the place
	tagEnd   int                     // of the tag around the place
	spare    int                     // bytes of tags longer than maxTag that may still be read
	last     map[string]int          // where the last closing tag of a name is
	hidden   open                    // the hidden element around the place
	code     open                    // the element around the place that holds code
	endless  []Opening
}

// open is an element whose end has not come yet.
type open struct {
	name        string
	from, depth int // depth 0: there is none
}

func (s *scanner) scan() {
	s.blank = true
	for s.at < len(s.text) {
		if s.at == 0 || s.text[s.at-1] == '\n' {
			if s.line() {
				continue
			}
		}
		s.step()
	}
	if s.hidden.depth > 0 {
		s.unended(s.hidden.from, s.text[s.hidden.from:])
		s.drop(s.hidden.from, len(s.text), s.instead)
	}
	s.out.WriteString(s.text[min(s.done, len(s.text)):])
}

// step passes over one character, or over what begins there.
func (s *scanner) step() {
	markdown := !s.html && !s.block && s.at >= s.tagEnd
	switch c := s.text[s.at]; c {
	case '\\':
		if markdown {
			s.at++
		}
	case '`':
		if markdown {
			s.span()
			return
		}
	case '<':
		if s.comment(c) || s.element() {
			return
		}
	case '{', '%':
		if s.code.depth == 0 && s.comment(c) {
			return
		}
	}
	s.at++
	if s.at >= len(s.text) || s.text[s.at-1] == '\n' { // a new line is looked at as one
		return
	}
	next := strings.IndexAny(s.text[s.at:], "\\`<{%\n")
	if next < 0 {
		next = len(s.text) - s.at
	}
	s.at += next // over words
}

// unended notes what begins at a place and does not end.
func (s *scanner) unended(at int, text string) {
	text, _, _ = strings.Cut(text, "\n")
	if short := []rune(text); len(short) > 40 {
		text = string(short[:40]) + "…"
	}
	s.endless = append(s.endless, Opening{Text: strings.TrimSpace(text), Line: strings.Count(s.text[:at], "\n") + 1})
}

// line looks at the line that begins here, and passes over it if it is code.
func (s *scanner) line() bool {
	if s.html || s.at < s.tagEnd {
		return false
	}
	line, _, _ := strings.Cut(s.text[s.at:], "\n")
	inner := strings.TrimLeft(line, " \t>")
	first := s.blank
	indented := strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")
	item := ""
	if first := strings.TrimLeft(line, " \t>"); first != "" && strings.IndexByte("-*+0123456789", first[0]) >= 0 {
		item = listItem.FindString(line)
	}
	switch {
	case strings.TrimSpace(line) == "":
		s.blank, s.block = true, false
		return false
	case s.block:
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
	if s.block = s.opensBlock(inner, first); s.block {
		return false
	}
	if s.hidden.depth == 0 && strings.HasPrefix(inner, "[") && aside.MatchString(line) {
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
	end := s.paragraph(from) - from
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

// paragraph returns where the next blank line begins.
func (s *scanner) paragraph(from int) int {
	if s.part > from {
		return s.part
	}
	for at := from; ; {
		end := strings.IndexByte(s.text[at:], '\n')
		if end < 0 {
			s.part = len(s.text)
			return s.part
		}
		at += end + 1
		if rest := strings.TrimLeft(s.text[at:], " \t\r>"); rest == "" || rest[0] == '\n' {
			s.part = at
			return at
		}
	}
}

// drop leaves out the text from one place to another but for its lines, which
// stand within the comment that takes its place.
func (s *scanner) drop(from, to int, instead string) {
	s.out.WriteString(s.text[s.done:from])
	count := strings.Count(s.text[from:to], "\n")
	if instead != "" {
		switch parted := strings.Contains(s.text[from:to], "\n\n"); {
		case parted && s.midLine(from):
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

// midLine reports whether something stands before the place on its line.
func (s *scanner) midLine(at int) bool {
	start := strings.LastIndexByte(s.text[:at], '\n') + 1
	return strings.TrimSpace(s.text[start:at]) != ""
}
