package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// fences leaves of what follows a code fence the language alone. Other programs
// let options stand there: "rust,ignore", "js{1,3}", "js:title", "{.js}",
// "{r echo=FALSE}".
type fences struct{}

func (f fences) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(f, 100)))
}

func (fences) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	source := reader.Source()
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // no step returns an error
		code, ok := n.(*ast.FencedCodeBlock)
		if !ok || !entering || code.Info == nil {
			return ast.WalkContinue, nil
		}
		segment := code.Info.Segment
		from, to := languageIn(segment.Value(source))
		switch {
		case from == to:
			code.Info = nil
		case from > 0 || to < len(firstWord(segment.Value(source))):
			code.Info = ast.NewTextSegment(text.NewSegment(segment.Start+from, segment.Start+to))
		}
		return ast.WalkSkipChildren, nil
	})
}

// languageIn returns where the language stands in what follows a fence.
func languageIn(info []byte) (from, to int) {
	word := firstWord(info)
	for from < len(word) && bytes.IndexByte([]byte("{."), word[from]) >= 0 && bytes.HasPrefix(word, []byte("{")) {
		from++
	}
	to = len(word)
	if i := bytes.IndexAny(word[from:], ",{}:;=()[]"); i >= 0 {
		to = from + i
	}
	if bytes.HasPrefix(word[from:to], []byte("#")) { // the id of a block
		return 0, 0
	}
	return from, to
}

func firstWord(info []byte) []byte {
	word, _, _ := bytes.Cut(info, []byte(" "))
	return word
}
