// Package meta holds what front matter says: values, the keys that they stand under, and
// which of the fields of a post a key means.
//
// Pairs keep the order written, and each Value the text of its author and its line. A Keys
// table lists the names under which a dialect keeps its fields; Plain is the union of what
// generators use. Find looks a field up, All collects every key that may mean it, and an
// Index tells beforehand which fields a block can hold.
//
// Nothing here guesses: a value that is not of the form that a field needs is not found. Reading
// text into Pairs is the work of package frontmatter, and reading dates that of package dates.
// All functions are pure and may be called from many goroutines.
package meta

import "strings"

// Kind is the shape of a Value.
type Kind uint8

// The kinds. A date is a String: only package dates reads dates.
const (
	Null   Kind = iota // nothing, or what the format writes for it: "null", "~"
	String             // text, quoted or not
	Number             // as the format defines it; Text holds the digits as written
	Bool               // true or false; Value.Bool knows the other words
	List               // Value.List
	Map                // Value.Map
)

// Value is one value as it was written.
type Value struct {
	Kind   Kind
	Text   string // a scalar as written, without its quotes, escapes resolved; empty for lists and maps
	Quoted bool   // the scalar can be nothing but text: it stood in quotes or in a block scalar
	Line   int    // of the file, counted from 1; that of an alias, not of its anchor
	List   []Value
	Map    Pairs
}

// Pair is a key and its value.
type Pair struct {
	Key   string
	Value Value
	Line  int // of the key
}

// Pairs is a map in the order written. No key occurs twice, but two keys may differ in
// nothing but their case.
type Pairs []Pair

// Get returns the value of the key, written exactly so.
func (m Pairs) Get(key string) (Value, bool) {
	if i := m.Index(key); i >= 0 {
		return m[i].Value, true
	}
	return Value{}, false
}

// Index returns the position of the key, written exactly so; -1 if it is absent.
func (m Pairs) Index(key string) int {
	for i := range m {
		if m[i].Key == key {
			return i
		}
	}
	return -1
}

// OnLine reports whether a key of m, at any depth, stands on the line.
func (m Pairs) OnLine(line int) bool {
	for i := range m {
		if m[i].Line == line || m[i].Value.Map.OnLine(line) {
			return true
		}
	}
	return false
}

// Empty reports whether nothing was written: null, text of white space only, a
// list or a map without members.
func (v Value) Empty() bool {
	switch v.Kind {
	case Null:
		return true
	case List:
		return len(v.List) == 0
	case Map:
		return len(v.Map) == 0
	}
	return strings.TrimSpace(v.Text) == ""
}

// Strings returns the scalars of a list, or the one scalar that v is, as text
// without surrounding white space. Numbers and booleans count as text. Empty texts are
// dropped, and so are lists and maps inside the list. A map gives nil.
func (v Value) Strings() []string {
	members := v.List
	if v.Kind != List {
		members = []Value{v}
	}
	var texts []string
	for _, member := range members {
		if text := strings.TrimSpace(member.Text); text != "" && member.Kind != Null {
			texts = append(texts, text)
		}
	}
	return texts
}
