package write

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// prepare gives headings their ids and abbreviations their meanings.
func prepare(d *tree.Document) {
	p := &preparer{doc: d, used: map[string]int{}}
	for _, name := range slices.Sorted(maps.Keys(d.Abbreviations)) {
		if name != "" {
			p.abbreviations = append(p.abbreviations, name)
		}
	}
	slices.SortStableFunc(p.abbreviations, func(a, b string) int { return len(b) - len(a) })
	p.walk(d.Root)
	if len(p.abbreviations) > 0 {
		for _, name := range slices.Sorted(maps.Keys(d.Notes)) {
			p.walk(d.Notes[name].Content)
		}
	}
}

type preparer struct {
	doc           *tree.Document
	used          map[string]int
	abbreviations []string // the longest first
}

func (p *preparer) walk(n *tree.Node) {
	if n.Kind == tree.Heading && p.doc.Options.AutoIDs {
		if _, has := n.Attrs.Get("id"); !has {
			if id := p.id(n); id != "" {
				n.Attrs.Set("id", id)
			}
		}
	}
	for _, child := range n.Children {
		if len(child.Children) > 0 {
			p.walk(child)
		}
	}
	if len(p.abbreviations) > 0 && (n.Kind != tree.HTML || n.Model != tree.AsRaw) {
		n.Children = p.abbreviated(n.Children)
	}
}

// id makes the id of a heading from its text.
func (p *preparer) id(n *tree.Node) string {
	text := n.Text
	if p.doc.Options.GFM {
		var b strings.Builder
		textOf(n, &b)
		text = b.String()
	}
	id := idOf(text, p.doc.Options.GFM)
	if id == "" {
		return ""
	}
	count, taken := p.used[id]
	if !taken {
		p.used[id] = 0
		return p.doc.Options.AutoIDPrefix + id
	}
	p.used[id] = count + 1
	return p.doc.Options.AutoIDPrefix + id + "-" + strconv.Itoa(count+1)
}

func textOf(n *tree.Node, b *strings.Builder) {
	switch n.Kind {
	case tree.Text, tree.CodeSpan, tree.Mark, tree.Math, tree.Abbreviation:
		b.WriteString(n.Text)
	}
	for _, child := range n.Children {
		textOf(child, b)
	}
}

// idOf returns the id of a heading, as GitHub makes it, or as kramdown does.
func idOf(text string, gfm bool) string {
	if gfm {
		return strings.Map(func(r rune) rune {
			switch {
			case r == ' ', r == '\t', r == '-':
				return '-'
			case unicode.IsLetter(r), unicode.IsMark(r), unicode.Is(unicode.Nd, r), unicode.Is(unicode.Nl, r), unicode.Is(unicode.Pc, r):
				return r
			}
			return -1
		}, strings.ToLower(text))
	}
	text = strings.TrimLeftFunc(text, func(r rune) bool { return r >= 0x80 || !scan.IsLetter(byte(r)) })
	id := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r < 0x80 && (scan.IsLetter(byte(r)) || scan.IsDigit(byte(r)) || r == '-'):
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	if id == "" {
		return "section"
	}
	return id
}

// abbreviated marks abbreviations in text.
func (p *preparer) abbreviated(nodes []*tree.Node) []*tree.Node {
	var out []*tree.Node
	for i := 0; i < len(nodes); i++ {
		if nodes[i].Kind != tree.Text {
			out = append(out, nodes[i])
			continue
		}
		var b strings.Builder
		first := nodes[i]
		for ; i < len(nodes) && nodes[i].Kind == tree.Text && nodes[i].Escaped == first.Escaped; i++ {
			b.WriteString(nodes[i].Text)
		}
		i--
		out = append(out, p.split(b.String(), first.Escaped)...)
	}
	return out
}

// split parts a text at the abbreviations in it.
func (p *preparer) split(text string, escaped bool) []*tree.Node {
	var out []*tree.Node
	start := 0
	add := func(end int) {
		if start < end {
			out = append(out, &tree.Node{Kind: tree.Text, Text: text[start:end], Escaped: escaped})
		}
	}
	for at := 0; at < len(text); at++ {
		if at > 0 && scan.IsWord(text[at-1]) {
			continue
		}
		name := p.at(text[at:])
		if name == "" {
			continue
		}
		add(at)
		abbr := p.doc.Abbreviations[name]
		n := &tree.Node{Kind: tree.Abbreviation, Text: name}
		if abbr.Title != "" {
			n.Attrs.Set("title", abbr.Title)
		}
		p.doc.Apply(n, abbr.End.List)
		out = append(out, n)
		start = at + len(name)
		at = start - 1
	}
	add(len(text))
	return out
}

// at returns the abbreviation that a text begins with.
func (p *preparer) at(text string) string {
	for _, name := range p.abbreviations {
		if !strings.HasPrefix(text, name) || len(text) > len(name) && scan.IsWord(text[len(name)]) {
			continue
		}
		if p.doc.Spend(len(name) + len(p.doc.Abbreviations[name].Title)) {
			return name
		}
	}
	return ""
}
