package markdown

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"
)

// Flavour is what a generator does otherwise with Markdown. The zero value is CommonMark
// with all that package markdown lists.
type Flavour struct {
	NoHTML     bool       // HTML in Markdown is left out, but for elements with the attribute Kept
	HeadingIDs HeadingIDs // how headings without an id get one
	Alerts     bool       // quotes that begin with [!NOTE] and its like have a title
}

// Kept is the attribute of elements that NoHTML leaves in: those that a generator puts
// there itself. It goes with everything else that readers have no use for.
const Kept = "x-x"

// HeadingIDs is a way to make ids of headings.
type HeadingIDs uint8

// The ways.
const (
	FromSource  HeadingIDs = iota // letters and digits of the source; a hyphen for white space and _
	GitHub                        // the same of the text, in which _ stays
	GitHubASCII                   // so, without accents and what is not ASCII
	Blackfriday                   // a hyphen for each run of what is neither letter nor digit
	NoIDs                         // none
)

// rawHTML writes the HTML that Kept marks, and the ends of elements.
type rawHTML struct{}

// RegisterFuncs tells goldmark what it writes.
func (rawHTML) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindRawHTML, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		raw, ok := n.(*ast.RawHTML)
		if !ok || !entering {
			return ast.WalkSkipChildren, nil
		}
		if tag := raw.Segments.Value(source); bytes.HasPrefix(tag, []byte("</")) || isKept(tag) {
			_, _ = w.Write(tag)
		}
		return ast.WalkSkipChildren, nil
	})
	r.Register(ast.KindHTMLBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if lines := n.Lines().Value(source); entering && isKept(bytes.TrimSpace(lines)) {
			_, _ = w.Write(lines)
		}
		return ast.WalkContinue, nil
	})
}

// isKept reports whether HTML begins with an element that is kept.
func isKept(markup []byte) bool {
	tag, _, _ := bytes.Cut(markup, []byte(">"))
	return bytes.HasSuffix(tag, []byte(" "+Kept))
}

// idsOfText gives headings ids that are made of their text.
type idsOfText struct{ way HeadingIDs }

// Transform is called once the document is read.
func (t idsOfText) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	ids := &headingIDs{used: map[string]int{}, slug: t.slug}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() != ast.KindHeading || !entering {
			return ast.WalkContinue, nil
		}
		if id, has := n.AttributeString("id"); has {
			if id, ok := id.([]byte); ok {
				ids.Put(id)
			}
			return ast.WalkSkipChildren, nil
		}
		n.SetAttributeString("id", ids.Generate(textOf(n, reader.Source()), ast.KindHeading))
		return ast.WalkSkipChildren, nil
	})
}

// textOf is the text of a node and of those in it.
func textOf(n ast.Node, source []byte) []byte {
	var b bytes.Buffer
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(n.Segment.Value(source))
				if n.SoftLineBreak() {
					b.WriteByte(' ')
				}
			}
		case *ast.String:
			if entering && !n.IsCode() {
				b.Write(n.Value)
			}
		case *ast.AutoLink:
			if entering {
				b.Write(n.Label(source))
			}
		}
		return ast.WalkContinue, nil
	})
	return util.ResolveEntityNames(util.ResolveNumericReferences(b.Bytes()))
}

func (t idsOfText) slug(s string) string {
	switch t.way {
	case Blackfriday:
		return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) }), "-")
	case GitHubASCII:
		s = strings.Map(func(c rune) rune {
			if c > unicode.MaxASCII {
				return -1
			}
			return c
		}, norm.NFD.String(s))
	}
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ', c == '-':
			return '-'
		case c == '_', unicode.IsLetter(c), unicode.IsNumber(c), unicode.IsMark(c):
			return c
		}
		return -1
	}, s)
}
