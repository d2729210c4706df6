package liquid

import (
	"strings"
	"unicode"
)

type kind int

const (
	text   kind = iota // as it stands
	object             // {{ args }}
	tag                // {% name args %}
)

// token is a piece of a template.
type token struct {
	kind kind
	name string // of a tag
	args string // of a tag or an object; of text, the text
	line int
	raw  bool // text out of raw, which counts as shown even if it is blank
}

// scanner cuts a template into tokens, each byte looked at a bounded number of
// times.
type scanner struct {
	rest    string
	line    int
	tokens  []token
	trim    bool // the token before asked for white space to go
	problem func(line int, message string)
	missing map[string]bool // closing marks that do not come any more
	told    int             // marks that nothing closes
}

// scan returns the tokens of a template. Text inside raw is text; comments are
// gone.
func scan(source string, line int, problem func(int, string)) []token {
	s := scanner{rest: source, line: line, problem: problem, missing: map[string]bool{}}
	for s.rest != "" {
		s.next()
	}
	return s.tokens
}

// next takes the next tag or object with the text before it. What nothing closes is
// part of that text.
func (s *scanner) next() {
	line, counted := s.line, 0
	for at := 0; ; at += 2 {
		start := opening(s.rest[at:])
		if start < 0 {
			s.text(s.take(len(s.rest)))
			return
		}
		at += start
		k, closing := object, "}}"
		if s.rest[at+1] == '%' {
			k, closing = tag, "%}"
		}
		if end := s.find(closing, at+2); end >= 0 {
			s.text(s.take(at))
			s.markup(k, end-at)
			return
		}
		line, counted = line+strings.Count(s.rest[counted:at], "\n"), at
		s.unclosed(line, s.rest[at:at+2], closing)
	}
}

// unclosed tells of a mark that nothing closes, the first times.
func (s *scanner) unclosed(line int, mark, closing string) {
	if s.told++; s.told <= maxProblems {
		s.problem(line, `"`+mark+`" without "`+closing+`": left as text`)
	}
}

// opening returns where the next "{{" or "{%" stands, or -1.
func opening(text string) int {
	for at := 0; ; at++ {
		next := strings.IndexByte(text[at:], '{')
		if next < 0 || at+next+1 == len(text) {
			return -1
		}
		at += next
		if c := text[at+1]; c == '{' || c == '%' {
			return at
		}
	}
}

// markup takes a tag or an object, whose closing mark stands at end.
func (s *scanner) markup(k kind, end int) {
	line := s.line
	inside := s.take(end + 2)[2:end]
	left, right := strings.HasPrefix(inside, "-"), strings.HasSuffix(inside, "-")
	inside = strings.TrimSuffix(strings.TrimPrefix(inside, "-"), "-")
	if left {
		s.trimLast()
	}
	s.trim = right
	t := token{kind: k, line: line, args: strings.TrimSpace(inside)}
	if k == tag {
		t.name, t.args = cutName(t.args)
	}
	switch t.name {
	case "raw":
		s.raw(line)
	case "comment":
		s.comment(line)
	case "liquid":
		s.lines(t)
	default:
		s.tokens = append(s.tokens, t)
	}
}

// lines takes each line of a liquid tag for a tag.
func (s *scanner) lines(t token) {
	inComment := false
	for i, line := range strings.Split(t.args, "\n") {
		inner := token{kind: tag, line: t.line + i}
		inner.name, inner.args = cutName(strings.TrimSpace(line))
		switch {
		case inComment:
			inComment = inner.name != "endcomment"
		case inner.name == "comment":
			inComment = true
		case inner.name != "" || inner.args != "":
			s.tokens = append(s.tokens, inner)
		}
	}
}

// cutName parts the name of a tag from what follows it.
func cutName(args string) (name, rest string) {
	end := strings.IndexFunc(args, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		return args, ""
	}
	return args[:end], strings.TrimSpace(args[end:])
}

// raw takes everything up to endraw as text.
func (s *scanner) raw(line int) {
	start, length, right := s.findTag("endraw")
	if start < 0 {
		s.problem(line, "raw without endraw")
		return
	}
	if line := s.line; start > 0 {
		s.tokens = append(s.tokens, token{kind: text, args: s.take(start), line: line, raw: true})
	}
	s.take(length)
	s.trim = s.trim || right
}

// comment drops everything up to its endcomment, comments inside included; what is raw
// inside ends no comment. Where one inside is not closed, the last end counts.
func (s *scanner) comment(line int) {
	if s.missing["endcomment"] {
		s.problem(line, "comment without endcomment")
		return
	}
	in := commentScan{rest: s.rest, depth: 1}
	for in.depth > 0 && in.next() {
	}
	switch {
	case in.end == 0:
		s.missing["endcomment"] = true
		s.problem(line, "comment without endcomment")
		return
	case in.depth > 0:
		s.problem(line, "a comment inside of a comment without endcomment")
	}
	s.take(in.end)
	s.trim = in.trim
}

// commentScan looks for the end of a comment.
type commentScan struct {
	rest      string
	at, depth int
	end       int  // behind the last endcomment; 0 for none
	trim      bool // white space behind that is to go
	raw       bool
}

// next takes the next tag; it is false if there is none.
func (c *commentScan) next() bool {
	start := strings.Index(c.rest[c.at:], "{%")
	if start < 0 {
		return false
	}
	c.at += start + 2
	length := strings.Index(c.rest[c.at:], "%}")
	if length < 0 {
		return false
	}
	inside := c.rest[c.at : c.at+length]
	c.at += length + 2
	inside, trim := strings.CutSuffix(inside, "-")
	name, _ := cutName(strings.TrimSpace(strings.TrimPrefix(inside, "-")))
	switch {
	case name == "raw" || name == "endraw":
		c.raw = name == "raw"
	case c.raw:
	case name == "comment":
		c.depth++
	case name == "endcomment":
		c.depth--
		c.end, c.trim = c.at, trim
	}
	return true
}

// findTag finds the next tag of a name that has no arguments.
func (s *scanner) findTag(name string) (start, length int, trimRight bool) {
	if s.missing[name] {
		return -1, 0, false
	}
	for at := 0; ; {
		next := strings.Index(s.rest[at:], "{%")
		if next < 0 {
			break
		}
		at += next
		inside := strings.TrimLeftFunc(strings.TrimPrefix(s.rest[at+2:], "-"), unicode.IsSpace)
		if after, ok := strings.CutPrefix(inside, name); ok {
			after = strings.TrimLeftFunc(after, unicode.IsSpace)
			after, trimRight = strings.CutPrefix(after, "-")
			if after, ok = strings.CutPrefix(after, "%}"); ok {
				return at, len(s.rest) - len(after) - at, trimRight
			}
		}
		at += 2
	}
	if s.missing != nil {
		s.missing[name] = true
	}
	return -1, 0, false
}

// find returns where a closing mark stands behind a place, or -1.
func (s *scanner) find(closing string, from int) int {
	if s.missing[closing] {
		return -1
	}
	end := strings.Index(s.rest[from:], closing)
	if end < 0 {
		s.missing[closing] = true
		return -1
	}
	return from + end
}

// take cuts n bytes off the template, counting their lines.
func (s *scanner) take(n int) string {
	piece := s.rest[:n]
	s.rest = s.rest[n:]
	s.line += strings.Count(piece, "\n")
	return piece
}

func (s *scanner) text(piece string) {
	line := s.line - strings.Count(piece, "\n")
	if s.trim {
		piece = strings.TrimLeft(piece, white)
	}
	if piece != "" {
		s.trim = false
		s.tokens = append(s.tokens, token{kind: text, args: piece, line: line})
	}
}

// trimLast takes the white space off the end of the text before a tag.
func (s *scanner) trimLast() {
	if n := len(s.tokens) - 1; n >= 0 && s.tokens[n].kind == text {
		s.tokens[n].args = strings.TrimRight(s.tokens[n].args, white)
	}
}
