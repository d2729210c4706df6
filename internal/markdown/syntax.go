package markdown

import (
	"strings"

	emoji "github.com/yuin/goldmark-emoji/definition"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Syntax is a Markdown of other rules than those of CommonMark. Two values that are equal
// read all texts the same. It is safe for concurrent use.
type Syntax interface {
	// Key tells the rules, and their options, from all others.
	Key() string

	// Parse reads a text. It returns the tree, and what the lines of the tree are of. The
	// time that it takes is bounded by a multiple of the length of the text.
	Parse(source []byte, r Reading) (*ast.Document, []byte)

	// Renderer writes the nodes that are not goldmark's.
	Renderer() renderer.NodeRenderer
}

// Reading is what a Syntax reads a text with.
type Reading struct {
	Prefix string              // before the ids of footnotes
	Text   func(string) string // what stands in place of text, for people, that is not code; nil: the text
}

// parse reads a text by the rules of the site.
func (r *Renderer) parse(source []byte, prefix string) (*ast.Document, []byte) {
	doc, source := r.syntax.Parse(source, Reading{Prefix: prefix, Text: r.text})
	reader, context := text.NewReader(source), parser.NewContext()
	fences{}.Transform(doc, reader, context)
	colours{}.Transform(doc, reader, context)
	return doc, source
}

// syntaxOptions are those of goldmark's renderer for a syntax.
func syntaxOptions(s Syntax) renderer.Option {
	return renderer.WithNodeRenderers(util.Prioritized(s.Renderer(), 50))
}

// maxEmoji bounds the length of an emoji's name.
const maxEmoji = 64

// withEmoji turns :words: into emoji.
func withEmoji() func(string) string {
	all := emoji.Github()
	return func(s string) string {
		if strings.Count(s, ":") < 2 {
			return s
		}
		var b strings.Builder
		for {
			start := strings.IndexByte(s, ':')
			if start < 0 {
				break
			}
			end := strings.IndexByte(s[start+1:], ':')
			if end < 0 {
				break
			}
			b.WriteString(s[:start])
			name := s[start+1 : start+1+end]
			if e, ok := all.Get(name); ok && end <= maxEmoji && e.IsUnicode() {
				b.WriteString(string(e.Unicode))
				s = s[start+end+2:]
				continue
			}
			b.WriteString(s[start : start+1+end])
			s = s[start+1+end:]
		}
		b.WriteString(s)
		return b.String()
	}
}
