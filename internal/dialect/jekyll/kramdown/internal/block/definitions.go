package block

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/marks"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/span"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// note reads a footnote: its first line, and lines that are indented.
func (p *parser) note() bool {
	rest := p.rest()
	margin := scan.Margin(rest)
	name, n := span.NoteName(rest[margin:])
	if n == 0 || !strings.HasPrefix(rest[margin+n:], ":") {
		return false
	}
	start := p.at + margin + n + 1
	start += scan.Spaces(p.text[start:])
	first := start + scan.Line(p.text[start:])
	end := first + p.indented(p.text[first:])
	note := &tree.Note{Content: &tree.Node{Kind: tree.Root}}
	p.at = end
	p.within(note.Content, marks.Unindented(p.text[start:end]))
	p.doc.Notes[name] = note
	p.end(true)
	return true
}

// target reads where links of a name lead.
func (p *parser) target() bool {
	rest := p.rest()
	margin := scan.Margin(rest)
	line := rest[:scan.Line(rest)]
	end := strings.Index(line, "]:")
	if end < 0 || end <= margin+1 || strings.ContainsAny(line[margin+1:end], "[]") {
		return false
	}
	name := line[margin+1 : end]
	text := strings.TrimLeft(line[end+2:], " \t")
	address, title, hasTitle := marks.Target(strings.TrimRight(text, " \t\n\v\f\r"))
	if address == "" && !strings.HasPrefix(text, "<>") {
		return false
	}
	p.at += len(line)
	if !hasTitle && p.at < len(p.text) {
		if next := scan.Trim(p.line()); marks.IsQuoted(next) {
			title = next[1 : len(next)-1]
			p.at += scan.Line(p.rest())
		}
	}
	p.doc.Links[span.LinkName(name)] = &tree.Target{Address: address, Title: title, End: p.end(true)}
	return true
}

// abbreviation reads what an abbreviation stands for.
func (p *parser) abbreviation() bool {
	line := p.line()
	margin := scan.Margin(line)
	end := strings.Index(line, "]:")
	if end <= margin+2 {
		return false
	}
	name := line[margin+2 : end]
	p.at += len(line)
	p.doc.Abbreviations[name] = &tree.Abbr{Title: scan.Trim(line[end+2:]), End: p.end(true)}
	return true
}
