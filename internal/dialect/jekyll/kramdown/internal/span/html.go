package span

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// Attributes returns the attributes of a tag. Their names are in lower case in elements
// that are known; of those that come twice the first counts.
func Attributes(t scan.Tag, name string) tree.Attrs {
	var attrs tree.Attrs
	for _, a := range t.Attrs {
		key := a.Key
		if scan.IsKnown(name) {
			key = strings.ToLower(key)
		}
		if _, twice := attrs.Get(key); !twice {
			attrs = append(attrs, tree.Attr{Key: key, Value: a.Value})
		}
	}
	return attrs
}

// angle reads an address, a comment, an element, or a guillemet.
func (p *parser) angle() bool {
	raw := p.node.Kind == tree.HTML && p.node.Model == tree.AsRaw
	if !raw && p.address() {
		return true
	}
	rest := p.s[p.at:]
	if p.aside(rest) {
		return true
	}
	if _, n := scan.CloseTag(rest); n > 0 {
		return p.pass(n)
	}
	if tag, n := scan.OpenTag(rest); n > 0 {
		if name := scan.Lower(tag.Name); scan.IsBlock(name) {
			return p.pass(n)
		}
		return p.element(tag, n)
	}
	if !raw && strings.HasPrefix(rest, "<<") {
		return p.symbol()
	}
	return false
}

// aside reads a comment.
func (p *parser) aside(rest string) bool {
	if !strings.HasPrefix(rest, "<!--") {
		return false
	}
	end := p.find(p.at+len("<!--"), "-->")
	if end < 0 {
		return false
	}
	end += len("-->")
	return p.put(&tree.Node{Kind: tree.Comment, Inline: true, Text: p.s[p.at:end]}, end-p.at)
}

// element reads an element, whose tag is so long.
func (p *parser) element(tag scan.Tag, length int) bool {
	n := &tree.Node{Kind: tree.HTML, Inline: true, Name: scan.Lower(tag.Name), Closed: tag.Closed}
	n.Attrs = Attributes(tag, n.Name)
	for i := range n.Attrs {
		n.Attrs[i].Value = oneLine(n.Attrs[i].Value)
	}
	n.Model = p.model(n)
	p.put(n, length)
	if tag.Closed || scan.IsVoid(n.Name) {
		return true
	}
	ended := p.spans(n, &stop{"<", func() bool {
		name, _ := scan.CloseTag(p.s[p.at:])
		return name != "" && scan.Lower(name) == n.Name
	}})
	if ended {
		_, end := scan.CloseTag(p.s[p.at:])
		p.at += end
	}
	p.move(p.at)
	return true
}

// model says how the content of an element is read.
func (p *parser) model(n *tree.Node) tree.Model {
	spans := scan.HoldsSpans(n.Name) || scan.HoldsBlocks(n.Name)
	model := tree.AsRaw
	if spans && p.doc.Options.ParseSpanHTML && (p.node.Kind != tree.HTML || p.node.Model != tree.AsRaw) {
		model = tree.AsSpans
	}
	value, ok := n.Attrs.Get("markdown")
	if !ok {
		return model
	}
	n.Attrs.Remove("markdown")
	switch {
	case value == "span", value == "1" && spans:
		return tree.AsSpans
	case value == "0", value == "1":
		return tree.AsRaw
	}
	return model
}

func oneLine(value string) string {
	if strings.IndexByte(value, '\n') < 0 {
		return value
	}
	return strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r == '\n' }), " ")
}

// maxAddress bounds an address in angle brackets.
const maxAddress = 4 << 10

// address reads an address in angle brackets.
func (p *parser) address() bool {
	rest := p.s[p.at:]
	end := strings.IndexAny(rest[:min(len(rest), maxAddress)], ">\n")
	if end < 0 || rest[end] != '>' {
		return false
	}
	text := rest[1:end]
	href := text
	switch {
	case hasScheme(text):
		text = strings.TrimPrefix(text, "mailto:")
	case isMail(text):
		href = "mailto:" + text
	default:
		return false
	}
	n := &tree.Node{Kind: tree.Link, Children: []*tree.Node{{Kind: tree.Text, Text: text, Escaped: true}}}
	n.Attrs.Set("href", href)
	return p.put(n, end+1)
}

func hasScheme(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	switch scheme {
	case "mailto", "http", "https", "ftp", "ftps":
		return ok && rest != ""
	}
	return false
}

func isMail(s string) bool {
	local, host, ok := strings.Cut(s, "@")
	dot := strings.LastIndexByte(host, '.')
	if !ok || local == "" || dot < 1 || dot == len(host)-1 {
		return false
	}
	for i := dot + 1; i < len(host); i++ {
		if host[i] < 'a' || host[i] > 'z' {
			return false
		}
	}
	return wordy(local) && wordy(host) && !strings.Contains(host, "..")
}

func wordy(s string) bool {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r != '-' && r != '.' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
		i += size
	}
	return true
}
