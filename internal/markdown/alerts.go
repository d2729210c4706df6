package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// alerts gives quotes a title that begin with a line such as [!NOTE], as GitHub has them, or
// [!tip]- A title, as Obsidian has them.
type alerts struct{}

// Extend adds that to m.
func (a alerts) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(a, 500)))
}

// alert matches the beginning of such a line. What follows it is the title.
var alert = regexp.MustCompile(`^(?i)[ \t]*\[!(note|tip|important|warning|caution|info|todo|abstract|summary|tldr|hint|success|check|done|` +
	`question|help|faq|attention|failure|fail|missing|danger|error|bug|example|quote|cite)\][+-]?[ \t]*`)

// Transform gives all quotes of a document their titles.
func (alerts) Transform(document *ast.Document, reader text.Reader, _ parser.Context) {
	var quotes []*ast.Blockquote
	_ = ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // never fails
		if quote, ok := n.(*ast.Blockquote); ok && entering {
			quotes = append(quotes, quote)
		}
		return ast.WalkContinue, nil
	})
	for _, quote := range quotes {
		entitle(quote, reader.Source())
	}
}

// entitle makes a title of the first line of a quote, if that is one of an alert.
func entitle(quote *ast.Blockquote, source []byte) {
	first, ok := quote.FirstChild().(*ast.Paragraph)
	if !ok || first.Lines().Len() == 0 {
		return
	}
	line := first.Lines().At(0)
	m := alert.FindSubmatch(line.Value(source))
	if m == nil {
		return
	}
	title := ast.NewEmphasis(2)
	if !moveTitle(first, title, line.Start+len(m[0])) {
		return
	}
	if title.FirstChild() == nil {
		kind := strings.ToLower(string(m[1]))
		title.AppendChild(title, ast.NewString([]byte(strings.ToUpper(kind[:1])+kind[1:])))
	}
	place(title, first)
}

// place puts a title before the text that follows it: that of the paragraph that it was taken from,
// or else of the next one.
func place(title ast.Node, first *ast.Paragraph) {
	into := first
	if next, ok := first.NextSibling().(*ast.Paragraph); ok && first.FirstChild() == nil {
		first.Parent().RemoveChild(first.Parent(), first)
		into = next
	}
	text := into.FirstChild()
	if text == nil {
		into.AppendChild(into, title)
		return
	}
	line := ast.NewText()
	line.SetHardLineBreak(true)
	into.InsertBefore(into, text, title)
	into.InsertBefore(into, text, line)
}

// moveTitle moves the rest of the first line of a paragraph into a title: what begins after the
// marker, which ends at from. It returns false, and moves nothing, if the marker is no mere text.
func moveTitle(p *ast.Paragraph, title ast.Node, from int) bool {
	if _, ok := p.FirstChild().(*ast.Text); !ok {
		return false
	}
	for child := p.FirstChild(); child != nil; child = p.FirstChild() {
		written, isText := child.(*ast.Text)
		ends := isText && (written.SoftLineBreak() || written.HardLineBreak())
		p.RemoveChild(p, child)
		if isText {
			written.SetSoftLineBreak(false)
			written.SetHardLineBreak(false)
			written.Segment = written.Segment.WithStart(min(max(written.Segment.Start, from), written.Segment.Stop))
		}
		if !isText || !written.Segment.IsEmpty() {
			title.AppendChild(title, child)
		}
		if ends {
			break
		}
	}
	return true
}
