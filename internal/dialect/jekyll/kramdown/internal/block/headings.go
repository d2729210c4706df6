package block

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/marks"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// atx reads a heading that begins with number signs. GitHub wants a space after them, and
// no blank line before.
func (p *parser) atx() bool {
	line := p.line()
	level := min(scan.Run(line, '#'), 6)
	if level == 0 {
		return false
	}
	text := strings.TrimLeft(line[level:], " \t")
	if text = scan.Trim(text); text == "" {
		return false
	}
	if p.doc.Options.GFM {
		if marks.Heading(line) == 0 {
			return false
		}
	} else if !p.afterBoundary() {
		return false
	}
	p.at += len(line)
	p.heading(level, text, true)
	return true
}

// heading adds a heading, whose text may end in number signs and in an id.
func (p *parser) heading(level int, text string, signs bool) {
	text, id := marks.HeadingID(text)
	if signs {
		if cut := strings.TrimRight(text, "#"); cut != text && (strings.HasSuffix(cut, " ") || strings.HasSuffix(cut, "\t")) {
			text = strings.TrimRight(cut, " \t")
			if id == "" {
				text, id = marks.HeadingID(text)
			}
		}
	}
	n := p.add(&tree.Node{Kind: tree.Heading, Ordinal: level, Text: text})
	n.AddRaw(text)
	if id != "" {
		n.Attrs.Set("id", id)
	}
}

// setext reads a heading that is underlined.
func (p *parser) setext() bool {
	line := p.line()
	next := p.text[p.at+len(line):]
	if next == "" || next[0] != '=' && next[0] != '-' || line[scan.Margin(line)] == ' ' || line[scan.Margin(line)] == '\t' {
		return false
	}
	level := 1
	if next[0] == '-' {
		level = 2
	}
	underline := next[:scan.Line(next)]
	marks := 0
	for marks < len(underline) && (underline[marks] == '=' || underline[marks] == '-') {
		marks++
	}
	if !scan.IsBlank(underline[marks:]) || !p.afterBoundary() {
		return false
	}
	p.at += len(line) + len(underline)
	p.heading(level, scan.Trim(line), false)
	return true
}

func (p *parser) rule() bool {
	n := marks.Rule(p.rest())
	if n == 0 {
		return false
	}
	p.at += n
	p.add(&tree.Node{Kind: tree.Rule})
	return true
}

// math reads a formula that is a block.
func (p *parser) math() bool {
	rest := p.rest()
	open := scan.Margin(rest)
	escaped := rest[open] == '\\'
	if escaped {
		open++
	}
	if !strings.HasPrefix(rest[open:], "$$") || !p.afterBoundary() {
		return false
	}
	start := p.at + open + 2
	end := p.find(start, "$$")
	if end < 0 {
		return false
	}
	after := end + 2 + scan.LineEnd(p.text[end+2:])
	switch whole := after > end+2; {
	case escaped && whole: // it is a formula in a paragraph
		p.at += open
		return false
	case escaped, !whole && after < len(p.text), !p.beforeBoundary(after):
		return false
	}
	p.add(&tree.Node{Kind: tree.Math, Text: scan.Trim(p.text[start:end])})
	p.at = after
	return true
}
