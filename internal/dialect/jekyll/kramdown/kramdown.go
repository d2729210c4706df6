// Package kramdown reads Markdown by the rules of kramdown 2.4, with those of GitHub that
// Jekyll adds to it by default.
//
// In goes a text; out comes a tree for goldmark, whose renderer writes it. Code in a
// language is goldmark's own, so that whatever colours it for others does so here; all else
// is HTML already. What the text shows is what kramdown shows of it. Different are
//
//   - the ids of footnotes, which have a prefix;
//   - the alignment of cells, which is an attribute rather than a style;
//   - marks beyond what anybody writes by hand, which stay text: the time that a text takes
//     is bounded by a multiple of its size.
package kramdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/block"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/span"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/write"
	"broadsheet/internal/markdown"
)

// Parse reads a text. It returns the tree, and what the lines of code in it are of.
func (o Options) Parse(source []byte, r markdown.Reading) (*ast.Document, []byte) {
	text := strings.TrimRight(string(source), "\n") + "\n"
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	d := tree.New(o.options, len(text))
	block.Parse(d, text)
	span.Parse(d)
	return document(write.HTML(d, write.Options{Prefix: r.Prefix, Text: r.Text}))
}

// document makes goldmark's tree of the parts.
func document(parts []write.Part) (*ast.Document, []byte) {
	doc := ast.NewDocument()
	var source []byte
	for _, part := range parts {
		doc.AppendChild(doc, &markup{html: part.HTML})
		if part.Code == nil {
			continue
		}
		start := len(source)
		source = append(source, part.Code.Language...)
		info := ast.NewTextSegment(text.NewSegment(start, len(source)))
		code := ast.NewFencedCodeBlock(info)
		for line := range strings.Lines(part.Code.Text) {
			at := len(source)
			source = append(source, line...)
			code.Lines().Append(text.NewSegment(at, len(source)))
		}
		doc.AppendChild(doc, code)
	}
	return doc, source
}

// markup is HTML, written.
type markup struct {
	ast.BaseBlock
	html string
}

var kindMarkup = ast.NewNodeKind("KramdownMarkup")

// Kind returns the kind of the node.
func (m *markup) Kind() ast.NodeKind { return kindMarkup }

// Dump shows the node to those who look for faults.
func (m *markup) Dump(source []byte, level int) { ast.DumpHelper(m, source, level, nil, nil) }

// Renderer writes the nodes that are not goldmark's.
func (Options) Renderer() renderer.NodeRenderer { return markupRenderer{} }

type markupRenderer struct{}

// RegisterFuncs tells goldmark which nodes those are.
func (markupRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindMarkup, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if m, ok := n.(*markup); ok && entering {
			_, _ = w.WriteString(m.html) // goldmark asks the writer in the end
		}
		return ast.WalkSkipChildren, nil
	})
}
