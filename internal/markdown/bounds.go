package markdown

import (
	"errors"
	"fmt"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

const (
	// maxMarks bounds what stands between the words of one post. Each may open a
	// block, a link or an element, which takes up to half a kilobyte and some
	// microseconds. A book has fewer.
	maxMarks = 300_000

	// maxInline bounds the marks of emphasis and links in one paragraph: goldmark
	// compares each with all before it.
	maxInline = 10_000

	// maxDefinitions bounds the lines of a paragraph in which definitions of links
	// are looked for: goldmark copies all that follow one.
	maxDefinitions = 10_000

	// maxFootnotes bounds the footnotes of a post, and the references to them:
	// goldmark looks through all footnotes for each reference.
	maxFootnotes = 5000

	// maxBareLinks bounds the addresses that become links though nothing marks them
	// as such. Each takes forty times as long as a mark does.
	maxBareLinks = 10_000
)

// ErrTooMuch is what Render returns for a body that holds more marks than anything
// written by hand, and would take too much time and memory.
var ErrTooMuch = errors.New("too much for one post")

// checkMarks refuses a body with too many marks. It depends on the body alone, not
// on the machine.
func checkMarks(text string, html bool) error {
	n := 0
	for i := range len(text) {
		n += weights[text[i]]
		if html && text[i] != '<' {
			n -= weights[text[i]]
		}
	}
	if n <= maxMarks {
		return nil
	}
	what := "marks and lines"
	if html {
		what = "tags"
	}
	return fmt.Errorf("%w: it holds %d %s, counted by their cost; expected at most %d", ErrTooMuch, n, what, maxMarks)
}

// weights say what a byte may cost: a line, a heading or a tag takes longer than
// other marks.
var weights = func() (w [256]int) {
	for _, c := range []byte("!\"#$%&'()*+,-./:;=>?@[\\]^_`{|}~") {
		w[c] = 1
	}
	w['\n'], w['#'], w['<'] = 3, 4, 2
	return w
}()

// marksIn counts the marks of emphasis and links in the block that is being read.
type marksIn struct {
	block ast.Node
	count int
}

// fewInline is an inline parser that takes no more marks in one block than
// maxInline, together with others of the same key. What is beyond stays text.
type fewInline struct {
	parser.InlineParser
	key parser.ContextKey
}

// Parse reads the mark at the reader's position, if it is one.
func (f fewInline) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	marks, _ := pc.Get(f.key).(*marksIn)
	if marks == nil || marks.block != parent {
		marks = &marksIn{block: parent}
		pc.Set(f.key, marks)
	}
	if marks.count >= maxInline {
		return nil
	}
	n := f.InlineParser.Parse(parent, block, pc)
	if line, _ := block.PeekLine(); n != nil || len(line) > 0 && line[0] == ']' {
		marks.count++
	}
	return n
}

// CloseBlock tidies up at the end of a block.
func (f fewInline) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := f.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// strikethrough is goldmark's extension with that bound.
type strikethrough struct{ key parser.ContextKey }

func (s strikethrough) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(fewInline{extension.NewStrikethroughParser(), s.key}, 500)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500)))
}

// bareLinks is goldmark's extension that makes links of addresses, with a bound,
// counted under a key.
type bareLinks struct{ key parser.ContextKey }

func (b bareLinks) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(fewBareLinks{extension.NewLinkifyParser(), b.key}, 999)))
}

type fewBareLinks struct {
	parser.InlineParser
	key parser.ContextKey
}

// Parse reads the address at the reader's position, if it is one.
func (f fewBareLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	n, _ := pc.Get(f.key).(int)
	if n >= maxBareLinks {
		return nil
	}
	link := f.InlineParser.Parse(parent, block, pc)
	if link != nil {
		pc.Set(f.key, n+1)
	}
	return link
}

// fewDefinitions looks for definitions of links in paragraphs of a length that
// somebody may have written. Others stay text.
type fewDefinitions struct{ parser.ParagraphTransformer }

func (f fewDefinitions) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if p.Lines().Len() <= maxDefinitions {
		f.ParagraphTransformer.Transform(p, reader, pc)
	}
}
