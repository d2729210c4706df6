package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// footnotes is goldmark's extension with a bound on footnotes and on references to
// them, which are counted under two keys. What is beyond stays text.
type footnotes struct{ notes, references parser.ContextKey }

func (f footnotes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(fewNotes{extension.NewFootnoteBlockParser(), f.notes}, 999)),
		parser.WithInlineParsers(util.Prioritized(fewReferences{extension.NewFootnoteParser(), f.references}, 101)),
		parser.WithASTTransformers(util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
	)
	prefix := extension.WithFootnoteIDPrefixFunction(prefixOf)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(extension.NewFootnoteHTMLRenderer(prefix), 500)))
}

// fewNotes is the parser of footnotes.
type fewNotes struct {
	parser.BlockParser
	key parser.ContextKey
}

// Open begins a footnote.
func (f fewNotes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, _ := pc.Get(f.key).(int)
	if n >= maxFootnotes {
		return nil, parser.NoChildren
	}
	note, state := f.BlockParser.Open(parent, reader, pc)
	if note != nil {
		pc.Set(f.key, n+1)
	}
	return note, state
}

// fewReferences is the parser of references to them.
type fewReferences struct {
	parser.InlineParser
	key parser.ContextKey
}

// Parse reads the reference at the reader's position, if it is one.
func (f fewReferences) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	mark := bytes.TrimPrefix(line, []byte("!"))
	n, _ := pc.Get(f.key).(int)
	if !bytes.HasPrefix(mark, []byte("[^")) || n >= maxFootnotes {
		return nil
	}
	pc.Set(f.key, n+1) // one that leads nowhere was looked for, too
	return f.InlineParser.Parse(parent, block, pc)
}
