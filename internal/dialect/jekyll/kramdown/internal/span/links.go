package span

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// NoteName reads the mark of a footnote and returns its length.
func NoteName(s string) (string, int) {
	name, ok := strings.CutPrefix(s, "[^")
	if !ok {
		return "", 0
	}
	n := 0
	for n < len(name) && (scan.IsWord(name[n]) || n > 0 && name[n] == '-') {
		n++
	}
	if n == 0 || n >= len(name) || name[n] != ']' {
		return "", 0
	}
	return name[:n], n + 3
}

// LinkName returns the name of a link as it is compared with others.
func LinkName(name string) string {
	if !strings.ContainsAny(name, "\t\n\v\f\r ") {
		return strings.ToLower(name)
	}
	var b strings.Builder
	space := false
	for i := range len(name) {
		if scan.IsSpace(name[i]) {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		b.WriteByte(name[i])
	}
	return strings.ToLower(b.String())
}

// bracket reads a link, a picture or a reference to a footnote.
func (p *parser) bracket() bool {
	rest := p.s[p.at:]
	if name, n := NoteName(rest); n > 0 {
		if p.doc.Notes[name] == nil {
			return p.pass(n)
		}
		return p.put(&tree.Node{Kind: tree.NoteRef, Name: name}, n)
	}
	mark := 1
	if rest[0] == '!' {
		mark = 2
	}
	if len(rest) <= mark || rest[mark-1] != '[' || rest[mark] == '^' {
		return false
	}
	if mark == 1 && p.links+p.images > 0 || !p.mayTry() || p.find(p.at+mark, "]") < 0 || !p.link(mark) {
		return p.pass(mark)
	}
	return true
}

// link reads a link or a picture.
func (p *parser) link(mark int) bool {
	n, open := &tree.Node{Kind: tree.Link}, &p.links
	if mark == 2 {
		n.Kind, open = tree.Image, &p.images
	}
	before := p.save()
	p.at += mark
	start, count := p.at, brackets{open: 1}
	*open++
	found := p.spans(n, &stop{"[]!", func() bool { return p.bracketEnds(n, &count) }})
	*open--
	if !found {
		p.revert(before)
		return false
	}
	text := p.s[start:p.at]
	p.at++
	target, end, ok := p.target(text)
	if !ok {
		p.revert(before)
		return false
	}
	if n.Kind == tree.Image {
		n.Children = nil
		n.Text = unescaped(text)
	}
	p.at, p.from, p.plain = before.at, before.from, before.plain
	return p.putLink(n, target, end-before.at)
}

func (p *parser) putLink(n *tree.Node, t tree.Target, length int) bool {
	if t.End != nil {
		p.doc.Apply(n, t.End.List)
	}
	if n.Kind == tree.Image {
		n.Attrs.Set("src", t.Address)
		n.Attrs.Set("alt", n.Text)
	} else {
		n.Attrs.Set("href", t.Address)
	}
	if t.Title != "" {
		n.Attrs.Set("title", t.Title)
	}
	return p.put(n, length)
}

// brackets counts those within a link.
type brackets struct{ open, seen, pictures int }

// bracketEnds counts brackets, and reports whether the one at the position ends a link.
func (p *parser) bracketEnds(n *tree.Node, b *brackets) bool {
	switch rest := p.s[p.at:]; {
	case rest[0] == ']':
		b.open--
	case rest[0] == '[' || strings.HasPrefix(rest, "!["):
		b.open++
	default:
		return false
	}
	for ; b.seen < len(n.Children); b.seen++ {
		if n.Children[b.seen].Kind == tree.Image {
			b.pictures++
		}
	}
	return b.open == b.pictures
}

// target reads what stands after the text of a link: an address, a name or nothing.
func (p *parser) target(text string) (t tree.Target, end int, ok bool) {
	rest := p.s[p.at:]
	space := 0
	for space < len(rest) && scan.IsSpace(rest[space]) {
		space++
	}
	if name, n, ok := bracketed(rest[space:]); ok {
		return p.named(name, text, p.at+space+n)
	}
	if !strings.HasPrefix(rest, "(") {
		return p.named("", text, p.at)
	}
	return p.direct()
}

// bracketed reads a name in brackets, or nothing in them.
func bracketed(s string) (name string, length int, ok bool) {
	if !strings.HasPrefix(s, "[") {
		return "", 0, false
	}
	end := strings.IndexByte(s, ']')
	if end < 0 {
		return "", 0, false
	}
	return s[1:end], end + 1, true
}

// named finds the target of a name.
func (p *parser) named(name, text string, end int) (tree.Target, int, bool) {
	if name == "" {
		name = unescaped(text)
	}
	t := p.doc.Links[LinkName(name)]
	if t == nil || !p.doc.Spend(len(t.Address)+len(t.Title)) {
		return tree.Target{}, 0, false
	}
	return *t, end, true
}

// direct reads an address in parentheses, with a title or without.
func (p *parser) direct() (t tree.Target, end int, ok bool) {
	rest := p.s[p.at:]
	at := 0
	if strings.HasPrefix(rest, "(<") {
		close := strings.IndexByte(rest, '>')
		if line := strings.IndexByte(rest, '\n'); close >= 0 && (line < 0 || close < line) {
			t.Address = rest[2:close]
			at = close + 1
			if strings.HasPrefix(rest[at:], ")") {
				return t, p.at + at + 1, true
			}
			return p.titled(t, at)
		}
	}
	depth := 0
	for ; at < len(rest); at++ {
		switch c := rest[at]; {
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				t.Address = scan.Trim(rest[1:at])
				return t, p.at + at + 1, true
			}
		case scan.IsSpace(c) && at+1 < len(rest) && (rest[at+1] == '"' || rest[at+1] == '\''):
			t.Address = scan.Trim(rest[1:at])
			return p.titled(t, at)
		}
	}
	p.doc.Spend(len(rest))
	return t, 0, false
}

// titled reads a title and the parenthesis after it.
func (p *parser) titled(t tree.Target, at int) (tree.Target, int, bool) {
	rest := p.s[p.at:]
	for at < len(rest) && scan.IsSpace(rest[at]) {
		at++
	}
	if at >= len(rest) || rest[at] != '"' && rest[at] != '\'' {
		return t, 0, false
	}
	start := at + 1
	for end := start + 1; end < len(rest); end++ {
		if rest[end] != rest[at] {
			continue
		}
		after := end + 1
		for after < len(rest) && scan.IsSpace(rest[after]) {
			after++
		}
		if after < len(rest) && rest[after] == ')' {
			t.Title = rest[start:end]
			return t, p.at + after + 1, true
		}
	}
	p.doc.Spend(len(rest) - start)
	return t, 0, false
}

// unescaped takes the backslashes of escapes away.
func unescaped(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && escapable(s[i+1]) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
