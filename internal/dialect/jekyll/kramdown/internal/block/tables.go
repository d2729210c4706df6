package block

import (
	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/table"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// table reads a table: lines with pipes in them.
func (p *parser) table() bool {
	line := p.line()
	margin := scan.Margin(line)
	if scan.IsSpace(line[margin]) || !table.HasPipe(line[margin:]) || !p.afterBoundary() {
		return false
	}
	end := p.at
	for end < len(p.text) && table.HasPipe(p.text[end:end+scan.Line(p.text[end:])]) {
		end += scan.Line(p.text[end:])
	}
	read := &tree.Node{}
	if p.beforeBoundary(end) {
		read = table.Read(p.text[p.at:end])
	}
	if read == nil || read.Kind != tree.Table {
		p.pending = nil // kramdown gave it to the table
		return false
	}
	p.add(read)
	p.at = end
	return true
}
