// Package links makes every address in a post absolute, so that it leads to the
// same place wherever the post is read.
//
// In goes a sanitised tree, which is changed in place. Afterwards each address
// in it is a valid URI with a scheme, written in ASCII; where it could not be
// made one, it has still a scheme, and a problem says what is wrong. An
// address that would run a script is gone. Making absolute what is absolute
// already changes nothing.
package links

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown/internal/dom"
	"broadsheet/internal/markdown/internal/plain"
)

// maxProblems bounds what is said about one post.
const maxProblems = 20

// addressed are the attributes that hold one address.
var addressed = map[string]bool{"href": true, "src": true, "poster": true, "cite": true}

// Page is one post, as the place that addresses are relative to.
type Page struct {
	Problems []blog.Problem // warnings without File, in the order of the document; Line is 0 where unknown
	Lost     []Lost         // relative addresses that were not found

	find   func(ref string) (string, bool)
	base   *url.URL
	source string // to find lines in
	line   int    // of the file, where source begins
}

// Lost is a relative address for which nothing was found but what the rules of
// the web make of it.
type Lost struct {
	Ref  string // as written
	URL  string // what became of it
	Line int    // of the file; 0: unknown
	Link bool   // it leads somewhere; others show or play something
}

// New returns the page at base, which must be an absolute http or https URL.
// The source, which begins on the given line of its file, says on which line
// an address was written. find, which may be nil, is asked for relative
// addresses.
func New(base, source string, line int, find func(ref string) (string, bool)) (*Page, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("parse base URL: %w", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("base URL %q: expected an absolute http or https URL", base)
	}
	canonical, _ := resolve(u, base, false)
	if u, err = url.Parse(canonical); err != nil {
		return nil, fmt.Errorf("parse base URL: %w", err)
	}
	return &Page{find: find, base: u, source: source, line: max(line, 1)}, nil
}

// Silent returns the same page without a source, for addresses that were
// reported before.
func (p *Page) Silent() *Page { return &Page{base: p.base} }

// Absolutise leaves no address in the tree that depends on where it stands.
// An attribute whose address is refused goes; an image without any becomes
// its alternative text.
func (p *Page) Absolutise(root *html.Node) {
	for _, n := range slices.Collect(root.Descendants()) {
		if n.Type != html.ElementNode {
			continue
		}
		kept := n.Attr[:0]
		for _, a := range n.Attr {
			if a.Val = p.value(n, a); a.Val != "" || !addressed[a.Key] && a.Key != "srcset" {
				kept = append(kept, a)
			}
		}
		n.Attr = kept
		dropHollow(n)
	}
}

func (p *Page) value(n *html.Node, a html.Attribute) string {
	image := n.DataAtom == atom.Img || n.DataAtom == atom.Source
	switch {
	case a.Key == "srcset":
		return p.set(a.Val)
	case !addressed[a.Key]:
		return a.Val
	case a.Key != "href" && strings.TrimSpace(a.Val) == "":
		return "" // only a link may mean the page that it stands on
	}
	if address, ok := p.found(a.Val); ok {
		return address
	}
	result := p.absolute(a.Val, image)
	p.lose(a.Val, result, a.Key == "href" || a.Key == "cite")
	return result
}

// dropHollow takes away what has lost its only address.
func dropHollow(n *html.Node) {
	_, src := dom.Attr(n, "src")
	_, set := dom.Attr(n, "srcset")
	switch {
	case src || set:
	case n.DataAtom == atom.Img:
		alt, _ := dom.Attr(n, "alt")
		dom.Replace(n, dom.Text(alt))
	case n.DataAtom == atom.Source, n.DataAtom == atom.Track:
		dom.Remove(n)
	}
}

// absolute is the whole of one address; empty means that it must go.
func (p *Page) absolute(raw string, image bool) string {
	result, complaint := resolve(p.base, raw, image)
	if complaint != "" {
		p.report(raw, complaint)
	}
	return result
}

var descriptor = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?[wxh]( [0-9]+h)?$`)

// set makes the candidates of a srcset absolute. As the HTML standard has it,
// an address runs to the next white space, and a comma at its end closes it.
func (p *Page) set(raw string) string {
	var kept []string
	for rest := trimSet(raw); rest != ""; rest = trimSet(rest) {
		end := strings.IndexAny(rest, " \t\n\r\f")
		if end < 0 {
			end = len(rest)
		}
		ref, size := strings.TrimRight(rest[:end], ","), ""
		if rest = rest[end:]; len(ref) == end {
			size, rest, _ = strings.Cut(rest, ",")
		}
		if ref = p.candidate(ref); ref == "" {
			continue
		}
		if size = strings.Join(strings.Fields(size), " "); descriptor.MatchString(size) {
			ref += " " + size
		}
		kept = append(kept, ref)
	}
	return strings.Join(kept, ", ")
}

func (p *Page) candidate(raw string) string {
	if address, ok := p.found(raw); ok {
		return address
	}
	result := p.absolute(raw, true)
	p.lose(raw, result, false)
	return result
}

// found asks for a relative address.
func (p *Page) found(raw string) (string, bool) {
	ref := strip(raw)
	if p.find == nil || !isRelative(ref) {
		return "", false
	}
	address, ok := p.find(ref)
	if !ok {
		return "", false
	}
	result, complaint := resolve(p.base, address, false)
	return result, complaint == ""
}

// lose notes a relative address that was not found, once.
func (p *Page) lose(raw, result string, link bool) {
	if p.find == nil || !isRelative(strip(raw)) || len(p.Lost) > maxProblems {
		return
	}
	known := slices.ContainsFunc(p.Lost, func(l Lost) bool { return l.Ref == raw && l.URL == result && l.Link == link })
	if !known {
		p.Lost = append(p.Lost, Lost{Ref: raw, URL: result, Line: p.lineOf(raw), Link: link})
	}
}

// isRelative reports whether a reference names neither scheme nor host and is
// more than a fragment or a query.
func isRelative(ref string) bool {
	return ref != "" && ref[0] != '#' && ref[0] != '?' && !strings.HasPrefix(ref, "//") && !schemeStart.MatchString(ref)
}

func trimSet(rest string) string { return strings.TrimLeft(rest, ", \t\n\r\f") }

// report says once what is wrong with an address.
func (p *Page) report(raw, complaint string) {
	message := fmt.Sprintf("URL %q: %s", plain.Cut(raw, 200), complaint)
	if slices.ContainsFunc(p.Problems, func(q blog.Problem) bool { return q.Message == message }) {
		return
	}
	line := 0
	switch {
	case len(p.Problems) > maxProblems:
		return
	case len(p.Problems) == maxProblems:
		message = "more URLs are wrong; only the first are named"
	default:
		line = p.lineOf(raw)
	}
	p.Problems = append(p.Problems, blog.Problem{Line: line, Severity: blog.Warning, Message: message})
}

// lineOf finds an address in the source, where it may be written in other
// ways than the parsers hand it on. It returns 0 when it is not found.
func (p *Page) lineOf(raw string) int {
	decoded, err := url.PathUnescape(raw)
	if err != nil {
		decoded = raw
	}
	for _, form := range []string{raw, decoded, html.EscapeString(raw), strings.ReplaceAll(raw, "&", "&amp;")} {
		if at := strings.Index(p.source, form); at >= 0 {
			return p.line + strings.Count(p.source[:at], "\n")
		}
	}
	return 0
}
