// Package dom holds the few moves on an HTML tree that the others share: to
// read and write fragments, to look at elements, and to put one in the place
// of another.
//
// In goes any text at all; out come trees whose text and attributes are valid
// UTF-8 without the characters that XML 1.0 forbids. No function panics on a
// node without a parent.
package dom

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Parse reads a fragment as if it stood in a body without scripts, under a
// root that is no element of it. It fails where elements are nested more than
// 512 deep.
func Parse(fragment string) (*html.Node, error) {
	body := &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(fragment), body, html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, fmt.Errorf("parse HTML: %w", err)
	}
	root := &html.Node{Type: html.DocumentNode}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	for n := range root.Descendants() {
		clean(n)
	}
	return root, nil
}

// Render writes the fragment below root as HTML.
func Render(root *html.Node) (string, error) {
	var b strings.Builder
	if err := html.Render(&b, root); err != nil {
		return "", fmt.Errorf("write HTML: %w", err)
	}
	return b.String(), nil
}

// Text makes a node of text.
func Text(text string) *html.Node { return &html.Node{Type: html.TextNode, Data: text} }

// TextOf returns all text below n, run together.
func TextOf(n *html.Node) string {
	var b strings.Builder
	for inner := range n.Descendants() {
		if inner.Type == html.TextNode {
			b.WriteString(inner.Data)
		}
	}
	return b.String()
}

// Attr returns the value of an attribute, and whether n has it.
func Attr(n *html.Node, key string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// SetAttr gives an attribute a value, adding it where n lacks it.
func SetAttr(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// Remove takes n and all below it out of its tree.
func Remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// Replace puts other, or nothing when it is nil, in the place of n.
func Replace(n, other *html.Node) {
	if n.Parent != nil && other != nil {
		n.Parent.InsertBefore(other, n)
	}
	Remove(n)
}

// Unwrap puts the children of n in its place.
func Unwrap(n *html.Node) {
	for c := n.FirstChild; c != nil && n.Parent != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	Remove(n)
}

// Has reports whether any of the wanted elements is below n.
func Has(n *html.Node, wanted ...atom.Atom) bool {
	for inner := range n.Descendants() {
		if inner.Type == html.ElementNode && slices.Contains(wanted, inner.DataAtom) {
			return true
		}
	}
	return false
}

// Within reports whether n is below an element of the wanted kind.
func Within(n *html.Node, wanted atom.Atom) bool {
	for outer := range n.Ancestors() {
		if outer.DataAtom == wanted {
			return true
		}
	}
	return false
}

// clean does for what entities spelt out what Printable does for bytes.
func clean(n *html.Node) {
	if n.Type == html.TextNode {
		n.Data = Printable(n.Data)
	}
	for i := range n.Attr {
		n.Attr[i].Val = Printable(n.Attr[i].Val)
	}
}

// Printable repairs invalid UTF-8 and leaves out the characters that XML 1.0
// section 2.2 forbids. It returns text itself when nothing is wrong with it.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == '\uFFFE', r == '\uFFFF':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
