// Package unseen takes out of a post what its author wrote for nobody to read:
// elements that a page does not show, what an attribute list hides, comments of HTML
// and of the languages in which posts are written.
//
// In goes Markdown, or a tree of HTML; out comes the same without it. Code stays
// as it is, and so does every line on its number. No text takes more than a time
// in proportion to its length.
package unseen

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"broadsheet/internal/markdown/internal/dom"
)

// Remove takes the elements below root out that a page does not show. The
// attributes that hide them would not survive in a feed, and they would.
func Remove(root *html.Node) {
	var hidden []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && Hidden(n.DataAtom, n.Attr) {
			hidden = append(hidden, n)
		}
	}
	for _, n := range hidden {
		dom.Remove(n)
	}
}

// Hidden reports whether an element of these attributes is not shown.
func Hidden(element atom.Atom, attributes []html.Attribute) bool {
	open := element != atom.Dialog
	for _, a := range attributes {
		switch strings.ToLower(a.Key) {
		case "hidden":
			return true
		case "open":
			open = true
		case "style":
			if hides(a.Val) {
				return true
			}
		case "type":
			if element == atom.Input && strings.EqualFold(strings.TrimSpace(a.Val), "hidden") {
				return true
			}
		}
	}
	return !open || element == atom.Template
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssEscape  = regexp.MustCompile(`\\0{0,4}([46][0-9a-fA-F]|[57][0-9aA])[ \t\n]?|\\([g-zG-Z-])`)
)

// hides reports whether a style hides its element. When one declaration does and
// another does not, it does.
func hides(style string) bool {
	style = cssComment.ReplaceAllString(style, "")
	style = cssEscape.ReplaceAllStringFunc(style, unescaped)
	for declaration := range strings.SplitSeq(strings.ToLower(style), ";") {
		property, value, _ := strings.Cut(declaration, ":")
		value, _, _ = strings.Cut(value, "!")
		switch value = strings.TrimSpace(value); strings.TrimSpace(property) {
		case "display":
			if value == "none" {
				return true
			}
		case "visibility", "content-visibility":
			if value == "hidden" || value == "collapse" {
				return true
			}
		}
	}
	return false
}

// unescaped resolves an escape of CSS that stands for an ASCII letter.
func unescaped(escape string) string {
	m := cssEscape.FindStringSubmatch(escape)
	if m[2] != "" {
		return m[2]
	}
	code, err := strconv.ParseUint(m[1], 16, 8)
	if err != nil {
		return escape
	}
	return string(rune(code))
}
