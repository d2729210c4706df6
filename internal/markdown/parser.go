package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	emoji "github.com/yuin/goldmark-emoji"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

const (
	// maxNesting bounds quotes and lists within each other: goldmark's time
	// grows with its square, and the HTML parser gives up at 512 elements.
	maxNesting = 100

	// maxCells bounds what one table may hold. A table pads every row to the
	// width of its first, so that few bytes could ask for very many cells.
	maxCells = 100_000

	// maxAngled bounds the address of a link in angle brackets.
	maxAngled = 4 << 10

	// footnotePrefix is the document's metadata key of the same name.
	footnotePrefix = "footnote-prefix"
)

// These are names within goldmark, which counts them without a lock: one each for
// the process, since renderers are made while others are at work.
var (
	marks      = parser.NewContextKey()
	notes      = parser.NewContextKey()
	references = parser.NewContextKey()
	addresses  = parser.NewContextKey()
)

func newGoldmark(o Options) goldmark.Markdown {
	extensions := []goldmark.Extender{
		bareLinks{addresses}, strikethrough{marks}, extension.TaskList, extension.DefinitionList,
		tables{}, math{}, fences{},
		footnotes{notes, references},
	}
	if o.Flavour.Alerts {
		extensions = append(extensions, alerts{})
	}
	if o.Typographer {
		extensions = append(extensions, extension.Typographer)
	}
	if o.Emoji {
		extensions = append(extensions, emoji.New(emoji.WithRenderingMethod(emoji.Unicode)))
	}
	if o.Highlight {
		extensions = append(extensions, colours{})
	}
	return goldmark.New(
		goldmark.WithParser(newParser(marks)),
		goldmark.WithExtensions(extensions...),
		goldmark.WithParserOptions(parserOptions(o.Flavour)...),
		goldmark.WithRendererOptions(rendererOptions(o.Flavour)...),
		// Raw HTML passes here because the sanitiser judges it later.
		goldmark.WithRendererOptions(html.WithUnsafe()),
	)
}

func parserOptions(f Flavour) []parser.Option {
	options := []parser.Option{parser.WithAttribute()}
	switch f.HeadingIDs {
	case FromSource:
		options = append(options, parser.WithAutoHeadingID())
	case NoIDs:
	default:
		options = append(options, parser.WithASTTransformers(util.Prioritized(idsOfText{f.HeadingIDs}, 900)))
	}
	return options
}

func rendererOptions(f Flavour) []renderer.Option {
	if !f.NoHTML {
		return nil
	}
	return []renderer.Option{renderer.WithNodeRenderers(util.Prioritized(rawHTML{}, 100))}
}

// newParser is goldmark's default parser with bounds on nesting, tables, and marks
// within a paragraph, which are counted under a key.
func newParser(marks parser.ContextKey) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(shallow{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(fewInline{boundedLink{parser.NewLinkParser()}, marks}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(fewInline{parser.NewEmphasisParser(), marks}, 500),
		),
		parser.WithParagraphTransformers(util.Prioritized(fewDefinitions{parser.LinkReferenceParagraphTransformer}, 100)),
	)
}

// Fragment converts a piece of Markdown as Render does at first. It is not fit for
// readers: addresses are as they are written, and nothing is taken out. It is to be put
// into a text that goes through Render. It fails with ErrTooMuch.
func (r *Renderer) Fragment(source string) (string, error) {
	if err := checkMarks(source, false); err != nil {
		return "", err
	}
	return r.toHTML([]byte(source), "")
}

// toHTML is the only door to goldmark. The prefix goes before footnote ids.
func (r *Renderer) toHTML(source []byte, prefix string) (string, error) {
	var doc ast.Node
	if r.syntax != nil {
		doc, source = r.parse(source, prefix)
	} else {
		context := parser.NewContext(parser.WithIDs(&headingIDs{used: map[string]int{}}))
		doc = r.goldmark.Parser().Parse(text.NewReader(source), parser.WithContext(context))
		doc.OwnerDocument().AddMeta(footnotePrefix, prefix)
	}
	var b bytes.Buffer
	if err := r.goldmark.Renderer().Render(&b, source, doc); err != nil {
		return "", fmt.Errorf("render Markdown: %w", err)
	}
	return b.String(), nil
}

func prefixOf(n ast.Node) []byte {
	prefix, _ := n.OwnerDocument().Meta()[footnotePrefix].(string)
	return []byte(prefix)
}

// shallow is a block parser that opens no block below maxNesting; what would
// have opened one stays text.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	if depth > maxNesting {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// tables is goldmark's table extension with a bound on cells, and with
// alignment as an attribute, because style attributes do not survive feeds.
type tables struct{}

func (tables) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithParagraphTransformers(
			util.Prioritized(boundedTable{extension.NewTableParagraphTransformer()}, 200)),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
	align := extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(extension.NewTableHTMLRenderer(align), 500)))
}

type boundedTable struct{ parser.ParagraphTransformer }

func (t boundedTable) Transform(p *ast.Paragraph, reader text.Reader, pc parser.Context) {
	width, lines := 0, p.Lines()
	for _, line := range lines.Sliced(0, lines.Len()) {
		width = max(width, bytes.Count(line.Value(reader.Source()), []byte("|")))
	}
	if width*lines.Len() <= maxCells {
		t.ParagraphTransformer.Transform(p, reader, pc)
	}
}

// boundedLink is the link parser, kept from reading a whole line again for each
// of many links that never end. What would be such a link stays text.
type boundedLink struct{ parser.InlineParser }

func (b boundedLink) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if line, _ := block.PeekLine(); endless(line) {
		return nil
	}
	return b.InlineParser.Parse(parent, block, pc)
}

// CloseBlock tidies up after links that were opened and not closed.
func (b boundedLink) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := b.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// endless reports whether line is the end of a link's text and the start of
// an address that opens more than 32 parentheses, the depth that CommonMark
// asks for, or an angle bracket that is not closed soon.
func endless(line []byte) bool {
	address, ok := bytes.CutPrefix(line, []byte("]("))
	if !ok {
		return false
	}
	if bytes.HasPrefix(address, []byte("<")) {
		return len(address) > maxAngled && bytes.IndexByte(address[:maxAngled], '>') < 0
	}
	depth := 0
	for i := 0; i < len(address) && depth >= 0 && depth <= 32 && !util.IsSpace(address[i]); i++ {
		switch address[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
	}
	return depth > 32
}

// headingIDs makes ids as goldmark does, except that letters and digits of
// every script stay: a Japanese heading gets an id of its own too. It maps
// each id in use to the number of the last one derived from it.
type headingIDs struct {
	used map[string]int
	slug func(string) string // of a text in lower case; nil: slugRunes
}

// Generate returns a new id for a heading whose source text is value.
func (h *headingIDs) Generate(value []byte, kind ast.NodeKind) []byte {
	slug := h.slug
	if slug == nil {
		slug = slugRunes
	}
	id := cmp.Or(slug(strings.ToLower(strings.TrimSpace(string(value)))), "heading")
	if _, taken := h.used[id]; !taken {
		h.used[id] = 0
		return []byte(id)
	}
	for {
		h.used[id]++
		next := fmt.Sprintf("%s-%d", id, h.used[id])
		if _, taken := h.used[next]; !taken {
			h.used[next] = 0
			return []byte(next)
		}
	}
}

// Put marks an id that the author wrote as used.
func (h *headingIDs) Put(value []byte) {
	if _, taken := h.used[string(value)]; !taken {
		h.used[string(value)] = 0
	}
}

func slugRunes(s string) string { return strings.Map(slugRune, s) }

func slugRune(r rune) rune {
	switch {
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return r
	case unicode.IsSpace(r), r == '-', r == '_':
		return '-'
	}
	return -1
}
