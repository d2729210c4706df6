package block

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/marks"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// indented returns the length of the indented lines that a text begins with. Blank lines
// may stand between them, and a line that is not indented continues the one before.
func (p *parser) indented(text string) int {
	for end := 0; ; {
		at := end + scan.Blank(text[end:])
		first := at
		for at < len(text) && scan.Indent(text[at:]) > 0 && hasText(text[at:]) {
			at += scan.Line(text[at:])
		}
		if at == first {
			return end
		}
		for at < len(text) && !marks.EndsLazily(text[at:]) {
			at += scan.Line(text[at:])
		}
		end = at
	}
}

func hasText(s string) bool { return !scan.IsBlank(s[:scan.Line(s)]) }

// code reads code that is indented.
func (p *parser) code() bool {
	n := p.indented(p.rest())
	if n == 0 {
		return false
	}
	var code []byte
	for line := range strings.Lines(p.text[p.at : p.at+n]) {
		lazy := scan.Indent(line) == 0 && !scan.IsBlank(line) && !scan.IsSpace(line[scan.Margin(line)])
		if end := len(code) - 1; lazy && end >= 0 && code[end] == '\n' {
			code[end] = ' '
		}
		code = append(code, line[scan.Indent(line):]...)
	}
	p.at += n
	p.add(&tree.Node{Kind: tree.Code, Text: string(code)})
	return true
}

// fenced reads code between fences.
func (p *parser) fenced() bool {
	rest := p.rest()
	margin := scan.Margin(rest)
	c := rest[margin]
	fence := scan.Run(rest[margin:], c)
	if fence < 3 || c == '`' && !p.doc.Options.GFM || !p.doc.Options.GFM && margin > 0 {
		return false
	}
	line := p.line()
	language, ok := p.language(line[margin+fence:])
	if !ok {
		return false
	}
	start := p.at + len(line)
	end, after := p.fenceEnd(start, c, fence)
	if end < 0 && fence > 3 && fence <= 8 && p.doc.Options.GFM { // what is beyond three is a language
		language, _ = p.language(line[margin+3:])
		end, after = p.fenceEnd(start, c, 3)
	}
	if end < 0 {
		return false
	}
	n := p.add(&tree.Node{Kind: tree.Code, Text: p.text[start:end], Name: language})
	if language != "" {
		class, _, _ := strings.Cut(language, "?")
		n.Attrs.Set("class", "language-"+class)
	}
	p.at = after
	return true
}

// language reads what follows a fence: one word, or nothing.
func (p *parser) language(info string) (string, bool) {
	info = scan.Trim(info)
	return info, !strings.ContainsAny(info, " \t") || !p.doc.Options.GFM
}

// fenceEnd finds the fence that ends code.
func (p *parser) fenceEnd(from int, c byte, fence int) (end, after int) {
	mark := strings.Repeat(string(c), min(fence, maxFence))
	for at := from; ; {
		if at = p.find(at, mark); at < 0 {
			return -1, 0
		}
		run := scan.Run(p.text[at:], c)
		start := strings.LastIndexByte(p.text[:at], '\n') + 1
		margin := at - start
		tail := scan.LineEnd(p.text[at+run:])
		opens := start >= from && (margin == 0 || p.doc.Options.GFM && margin == scan.Margin(p.text[start:]))
		if opens && run >= fence && tail > 0 {
			return start, at + run + tail
		}
		at += run
	}
}

// maxFence bounds what is compared of a fence at first.
const maxFence = 3
