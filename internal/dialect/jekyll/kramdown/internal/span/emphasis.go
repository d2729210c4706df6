package span

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// stressed reads emphasis, weak or strong.
func (p *parser) stressed(c byte) bool {
	n := min(scan.Run(p.s[p.at:], c), 2)
	after := p.at + n
	strong := n == 2
	open := p.emphasis > 0
	if strong {
		open = p.strong > 0
	}
	if after >= len(p.s) || scan.IsSpace(p.s[after]) || open || c == '_' && p.inWord() {
		return p.pass(n)
	}
	if p.stress(n) || strong && p.emphasis == 0 && !p.node.Is(tree.Emphasis) && p.stress(1) {
		return true
	}
	return p.pass(n)
}

// inWord reports whether the position follows a letter, perhaps with a hyphen or underscores
// between them.
func (p *parser) inWord() bool {
	before := strings.TrimRight(p.s[max(0, p.at-maxUnderscores):p.at], "_")
	before = strings.TrimSuffix(before, "-")
	r, _ := utf8.DecodeLastRuneInString(before)
	return unicode.IsLetter(r)
}

// maxUnderscores bounds those that are looked at together.
const maxUnderscores = 64

// stress reads emphasis whose marks have n characters.
func (p *parser) stress(n int) bool {
	mark := p.s[p.at : p.at+n]
	if !p.mayTry() || p.find(p.at+n, mark) < 0 {
		return false
	}
	node, open := &tree.Node{Kind: tree.Emphasis}, &p.emphasis
	if n == 2 {
		node.Kind, open = tree.Strong, &p.strong
	}
	before := p.save()
	p.at += n
	*open++
	found := p.spans(node, &stop{mark[:1], func() bool { return p.stressEnds(node, mark) }})
	*open--
	if !found {
		p.revert(before)
		return false
	}
	end := p.at + n
	p.at, p.from, p.plain = before.at, before.from, before.plain
	return p.put(node, end-before.at)
}

func (p *parser) stressEnds(n *tree.Node, mark string) bool {
	rest := p.s[p.at:]
	if !strings.HasPrefix(rest, mark) || len(n.Children) == 0 || scan.IsSpace(p.s[p.at-1]) {
		return false
	}
	if run := scan.Run(rest, mark[0]); len(mark) == 1 && run == 2 {
		return false
	}
	if mark[0] != '_' {
		return true
	}
	next, _ := utf8.DecodeRuneInString(rest[len(mark):])
	return !unicode.IsLetter(next) && !unicode.IsNumber(next)
}

// deleted reads text that GitHub's dialect strikes through.
func (p *parser) deleted() bool {
	rest := p.s[p.at:]
	if !p.doc.Options.GFM || !strings.HasPrefix(rest, "~~") || !p.mayTry() {
		return false
	}
	if len(rest) < 3 || scan.IsSpace(rest[2]) || rest[2] == '~' {
		return p.pass(1)
	}
	for end := p.at + 3; ; end++ {
		if end = p.find(end, "~~"); end < 0 {
			return p.pass(1)
		}
		if before := p.s[end-1]; !scan.IsSpace(before) && before != '~' {
			n := &tree.Node{Kind: tree.Deleted, Children: Read(p.doc, p.s[p.at+2:end])}
			return p.put(n, end+2-p.at)
		}
		if !p.doc.Spend(end - p.at) {
			return p.pass(1)
		}
	}
}

// code reads code.
func (p *parser) code() bool {
	n := scan.Run(p.s[p.at:], '`')
	start := p.at + n
	if n == 1 && (p.at == 0 || scan.IsSpace(p.s[p.at-1])) && start < len(p.s) && scan.IsSpace(p.s[start]) {
		return p.pass(n)
	}
	end := p.find(start, p.s[p.at:start])
	if end < 0 {
		return p.pass(n)
	}
	text := p.s[start:end]
	if n > 1 {
		text = strings.TrimSuffix(strings.TrimPrefix(text, " "), " ")
	}
	return p.put(&tree.Node{Kind: tree.CodeSpan, Text: text}, end+n-p.at)
}
