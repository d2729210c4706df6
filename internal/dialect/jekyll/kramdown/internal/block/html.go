package block

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/span"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// html reads a comment, or an element that is a block. It returns closed
// where the element ends that the blocks stand in.
func (p *parser) html() (read, closed bool) {
	rest := p.rest()
	margin := scan.Margin(rest)
	if margin == 0 && p.aside(p.tree) {
		p.skipLineEnd()
		return true, false
	}
	if name, n := scan.CloseTag(rest[margin:]); n > 0 {
		name = strings.ToLower(name)
		if p.tree.Kind == tree.HTML && p.tree.Name == name && !scan.IsSpan(name) {
			p.at += margin + n
			return true, true
		}
		return false, false
	}
	tag, n := scan.OpenTag(rest[margin:])
	if n == 0 || scan.IsSpan(strings.ToLower(tag.Name)) {
		return false, false
	}
	p.at += margin + n
	p.element(tag)
	return true, false
}

// aside reads a comment.
func (p *parser) aside(into *tree.Node) bool {
	if !strings.HasPrefix(p.rest(), "<!--") {
		return false
	}
	end := p.find(p.at+len("<!--"), "-->")
	if end < 0 {
		return false
	}
	end += len("-->")
	into.Add(&tree.Node{Kind: tree.Comment, Text: p.text[p.at:end]})
	p.at = end
	return true
}

// skipLineEnd passes what is left of a line, if that is white space.
func (p *parser) skipLineEnd() {
	n := scan.Spaces(p.rest())
	if p.at+n < len(p.text) && p.text[p.at+n] == '\n' {
		p.at += n + 1
	}
}

// element reads an element, whose tag was read.
func (p *parser) element(tag scan.Tag) {
	n, model := p.open(tag)
	n.List, p.pending = p.pending, nil
	p.tree.Add(n)
	if n.Closed { // the rest of its line is a blank line
		if model == tree.AsBlocks {
			p.skipLineEnd()
		}
		return
	}
	switch {
	case tag.Name == "script" || tag.Name == "style":
		p.verbatim(n)
		return
	case model == tree.AsBlocks:
		p.skipLineEnd()
		p.elementBlocks(n)
	case model == tree.AsSpans:
		p.elementSpans(n)
	default:
		p.raw(n)
	}
	p.skipLineEnd()
}

// open makes the node of a tag, and says how its content is read.
func (p *parser) open(tag scan.Tag) (*tree.Node, tree.Model) {
	n := &tree.Node{Kind: tree.HTML, Name: scan.Lower(tag.Name)}
	n.Attrs = span.Attributes(tag, n.Name)
	n.Closed = tag.Closed || scan.IsVoid(n.Name)
	model := tree.AsRaw
	if p.doc.Options.ParseBlockHTML && (p.tree.Kind != tree.HTML || p.tree.Model != tree.AsRaw) {
		model = modelOf(n.Name)
	}
	if value, ok := n.Attrs.Get("markdown"); ok {
		n.Attrs.Remove("markdown")
		switch value {
		case "1":
			model = modelOf(n.Name)
		case "0":
			model = tree.AsRaw
		case "span":
			model = tree.AsSpans
		case "block":
			model = tree.AsBlocks
		}
	}
	n.Model = model
	return n, model
}

func modelOf(name string) tree.Model {
	switch {
	case scan.HoldsBlocks(name):
		return tree.AsBlocks
	case scan.HoldsSpans(name):
		return tree.AsSpans
	}
	return tree.AsRaw
}

// verbatim reads a script or a style sheet.
func (p *parser) verbatim(n *tree.Node) {
	end, length := scan.EndOf(p.rest(), n.Name)
	if end < 0 {
		end = len(p.rest())
	}
	n.Add(&tree.Node{Kind: tree.Markup, Text: p.rest()[:end]})
	p.at += end + length
}

// elementBlocks reads content that is blocks.
func (p *parser) elementBlocks(n *tree.Node) {
	if p.depth >= maxDepth {
		p.raw(n)
		return
	}
	p.depth++
	p.blocks(n)
	p.depth--
}

// elementSpans reads content that is text.
func (p *parser) elementSpans(n *tree.Node) {
	end, length := scan.EndOf(p.rest(), n.Name)
	if end < 0 {
		end = len(p.rest())
	}
	n.AddRaw(p.rest()[:end])
	p.at += end + length
}

// raw reads content that is HTML up to the end of the element, and of those in it.
func (p *parser) raw(n *tree.Node) {
	if p.depth >= maxDepth*4 {
		n.Add(&tree.Node{Kind: tree.Text, Text: p.rest()})
		p.at = len(p.text)
		return
	}
	before := p.tree
	p.tree = n
	p.depth++
	for p.at < len(p.text) && !p.rawPart(n) {
	}
	p.depth--
	p.tree = before
}

// rawPart reads text up to the next tag, and the tag. It returns true at the end of the
// element.
func (p *parser) rawPart(n *tree.Node) (closed bool) {
	i := strings.IndexByte(p.rest(), '<')
	if i < 0 {
		i = len(p.rest())
	}
	p.rawText(n, i)
	rest := p.rest()
	if rest == "" || p.aside(n) {
		return false
	}
	if name, length := scan.CloseTag(rest); length > 0 {
		if scan.Lower(name) == n.Name {
			p.at += length
			return true
		}
		p.rawText(n, length)
		return false
	}
	tag, length := scan.OpenTag(rest)
	if length == 0 {
		p.rawText(n, 1)
		return false
	}
	p.at += length
	p.rawElement(tag)
	return false
}

// rawText adds so many bytes to the text of an element.
func (p *parser) rawText(n *tree.Node, length int) {
	if length > 0 {
		n.Add(&tree.Node{Kind: tree.Text, Text: p.text[p.at : p.at+length], Escaped: true})
		p.at += length
	}
}

// rawElement reads an element within raw HTML: white space after it stays.
func (p *parser) rawElement(tag scan.Tag) {
	n, model := p.open(tag)
	p.tree.Add(n)
	switch {
	case n.Closed:
	case tag.Name == "script" || tag.Name == "style":
		p.verbatim(n)
	case model == tree.AsBlocks:
		p.skipLineEnd()
		p.elementBlocks(n)
	case model == tree.AsSpans:
		p.elementSpans(n)
	default:
		p.raw(n)
	}
}
