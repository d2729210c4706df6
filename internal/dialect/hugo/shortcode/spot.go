package shortcode

import "strings"

// Place follows Markdown, and tells where in it a shortcode stands. Of the line that it is
// on it keeps no more than it needs, however long that is.
type Place struct {
	fence string // what closes the code block that the text is in; empty: it is in none
	blank bool   // the line before this one is blank, or there is none

	begin string // what the line begins with
	end   string // what it ends with so far
	words bool   // there is something on it
	span  string // what closes the code span that may be open; empty: none is
}

// maxBegin and maxEnd are how many bytes of a line are kept.
const (
	maxBegin = 256
	maxEnd   = 3
)

// NewPlace returns the beginning of a text.
func NewPlace() *Place { return &Place{blank: true} }

// Pass goes past a piece of the text.
func (p *Place) Pass(text string) {
	for {
		line, rest, ended := strings.Cut(text, "\n")
		p.add(line)
		if !ended {
			return
		}
		p.endLine()
		text = rest
	}
}

// Stand goes past what a shortcode leaves on its line.
func (p *Place) Stand() { p.add("\x00") }

// add goes past a piece of a line.
func (p *Place) add(piece string) {
	p.begin += piece[:min(len(piece), maxBegin-len(p.begin))]
	p.end += piece[max(len(piece)-maxEnd, 0):]
	p.end = p.end[max(len(p.end)-maxEnd, 0):]
	p.words = p.words || strings.Trim(piece, " \t") != ""
	for {
		at := strings.IndexByte(piece, '`')
		if at < 0 {
			return
		}
		rest := strings.TrimLeft(piece[at:], "`")
		switch run := piece[at : len(piece)-len(rest)]; p.span {
		case "":
			p.span = run
		case run:
			p.span = ""
		}
		piece = rest
	}
}

func (p *Place) endLine() {
	line := strings.TrimLeft(p.begin, " \t>")
	p.blank = strings.TrimSpace(line) == "" && !p.words
	p.begin, p.end, p.words, p.span = "", "", false, ""
	for _, mark := range []string{"`", "~"} {
		length := len(line) - len(strings.TrimLeft(line, mark))
		rest := strings.TrimSpace(line[length:])
		switch {
		case length < 3 || mark == "`" && strings.Contains(rest, "`"):
		case p.fence == "":
			p.fence = line[:length]
			return
		case strings.HasPrefix(line, p.fence) && rest == "":
			p.fence = ""
			return
		}
	}
}

// Of returns where a shortcode stands that is followed by a text.
func (p *Place) Of(next string) Spot {
	line, rest, _ := strings.Cut(next, "\n")
	switch {
	case p.fence != "", p.span != "" && strings.Contains(line, p.span):
		return InCode
	case strings.HasSuffix(p.end, "]("), strings.HasSuffix(p.end, "](<"):
		return Address
	}
	following, _, _ := strings.Cut(rest, "\n")
	if !p.words && p.blank && strings.TrimSpace(line) == "" && strings.TrimSpace(following) == "" {
		return Alone
	}
	return InText
}
