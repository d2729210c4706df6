// Package shortcode reads the shortcodes of a text, and writes what they show into
// Markdown so that it stays as it is there.
package shortcode

import (
	"strings"

	"broadsheet/internal/dialect/hugo/layout"
)

// Node is a piece of a text: words, or a shortcode.
type Node struct {
	Text string // as written; of a shortcode, its opening tag
	Tag  *Tag   // nil: words
}

// Tag is a shortcode.
type Tag struct {
	Name     string // in lower case
	Written  string // as it is written
	Markdown bool   // what it shows is Markdown: {{% %}}
	Args     layout.Args
	Inner    []Node // what it encloses
	Raw      string // that as it is written
	Closed   bool   // a tag closes it
	Lines    int    // how many ends of lines stand in it
	At       int    // where it begins in the text
}

// token is a piece of a text in which tags are not matched yet.
type token struct {
	node    Node
	closing bool
	whole   bool // closes itself
	end     int  // where it ends in the text
}

// Parse reads the shortcodes of a text. A tag that nothing closes encloses nothing; what
// closes nothing is left out. What is commented out shows as a tag.
func Parse(text string) []Node {
	var nodes []Node
	open := map[string]int{}
	for _, t := range tokens(text) {
		switch {
		case t.node.Tag == nil || t.whole:
			nodes = append(nodes, t.node)
		case !t.closing:
			open[t.node.Tag.Name]++
			nodes = append(nodes, t.node)
		case open[t.node.Tag.Name] > 0:
			nodes = enclose(nodes, t, text, open)
		}
	}
	return nodes
}

// enclose gives the last tag of a name, which is open, all nodes behind it.
func enclose(nodes []Node, closing token, text string, open map[string]int) []Node {
	for i := len(nodes) - 1; i >= 0; i-- {
		tag := nodes[i].Tag
		if tag == nil || tag.Closed {
			continue
		}
		if tag.Name != closing.node.Tag.Name || open[tag.Name] == 0 {
			continue
		}
		for _, inside := range nodes[i+1:] { // these are open no longer
			if inside.Tag != nil && !inside.Tag.Closed && open[inside.Tag.Name] > 0 && inside.Tag.Name != tag.Name {
				open[inside.Tag.Name]--
				inside.Tag.Closed = true
			}
		}
		open[tag.Name]--
		begin := tag.At + len(nodes[i].Text)
		tag.Inner = append([]Node{}, nodes[i+1:]...)
		tag.Raw, tag.Closed = text[begin:closing.node.Tag.At], true
		tag.Lines += strings.Count(text[begin:closing.end], "\n")
		return nodes[:i+1]
	}
	return nodes
}

// tokens cuts a text into words and tags.
func tokens(text string) []token {
	l := lexer{text: text}
	var all []token
	begin := 0
	for at := 0; ; {
		next := strings.Index(text[at:], "{{")
		if next < 0 || at+next+3 > len(text) {
			return append(all, words(text[begin:]))
		}
		at += next
		if kind := text[at+2]; kind != '<' && kind != '%' {
			at++
			continue
		}
		t, ok := l.tag(at)
		if !ok {
			at += 3
			continue
		}
		if at > begin {
			all = append(all, words(text[begin:at]))
		}
		all = append(all, t)
		at, begin = t.end, t.end
	}
}

func words(text string) token { return token{node: Node{Text: text}} }
