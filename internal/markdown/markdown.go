// Package markdown turns the body of a post into HTML that stands alone: it
// reads the same in any feed reader as on the page it comes from.
//
// In goes Markdown (CommonMark, with tables, strikethrough, task lists, bare
// links, footnotes, definition lists, heading ids and attributes; or that of
// another Syntax), or HTML as it is. Out come HTML, a plain-text summary, and what is wrong with the
// addresses in it. On the way
//
//   - elements that a page does not show (hidden, display: none) go, text and all;
//   - what is not on the allow-list goes: scripts, styles, forms, event
//     handlers, comments, unknown tags. Their text stays where people should
//     read it;
//   - every address becomes absolute. One with a misspelt scheme stays and is
//     reported; one that would run a script goes and is reported;
//   - what needs a browser is replaced: frames and embeds by a link, lazily
//     loaded images by their real address, task boxes by ☐ and ☑, SVG and
//     MathML by their text. A player stays, with a link inside it;
//   - invalid UTF-8 is repaired, and characters that XML forbids are left out.
//     No-break spaces, zero-width and bidirectional marks stay;
//   - ids of footnotes get a prefix made from the post's address, so that many
//     entries fit one page.
//
// Template text such as {{ x }} is left as it is.
//
// The result is final: rendered again as HTML it does not change, and it is
// the same on every machine. A body with more marks than anybody writes by hand is
// an error (ErrTooMuch), so that none takes seconds, or hundreds of megabytes.
// Quotes and lists nested more than a hundred deep stay text; HTML nested so deep that no
// parser takes it, or that never settles, loses its tags, with a problem.
package markdown

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"golang.org/x/net/html"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown/internal/dom"
	"broadsheet/internal/markdown/internal/embed"
	"broadsheet/internal/markdown/internal/links"
	"broadsheet/internal/markdown/internal/plain"
	"broadsheet/internal/markdown/internal/unseen"
)

const (
	defaultSummaryLength = 300

	// maxPasses bounds how often HTML is read and written until it no longer
	// changes. Two do for nearly all posts: the second shows that the first
	// was enough.
	maxPasses = 6
)

var errUnsettled = errors.New("tags so tangled that they read differently each time")

// Options are the choices that hold for all posts of a site. The zero value
// works.
type Options struct {
	Typographer   bool // curly quotes, dashes and ellipses from plain ones
	Emoji         bool // 🙂 from :slightly_smiling_face: and its like
	Highlight     bool // colour code by the class names of chroma; no inline styles
	SummaryLength int  // runes, ellipsis included; 0 means 300

	Flavour Flavour // what a generator does otherwise; a Syntax has no Flavour

	// Syntax says how Markdown is read; nil: as CommonMark. Typographer has no say in others.
	Syntax Syntax
}

// Renderer renders posts. It is safe for concurrent use.
type Renderer struct {
	goldmark goldmark.Markdown
	policy   *bluemonday.Policy
	summary  int
	syntax   Syntax              // nil: goldmark's own
	text     func(string) string // see Reading
}

// New returns a Renderer. Making one is dear; rendering with it is not.
func New(o Options) *Renderer {
	if o.SummaryLength <= 0 {
		o.SummaryLength = defaultSummaryLength
	}
	r := &Renderer{goldmark: newGoldmark(o), policy: newPolicy(), summary: o.SummaryLength, syntax: o.Syntax}
	if o.Syntax != nil {
		r.goldmark.Renderer().AddOptions(syntaxOptions(o.Syntax))
		if o.Emoji {
			r.text = withEmoji()
		}
	}
	return r
}

// Source is one body to render.
type Source struct {
	Text []byte // never written to
	Line int    // line of the file on which Text begins, for problems; 0 means 1
	HTML bool   // Text is HTML already
	Base string // absolute http or https URL of the post

	// Find returns the absolute address that the post means by a relative one.
	// Where it finds none, or is nil, Base says (RFC 3986 section 5).
	Find func(ref string) (address string, found bool)
}

// Content is a body, rendered. Its strings are valid UTF-8 without characters
// that XML 1.0 forbids. An empty body gives empty strings.
type Content struct {
	HTML     string
	Summary  string         // plain text; empty when the body holds no text
	Problems []blog.Problem // warnings without File, in the order of the document; Line is 0 where unknown
	Lost     []Lost         // relative addresses that Find did not find
}

// Lost is a relative address for which nothing was found.
type Lost = links.Lost

// Render renders s. It fails where Base is not an absolute http or https URL, and
// with ErrTooMuch.
func (r *Renderer) Render(s Source) (Content, error) {
	text := dom.Printable(string(s.Text))
	if err := checkMarks(text, s.HTML); err != nil {
		return Content{}, err
	}
	page, err := links.New(s.Base, text, s.Line, s.Find)
	if err != nil {
		return Content{}, fmt.Errorf("render post: %w", err)
	}
	if !s.HTML {
		if text, err = r.toHTML([]byte(text), idPrefix(s.Base)); err != nil {
			return Content{}, err
		}
	}
	c, err := r.standAlone(text, page)
	if err != nil {
		return r.textOnly(text, err), nil
	}
	c.Problems, c.Lost = page.Problems, page.Lost
	return c, nil
}

// standAlone repeats the pass until its result is a fixed point, which is what
// makes it final. Only the first pass sees the post as its author wrote it, so
// only that one makes the summary and the problems.
func (r *Renderer) standAlone(markup string, page *links.Page) (Content, error) {
	first, err := r.pass(markup, page)
	if err != nil {
		return Content{}, err
	}
	for range maxPasses - 1 {
		next, err := r.pass(first.HTML, page.Silent())
		switch {
		case err != nil:
			return Content{}, err
		case next.HTML == first.HTML:
			return first, nil
		}
		first.HTML = next.HTML
	}
	return Content{}, errUnsettled
}

// pass is the way from any HTML to HTML fit for feeds.
func (r *Renderer) pass(markup string, page *links.Page) (Content, error) {
	tree, err := dom.Parse(markup)
	if err != nil {
		return Content{}, err
	}
	unseen.Remove(tree)
	embed.Replace(tree)
	summary := plain.Summary(tree, r.summary)
	if tree, err = r.sanitise(tree); err != nil {
		return Content{}, err
	}
	page.Absolutise(tree)
	markup, err = dom.Render(tree)
	return Content{HTML: markup, Summary: summary}, err
}

func (r *Renderer) sanitise(tree *html.Node) (*html.Node, error) {
	markup, err := dom.Render(tree)
	if err != nil {
		return nil, err
	}
	return dom.Parse(r.policy.Sanitize(markup))
}

// textOnly is what remains of a post whose tags no parser can follow.
func (r *Renderer) textOnly(markup string, why error) Content {
	text := Plain(markup, 0)
	message := fmt.Sprintf("published as plain text, without its tags: %v", why)
	return Content{
		HTML:     html.EscapeString(text),
		Summary:  plain.Cut(text, r.summary),
		Problems: []blog.Problem{{Severity: blog.Warning, Message: message}},
	}
}

// Plain returns the text of an HTML fragment: tags and comments gone, entities
// decoded, white space folded to single spaces, and what XML forbids left out.
// With a limit above 0 the text has at most so many runes: a longer one is cut
// between two words and ends in an ellipsis, which counts. Text without markup
// changes in its white space only. It suits front matter as well as content.
func Plain(fragment string, limit int) string { return plain.Text(fragment, limit) }

// Written returns as plain text what an author wrote into a field that is no
// document: a description, a title. The tags of HTML's own elements go, and
// character references that end in a semicolon are resolved, as both are common
// there; but what HTML does not know, as in "List<String>", "a<b and c>d" or
// "?a=1&copy=2", is text.
func Written(text string) string { return plain.Written(text) }

// Cut shortens a plain text in one line to at most limit runes, between two
// words, and then with an ellipsis, which counts.
func Cut(text string, limit int) string { return plain.Cut(text, limit) }

// idPrefix is the same for a post wherever it is rendered.
func idPrefix(base string) string {
	h := fnv.New32a()
	_, _ = strings.NewReader(base).WriteTo(h)
	return fmt.Sprintf("p%08x-", h.Sum32())
}
