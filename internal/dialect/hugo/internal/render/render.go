// Package render shows the shortcodes of a page: those that Hugo brings along and those that the
// site has layouts for. Of others what stands between their tags stays. In go the body of a page and
// what its layouts may ask for; out comes the body in Markdown, and what could not be shown.
package render

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"broadsheet/internal/dialect/hugo/internal/builtin"
	"broadsheet/internal/dialect/hugo/layout"
	"broadsheet/internal/dialect/hugo/shortcode"
	"broadsheet/internal/dialect/internal/text"
)

// Page is what the shortcodes of a page are shown by.
type Page struct {
	Layouts   *layout.Set
	Env       layout.Env                         // the rest of it is filled in here
	Reference func(path, language string) string // the address of another page
	Report    func(tag, message string)          // told what is wrong with a tag as it is written; empty: with the page
}

// Body shows the shortcodes of a body.
func Body(body []byte, p Page) []byte {
	shown := string(body)
	x := &showing{Page: p, told: map[string]bool{}}
	x.Env.Page.Site, x.Env.Page.Reference = p.Env.Site, p.Reference
	x.Env.Page.Render = func(text string) (template.HTML, error) { return template.HTML(x.run.Inline(text)), nil } //nolint:gosec // the sanitiser comes later
	x.Env.AsksNow = x.tellOfNow
	x.run = p.Layouts.NewRun(x.Env)
	return []byte(x.body(shortcode.Parse(text.WithoutComments(shown))))
}

// Holds reports whether a body may hold shortcodes.
func Holds(body []byte) bool {
	return bytes.Contains(body, []byte("{{<")) || bytes.Contains(body, []byte("{{%"))
}

// showing is the shortcodes of one page as they are being shown.
type showing struct {
	Page
	run   *layout.Run
	told  map[string]bool // messages
	depth int             // how many shortcodes enclose the one that is being shown
}

// tellOfNow says what stands for the present moment.
func (x *showing) tellOfNow() {
	const message = `a shortcode shows the present moment ("now"): feeds show that of the post's last change instead`
	if !x.told[message] {
		x.told[message] = true
		x.Report("", message)
	}
}

// body shows the shortcodes of the page itself. What {{< >}} shows is HTML, which Markdown
// leaves alone; what {{% %}} shows is Markdown.
func (x *showing) body(nodes []shortcode.Node) string {
	var out strings.Builder
	place := shortcode.NewPlace()
	x.pieces(&out, place, nodes, "")
	return out.String()
}

// pieces shows nodes, behind which comes a text.
func (x *showing) pieces(out *strings.Builder, place *shortcode.Place, nodes []shortcode.Node, behind string) {
	for i, n := range nodes {
		if n.Tag == nil {
			out.WriteString(n.Text)
			place.Pass(n.Text)
			continue
		}
		next := behind
		if i+1 < len(nodes) {
			next = nodes[i+1].Text
		}
		x.piece(out, place, n, call{ordinal: i, next: next})
	}
}

// call is where a shortcode is used.
type call struct {
	ordinal int
	next    string       // what comes behind it
	parent  *layout.Call // the one of the site's that encloses it; nil: none
	inside  bool         // another encloses it
}

func (x *showing) piece(out *strings.Builder, place *shortcode.Place, n shortcode.Node, c call) {
	at := place.Of(c.next)
	shown, how := x.show(n, c, at)
	switch {
	case how == notShown:
		x.pieces(out, place, n.Tag.Inner, c.next)
		return
	case how == asIs || n.Tag.Markdown:
		out.WriteString(shown)
		place.Pass(shown)
		return
	}
	out.WriteString(shortcode.Frozen(shown, at))
	if at == shortcode.Alone {
		out.WriteString(strings.Repeat("\n", n.Tag.Lines))
	}
	place.Stand()
}

// form is what a shortcode came to.
type form uint8

const (
	notShown form = iota // nobody knows it: what it encloses stays, which is given inside of others
	asHTML
	asIs // Markdown, whatever its tags are
)

// show shows one shortcode.
func (x *showing) show(n shortcode.Node, c call, at shortcode.Spot) (string, form) {
	tag := n.Tag
	if x.depth++; x.depth > maxDepth {
		x.depth--
		x.warn(n, "shortcodes enclose each other too often: those further inside are left out")
		return "", asHTML
	}
	defer func() { x.depth-- }()
	if x.Layouts.Has(tag.Name) {
		return x.ofSite(n, c)
	}
	switch {
	case builtin.IsReference(tag.Name):
		return x.Reference(builtin.Reference(tag)), asIs
	case tag.Name == "highlight":
		shown, isMarkdown := builtin.Highlight(tag, at)
		if isMarkdown {
			return shown, asIs
		}
		return shown, asHTML
	}
	shown, known := builtin.Show(shownPage{x}, tag, func() string { return x.inner(tag, c.parent) })
	if !known {
		x.warn(n, fmt.Sprintf("unknown shortcode %q: its tags are left out, what stands between them stays", tag.Written))
		return x.innerOfUnknown(tag, c), notShown
	}
	return shown, asHTML
}

// shownPage is the page as Hugo's own shortcodes ask for it.
type shownPage struct{ x *showing }

func (p shownPage) Param(key string) any                 { return p.x.Env.Page.Param(key) }
func (p shownPage) Markdown(text string) (string, error) { return p.x.Env.Markdown(text) }
func (p shownPage) Inline(text string) string            { return p.x.run.Inline(text) }

// ofSite shows a shortcode that the site has a layout for.
func (x *showing) ofSite(n shortcode.Node, c call) (string, form) {
	tag := n.Tag
	one := &layout.Call{Args: tag.Args, Name: tag.Written, Ordinal: c.ordinal, Parent: c.parent, Page: x.Env.Page}
	inner := x.inner(tag, one)
	if tag.Markdown && c.parent != nil {
		inner = x.run.Inline(inner)
	}
	one.Inner = template.HTML(inner) //nolint:gosec // the sanitiser comes later
	shown, err := x.run.Shortcode(tag.Name, one)
	if err != nil {
		x.warn(n, fmt.Sprintf("the shortcode %q is not shown: %v; what stands between its tags stays", tag.Written, err))
		return inner, notShown
	}
	return shown, asHTML
}

// innerOfUnknown is what an unknown shortcode encloses; on the page itself that is shown
// as what it is, Markdown.
func (x *showing) innerOfUnknown(tag *shortcode.Tag, c call) string {
	if !c.inside {
		return ""
	}
	return x.inner(tag, c.parent)
}

// maxDepth is how many shortcodes may enclose one.
const maxDepth = 32

// inner is what a shortcode encloses, with the shortcodes in it shown.
func (x *showing) inner(tag *shortcode.Tag, parent *layout.Call) string {
	var out strings.Builder
	ordinal := 0
	for _, n := range tag.Inner {
		if n.Tag == nil {
			out.WriteString(n.Text)
			continue
		}
		shown, _ := x.show(n, call{ordinal: ordinal, parent: parent, inside: true}, shortcode.InText)
		ordinal++
		out.WriteString(strings.TrimRight(shown, "\n"))
		if out.Len() > maxInner {
			return ""
		}
	}
	return out.String()
}

// maxInner is how many bytes a shortcode may enclose, once those in it are shown: each
// that encloses another could double them.
const maxInner = 4 << 20

// maxTold bounds how many shortcodes of a page are named.
const maxTold = 20

// warn tells of a shortcode that cannot be shown, once for each page.
func (x *showing) warn(n shortcode.Node, message string) {
	if x.told[message] || len(x.told) >= maxTold {
		return
	}
	x.told[message] = true
	x.Report(n.Text, message)
}
