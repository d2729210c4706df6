package span

import (
	"maps"
	"slices"
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// maxList bounds a list of attributes.
const maxList = 1 << 10

func noteNames(d *tree.Document) []string { return slices.Sorted(maps.Keys(d.Notes)) }

// braced returns the length of text up to the brace that closes it, with that.
func braced(s string, from int) int {
	for i := from; i < len(s) && i < maxList; i++ {
		switch s[i] {
		case '\\':
			if i+1 < len(s) && s[i+1] == '}' {
				i++
			}
		case '}':
			return i + 1
		}
	}
	return 0
}

// ListLength returns the length of a list of attributes, such as {: .class}.
func ListLength(s string) int {
	if _, _, n := NamedList(s); n > 0 {
		return 0
	}
	return AnyListLength(s)
}

// AnyListLength returns the length of a list of attributes, which may have a name.
func AnyListLength(s string) int {
	if !strings.HasPrefix(s, "{:") || len(s) < 4 || s[2] == ':' || s[2] == '/' {
		return 0
	}
	if n := braced(s, 2); n > 3 {
		return n
	}
	return 0
}

// NamedList reads a list of attributes for use elsewhere, such as {:name: .class}.
func NamedList(s string) (name, text string, length int) {
	if !strings.HasPrefix(s, "{:") {
		return "", "", 0
	}
	n := 2
	for n < len(s) && (scan.IsWord(s[n]) || n > 2 && s[n] == '-') {
		n++
	}
	if n == 2 || n >= len(s) || s[n] != ':' {
		return "", "", 0
	}
	end := braced(s, n+1)
	if end <= n+2 {
		return "", "", 0
	}
	return s[2:n], s[n+1 : end-1], end
}

// Extension is the mark of an extension: {::name attributes /}.
type Extension struct {
	Name   string
	List   tree.List
	Closed bool // there is nothing in it
}

// ReadExtension reads the mark of an extension and returns its length.
func ReadExtension(s string) (e Extension, length int) {
	if !strings.HasPrefix(s, "{::") {
		return e, 0
	}
	n := 3
	for n < len(s) && scan.IsWord(s[n]) {
		n++
	}
	end := braced(s, n)
	if n == 3 || end == 0 || s[n] != '}' && s[n] != '/' && !scan.IsSpace(s[n]) {
		return e, 0
	}
	text := s[n : end-1]
	e.Name = s[3:n]
	text, e.Closed = strings.CutSuffix(text, "/")
	e.List.Parse(text)
	return e, end
}

// StopLength returns the length of the mark that ends an extension: {:/name} or {:/}.
func StopLength(s, name string) int {
	after, ok := strings.CutPrefix(s, "{:/")
	if !ok {
		return 0
	}
	n := len("{:/")
	if rest, ok := strings.CutPrefix(after, name); ok {
		after, n = rest, n+len(name)
	}
	if !strings.HasPrefix(after, "}") {
		return 0
	}
	return n + 1
}

// IsHTML reports whether what an extension passes through is for HTML.
func (e Extension) IsHTML() bool {
	for _, a := range e.List.Attrs {
		if a.Key == "type" {
			return a.Value == "" || a.Value == "html"
		}
	}
	return true
}

// SetOptions sets the options that an extension holds.
func (e Extension) SetOptions(d *tree.Document) {
	for _, a := range e.List.Attrs {
		d.Options.Set(a.Key, a.Value)
	}
}

// CommentOf returns a comment of HTML.
func CommentOf(text string) string { return "<!-- " + strings.ReplaceAll(text, "--", "- -") + " -->" }

// extension reads a list of attributes for the span before, or an extension.
func (p *parser) extension() bool {
	rest := p.s[p.at:]
	if !strings.HasPrefix(rest, "{:") {
		return false
	}
	if e, n := ReadExtension(rest); n > 0 {
		return p.run(e, n) || p.pass(1)
	}
	n := ListLength(rest)
	if n == 0 {
		return p.pass(1)
	}
	p.flush()
	last := p.node.Last()
	if last == nil || last.Kind == tree.Text {
		return p.pass(1)
	}
	list := &tree.List{}
	list.Parse(rest[2 : n-1])
	p.doc.Apply(last, list)
	if last.List == nil {
		last.List = &tree.List{}
	}
	last.List.Refs = append(last.List.Refs, list.Refs...)
	p.move(p.at + n)
	return true
}

// run does what an extension asks for. Its mark is so long.
func (p *parser) run(e Extension, mark int) bool {
	start := p.at + mark
	body, after := "", start
	if !e.Closed && e.Name != "options" {
		end, n := start, 0
		for {
			if end = p.find(end, "{:/"); end < 0 {
				return false
			}
			if n = StopLength(p.s[end:], e.Name); n > 0 {
				break
			}
			end += 3
		}
		body, after = p.s[start:end], end+n
	}
	var n *tree.Node
	switch e.Name {
	case "comment":
		n = &tree.Node{Kind: tree.Comment, Inline: true, Text: CommentOf(body)}
		if e.Closed {
			n = &tree.Node{Kind: tree.Markup, Inline: true}
		}
	case "nomarkdown":
		if !e.IsHTML() {
			body = ""
		}
		n = &tree.Node{Kind: tree.Markup, Inline: true, Text: body}
	case "options":
		e.SetOptions(p.doc)
		n = &tree.Node{Kind: tree.Markup, Inline: true}
	default:
		return false
	}
	return p.put(n, after-p.at)
}
