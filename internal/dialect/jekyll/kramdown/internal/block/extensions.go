package block

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/marks"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/span"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// end adds the end of a block, which is no boundary to those that want one before them.
func (p *parser) end(definition bool) *tree.Node {
	return p.add(&tree.Node{Kind: tree.End, Name: "definition", Definition: definition})
}

// extension reads a list of attributes, or what is between {::name} and {:/}.
func (p *parser) extension() bool {
	rest := p.rest()
	margin := scan.Margin(rest)
	switch {
	case p.namedList():
	case marks.List(rest) > 0:
		n := marks.List(rest)
		text := rest[margin+2 : margin+span.ListLength(rest[margin:])-1]
		p.at += n
		p.attributes(text)
	default:
		e, n := span.ReadExtension(rest[margin:])
		if n == 0 || scan.LineEnd(rest[margin+n:]) == 0 {
			return false
		}
		return p.run(e, margin+n+scan.LineEnd(rest[margin+n:]))
	}
	return true
}

// attributes gives a list to the block before, or to the next one.
func (p *parser) attributes(text string) {
	last := p.tree.Last()
	if last == nil || last.Kind == tree.Blank || last.Kind == tree.End && !last.Definition {
		if p.pending == nil {
			p.pending = &tree.List{}
		}
		p.pending.Parse(text)
		return
	}
	if last.List == nil {
		last.List = &tree.List{}
	}
	last.List.Parse(text)
	if p.at >= len(p.text) || marks.List(p.rest()) == 0 {
		p.end(false)
	}
	if marks.Meaning(p.rest()) > 0 && last.List.MayHide() { // it may be meant for the meaning
		p.pending = &tree.List{}
		p.pending.Parse(text)
	}
}

// namedList reads a list of attributes for use elsewhere: {:name: .class}.
func (p *parser) namedList() bool {
	rest := p.rest()
	margin := scan.Margin(rest)
	name, text, n := span.NamedList(rest[margin:])
	if n == 0 || scan.LineEnd(rest[margin+n:]) == 0 {
		return false
	}
	p.at += margin + n + scan.LineEnd(rest[margin+n:])
	list := p.doc.Lists[name]
	if list == nil {
		list = &tree.List{}
		p.doc.Lists[name] = list
	}
	list.Parse(text)
	p.end(false)
	return true
}

// run does what an extension asks for. Its mark is so long.
func (p *parser) run(e span.Extension, mark int) bool {
	body := ""
	after := p.at + mark
	if !e.Closed && e.Name != "options" {
		start := after
		end, length := p.extensionEnd(start, e.Name)
		if end < 0 {
			return false
		}
		body, after = p.text[start:end], end+length
	}
	switch e.Name {
	case "comment":
		p.at = after
		if !e.Closed {
			p.add(&tree.Node{Kind: tree.Comment, Text: span.CommentOf(strings.TrimSuffix(body, "\n"))})
		}
	case "nomarkdown":
		p.at = after
		if !e.IsHTML() {
			body = ""
		}
		p.add(&tree.Node{Kind: tree.Markup, Text: body})
	case "options":
		p.at = after
		e.SetOptions(p.doc)
		p.end(false)
	default:
		return false
	}
	return true
}

// extensionEnd finds the line that ends an extension.
func (p *parser) extensionEnd(from int, name string) (at, length int) {
	for {
		i := p.find(from, "{:/")
		if i < 0 {
			return -1, 0
		}
		start := strings.LastIndexByte(p.text[:i], '\n') + 1
		n := span.StopLength(p.text[i:], name)
		if tail := scan.LineEnd(p.text[i+n:]); n > 0 && tail > 0 && start >= from-3 && i-start == scan.Margin(p.text[start:]) {
			return start, i - start + n + tail
		}
		from = i + 3
	}
}
