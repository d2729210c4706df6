package markdown

import (
	"bytes"

	"github.com/gohugoio/hugo-goldmark-extensions/passthrough"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// math leaves formulas as they are written, so that what looks like emphasis or
// an escape in them is neither: readers without a typesetter show TeX, and those
// with one find it whole. Only $$ opens a formula: a single dollar is money, and
// \( and \[ are how Markdown writes a bracket that is not its own.
type math struct{}

func (math) Extend(m goldmark.Markdown) {
	dollars := []passthrough.Delimiters{{Open: "$$", Close: "$$"}}
	passthrough.New(passthrough.Config{InlineDelimiters: dollars}).Extend(m)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(mathRenderer{}, 50)))
}

// mathRenderer writes formulas as text; the extension's own would write them as
// HTML.
type mathRenderer struct{}

func (mathRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(passthrough.KindPassthroughInline, renderMath)
}

func renderMath(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if formula, ok := n.(*passthrough.PassthroughInline); ok && entering {
		_, _ = w.Write(util.EscapeHTML(bytes.TrimSpace(formula.Segment.Value(source)))) // goldmark asks the writer in the end
	}
	return ast.WalkSkipChildren, nil
}
