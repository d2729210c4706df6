package markdown

import (
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/yuin/goldmark"
	highlighting "github.com/yuin/goldmark-highlighting/v2"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxColoured bounds the bytes of code in a post that are coloured: a kilobyte
// takes up to 30 ms. What is beyond is shown without colours.
const maxColoured = 32 << 10

// colours is goldmark's highlighting with that bound.
type colours struct{}

func (c colours) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(c, 200)))
	classes := chromahtml.WithClasses(true)
	highlighting.NewHighlighting(highlighting.WithFormatOptions(classes)).Extend(m)
}

// Transform marks the code that is left as it is.
func (colours) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	left := maxColoured
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // no step returns an error
		code, ok := n.(*ast.FencedCodeBlock)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		if size := len(code.Lines().Value(reader.Source())); size <= left {
			left -= size
		} else {
			code.SetAttributeString("nohl", true)
		}
		return ast.WalkSkipChildren, nil
	})
}
