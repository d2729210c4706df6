package block

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/marks"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// meanings reads what terms mean. The paragraph before holds the terms.
func (p *parser) meanings() bool {
	if marks.Meaning(p.rest()) == 0 {
		return false
	}
	terms, blank := p.terms()
	if terms == nil {
		return false
	}
	list := p.adorn(&tree.Node{Kind: tree.Definitions, Attrs: terms.Attrs})
	if !list.List.MayHide() { // else kramdown forgets it
		list.List = terms.List
	}
	for line := range strings.SplitSeq(terms.RawText(), "\n") {
		term := &tree.Node{Kind: tree.Term}
		line, attributes := marks.LeadingList(line)
		if attributes != "" {
			term.List = &tree.List{}
			term.List.Parse(attributes)
		}
		term.AddRaw(scan.Trim(line))
		list.Add(term)
	}
	items, ended := p.items(list, marks.Colon, tree.Meaning)
	p.join(list)
	var last *tree.Node
	for at, i := range items {
		loose := i.node.Definition
		if at == 0 {
			loose = blank
		}
		i.node.Definition = false
		last = p.meaning(i, loose)
	}
	if last != nil && !ended {
		p.tree.Add(last)
	}
	return true
}

// terms takes the paragraph with the terms from the blocks that were read.
func (p *parser) terms() (terms *tree.Node, blank bool) {
	last := p.tree.Last()
	if last.Is(tree.Blank) && last.Text == "\n" && len(p.tree.Children) > 1 {
		blank = true
		last = p.tree.Children[len(p.tree.Children)-2]
	}
	if !last.Is(tree.Paragraph) || last.Children[0].Kind != tree.Raw {
		return nil, false
	}
	if blank {
		p.tree.Pop()
	}
	return p.tree.Pop(), blank
}

// join adds a list of definitions, to the one before if there is one.
func (p *parser) join(list *tree.Node) {
	last := p.tree.Last()
	if n := len(p.tree.Children); last.Is(tree.Blank) && n > 1 && p.tree.Children[n-2].Is(tree.Definitions) {
		p.tree.Pop()
		last = p.tree.Last()
	}
	if last.Is(tree.Definitions) && !list.List.MayHide() {
		last.Children = append(last.Children, list.Children...)
		return
	}
	p.tree.Add(list)
}

// meaning reads the blocks of one meaning. It returns the blank lines at its end.
func (p *parser) meaning(i *item, loose bool) (blank *tree.Node) {
	i.cut()
	for _, text := range i.texts {
		p.within(i.node, text)
	}
	i.texts = nil
	if len(i.node.Children) == 0 {
		return nil
	}
	last := i.node.Last()
	if last.Is(tree.Blank) {
		i.node.Pop()
		blank = last
	}
	if len(i.node.Children) > 0 && i.node.Children[0].Is(tree.Paragraph) && !loose {
		i.node.Children[0].Transparent = true
	}
	return blank
}
