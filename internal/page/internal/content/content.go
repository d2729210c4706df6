// Package content makes the HTML of a post fit for its page.
package content

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Fit makes a fragment, sanitised and with absolute addresses, fit for the page
// at address. What it does, page.Content says.
func Fit(fragment, address string, size func(src string) (width, height int)) string {
	body := &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	nodes, err := html.ParseFragment(strings.NewReader(fragment), body)
	if err != nil {
		return html.EscapeString(fragment)
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	c := content{address: address, size: size, ids: map[string]bool{}}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		c.host = u.Scheme + "://" + u.Host
	}
	var elements []*html.Node // collected first: some are moved
	for n := range body.Descendants() {
		if n.Type == html.ElementNode {
			elements = append(elements, n)
		}
	}
	for _, n := range elements {
		c.mend(n)
	}
	var b strings.Builder
	for n := range body.ChildNodes() {
		if err := html.Render(&b, n); err != nil {
			return html.EscapeString(fragment)
		}
	}
	return b.String()
}

type content struct {
	address, host string

	size   func(string) (int, int)
	ids    map[string]bool
	levels []int // of the headings that the present one stands below, as written
}

// today is what became of elements that HTML has given up, or has once a page.
var today = map[string]string{
	"tt": "code", "strike": "s", "big": "span", "main": "div", "center": "div",
}

// inline are elements that hold no paragraphs.
var inline = map[atom.Atom]bool{
	atom.Pre: true, atom.Code: true, atom.Span: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
}

// past are attributes that are for style sheets now.
var past = map[string]bool{"valign": true, "bgcolor": true, "border": true, "abbr": true}

func (c *content) mend(n *html.Node) {
	if name, ok := today[n.Data]; ok {
		rename(n, name)
	}
	switch {
	case (n.DataAtom == atom.P || n.DataAtom == atom.Div) && inline[n.Parent.DataAtom]:
		rename(n, "span")
	case n.DataAtom == atom.Li && n.Parent.DataAtom != atom.Ul && n.Parent.DataAtom != atom.Ol:
		rename(n, "div")
		remove(n, "value")
	}
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a, ok := c.attribute(n, a); ok {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		rename(n, "h"+string(rune('0'+c.level(int(n.Data[1]-'0')))))
	case "img":
		c.picture(n)
	case "pre":
		n.Attr = append(n.Attr, html.Attribute{Key: "tabindex", Val: "0"})
		if value(n, "dir") == "" {
			n.Attr = append(n.Attr, html.Attribute{Key: "dir", Val: "ltr"})
		}
	case "table":
		around(n, atom.Div, html.Attribute{Key: "class", Val: "wide"}, html.Attribute{Key: "tabindex", Val: "0"})
	case "ul", "ol":
		itemise(n)
	}
}

func rename(n *html.Node, name string) { n.Data, n.DataAtom = name, atom.Lookup([]byte(name)) }

// level returns the level of a heading: one below the one that it stands under.
func (c *content) level(written int) int {
	for len(c.levels) > 0 && c.levels[len(c.levels)-1] >= written {
		c.levels = c.levels[:len(c.levels)-1]
	}
	c.levels = append(c.levels, written)
	return min(1+len(c.levels), 6)
}

// attribute returns an attribute as a page has it; false if it must go.
func (c *content) attribute(n *html.Node, a html.Attribute) (html.Attribute, bool) {
	table := n.DataAtom == atom.Table || n.DataAtom == atom.Td || n.DataAtom == atom.Th || n.DataAtom == atom.Col
	switch a.Key {
	case "id":
		a.Val = own(a.Val)
		repeated := c.ids[a.Val]
		c.ids[a.Val] = true
		return a, !repeated
	case "href", "src", "poster":
		if u, err := url.Parse(a.Val); a.Key == "href" && err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host == "" {
			return a, false // a mistyped address leads nowhere
		}
		a.Val = Local(c.host, a.Val)
		if strings.HasPrefix(a.Val, Local(c.host, c.address)+"#") {
			a.Val = "#" + own(a.Val[strings.IndexByte(a.Val, '#')+1:])
		}
	case "srcset":
		candidates := strings.Split(a.Val, ", ")
		for i := range candidates {
			candidates[i] = Local(c.host, candidates[i])
		}
		a.Val = strings.Join(candidates, ", ")
	case "align":
		return html.Attribute{Key: "class", Val: "align-" + strings.ToLower(a.Val)}, value(n, "class") == ""
	case "width", "height":
		return a, !table && strings.Trim(a.Val, "0123456789") == ""
	}
	return a, !past[a.Key]
}

// own returns an id of the post as its page has it: those with a low line at the
// beginning are the page's.
func own(id string) string {
	if strings.HasPrefix(id, "_") {
		return "post" + id
	}
	return id
}

// picture gives a picture its size, and has it loaded when it is needed.
func (c *content) picture(n *html.Node) {
	if value(n, "alt") == "" {
		remove(n, "alt")
		n.Attr = append(n.Attr, html.Attribute{Key: "alt"})
	}
	if value(n, "width") == "" && value(n, "height") == "" && c.size != nil {
		src := value(n, "src")
		if strings.HasPrefix(src, "/") {
			src = c.host + src
		}
		if w, h := c.size(src); w > 0 && h > 0 {
			n.Attr = append(n.Attr, html.Attribute{Key: "width", Val: strconv.Itoa(w)}, html.Attribute{Key: "height", Val: strconv.Itoa(h)})
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: "loading", Val: "lazy"})
}

// itemise makes items of what a list holds besides.
func itemise(list *html.Node) {
	for _, n := range slices.Collect(list.ChildNodes()) { // before they are moved
		text := n.Type == html.TextNode && strings.TrimSpace(n.Data) != ""
		if text || n.Type == html.ElementNode && n.DataAtom != atom.Li {
			around(n, atom.Li)
		}
	}
}

// around puts an element around a node.
func around(n *html.Node, name atom.Atom, attributes ...html.Attribute) {
	box := &html.Node{Type: html.ElementNode, DataAtom: name, Data: name.String(), Attr: attributes}
	n.Parent.InsertBefore(box, n)
	n.Parent.RemoveChild(n)
	box.AppendChild(n)
}

func value(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func remove(n *html.Node, key string) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key != key {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
}

// Local returns an address of a site without its scheme and host, and any other
// as it is.
func Local(host, address string) string {
	path, ok := strings.CutPrefix(address, host)
	switch {
	case !ok || host == "" || path != "" && !strings.Contains("/?#", path[:1]) || strings.HasPrefix(path, "//"):
		return address
	case !strings.HasPrefix(path, "/"):
		return "/" + path
	}
	return path
}
