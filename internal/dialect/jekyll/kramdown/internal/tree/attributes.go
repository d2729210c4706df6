package tree

import (
	"slices"
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
)

// maxRefs is how deep names of attribute lists may lead to further ones.
const maxRefs = 8

// hidden is the attribute that hides an element.
const hidden = "hidden"

// Attr is an attribute of an element.
type Attr struct{ Key, Value string }

// Attrs are the attributes of an element, in the order in which they were set.
type Attrs []Attr

// Get returns the value of an attribute.
func (a Attrs) Get(key string) (string, bool) {
	for _, attr := range a {
		if attr.Key == key {
			return attr.Value, true
		}
	}
	return "", false
}

// Set sets an attribute.
func (a *Attrs) Set(key, value string) {
	for i := range *a {
		if (*a)[i].Key == key {
			(*a)[i].Value = value
			return
		}
	}
	*a = append(*a, Attr{key, value})
}

// Remove takes an attribute away.
func (a *Attrs) Remove(key string) {
	for i := range *a {
		if (*a)[i].Key == key {
			*a = append((*a)[:i:i], (*a)[i+1:]...)
			return
		}
	}
}

// AddClass adds a class to those that there are.
func (a *Attrs) AddClass(class string) {
	before, _ := a.Get("class")
	a.Set("class", strings.TrimSpace(before+" "+class))
}

// List is a list of attributes as an author wrote it: {: .class #id key="value" name}.
type List struct {
	Attrs   Attrs    // but classes
	Classes []string // in their order
	Refs    []string // names of other lists
}

// Has reports whether the list refers to another one of this name.
func (l *List) Has(ref string) bool {
	if l == nil {
		return false
	}
	for _, r := range l.Refs {
		if r == ref {
			return true
		}
	}
	return false
}

// MayHide reports whether a list may be meant to hide what it belongs to.
func (l *List) MayHide() bool {
	if l == nil {
		return false
	}
	if _, stated := l.Attrs.Get(hidden); stated {
		return true
	}
	style, _ := l.Attrs.Get("style")
	return style != "" || slices.ContainsFunc(l.Refs, func(ref string) bool { return strings.EqualFold(ref, hidden) })
}

// Parse adds what is written in a list. What is no attribute counts for nothing.
func (l *List) Parse(text string) {
	for at := 0; at < len(text); {
		if scan.IsSpace(text[at]) {
			at++
			continue
		}
		end := at
		for end < len(text) && !scan.IsSpace(text[end]) {
			end++
		}
		if n := l.pair(text[at:]); n > 0 {
			at += n
			continue
		}
		l.word(text[at:end])
		at = end
	}
}

// pair reads key="value" and returns its length, 0 if it is none.
func (l *List) pair(text string) int {
	name := nameLength(text)
	if name == 0 || name+1 >= len(text) || text[name] != '=' || text[name+1] != '"' && text[name+1] != '\'' {
		return 0
	}
	quote := text[name+1]
	var value strings.Builder
	for i := name + 2; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && (text[i+1] == '}' || text[i+1] == quote):
			i++
			value.WriteByte(text[i])
		case c == quote:
			if i+1 < len(text) && !scan.IsSpace(text[i+1]) {
				return 0
			}
			l.Attrs.Set(text[:name], strings.TrimSpace(value.String()))
			return i + 1
		default:
			value.WriteByte(c)
		}
	}
	return 0
}

// word reads a name of another list, or ids and classes without a space between them.
func (l *List) word(word string) {
	if n := nameLength(word); n == len(word) {
		l.Refs = append(l.Refs, word)
		return
	}
	for len(word) > 1 && (word[0] == '.' || word[0] == '#') {
		end := 1
		for end < len(word) && word[end] != '.' && word[end] != '#' {
			end++
		}
		switch {
		case word[0] == '.' && end > 1:
			l.Classes = append(l.Classes, word[1:end])
		case word[0] == '#' && end > 1 && scan.IsLetter(word[1]):
			l.Attrs.Set("id", word[1:end])
		}
		word = word[end:]
	}
}

// nameLength returns how long the name is that a text begins with.
func nameLength(text string) int {
	n := 0
	for n < len(text) && (scan.IsWord(text[n]) || n > 0 && (text[n] == '-' || text[n] == ':')) {
		n++
	}
	return n
}

// Merge adds another list.
func (l *List) Merge(o *List) {
	for _, a := range o.Attrs {
		l.Attrs.Set(a.Key, a.Value)
	}
	l.Classes = append(l.Classes, o.Classes...)
	l.Refs = append(l.Refs, o.Refs...)
}

// Apply gives a list to a node: the lists that it names first.
func (d *Document) Apply(n *Node, l *List) { d.apply(&n.Attrs, l, maxRefs) }

func (d *Document) apply(attrs *Attrs, l *List, depth int) {
	if l == nil || depth == 0 {
		return
	}
	for _, ref := range l.Refs {
		named := d.Lists[ref]
		switch {
		case named == nil && strings.EqualFold(ref, hidden): // the author takes the name for an attribute
			attrs.Set(hidden, hidden)
		case named != nil && d.Spend(named.size()):
			d.apply(attrs, named, depth-1)
		}
	}
	for _, class := range l.Classes {
		attrs.AddClass(class)
	}
	for _, a := range l.Attrs {
		if a.Key == "class" {
			attrs.AddClass(a.Value)
			continue
		}
		attrs.Set(a.Key, a.Value)
	}
}

// size returns about how many bytes a list costs where it is used.
func (l *List) size() int {
	n := 64
	for _, a := range l.Attrs {
		n += len(a.Key) + len(a.Value)
	}
	for _, c := range l.Classes {
		n += 8 * len(c)
	}
	return n
}
