package block

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/marks"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// quote reads a quote: its first line is marked, others may be.
func (p *parser) quote() bool {
	start := p.at
	p.at += scan.Line(p.rest())
	for p.at < len(p.text) && !marks.EndsLazily(p.rest()) {
		p.at += scan.Line(p.rest())
	}
	var b strings.Builder
	for line := range strings.Lines(p.text[start:p.at]) {
		if margin := scan.Margin(line); margin < len(line) && line[margin] == '>' {
			line = strings.TrimPrefix(line[margin+1:], " ")
		}
		b.WriteString(line)
	}
	n := p.add(&tree.Node{Kind: tree.Quote})
	p.within(n, b.String())
	return true
}
