package frontmatter

import "strings"

// Kind is the shape of a Value.
type Kind uint8

// The kinds. A date is a String: only ParseDate reads dates.
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
	Line   int    // of the file, counted from 1; where an alias stands, not where it points
	List   []Value
	Map    Pairs
}

// Pair is a key and its value.
type Pair struct {
	Key   string
	Value Value
	Line  int // of the key
}

// Pairs is a map in the order written. No key occurs twice, but two keys may
// differ in nothing but their case.
type Pairs []Pair

// Get returns the value of the key, written exactly so.
func (m Pairs) Get(key string) (Value, bool) {
	if i := m.index(key); i >= 0 {
		return m[i].Value, true
	}
	return Value{}, false
}

func (m Pairs) index(key string) int {
	for i := range m {
		if m[i].Key == key {
			return i
		}
	}
	return -1
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
// without surrounding white space. Numbers and booleans count as text; what is
// empty is dropped, as are lists and maps inside the list. A map gives nil.
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

// Bool reads true, false, yes, no, on and off, in any case and quoted or not.
// It returns false for ok when v is something else.
func (v Value) Bool() (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(v.Text)) {
	case "true", "yes", "on":
		return true, true
	case "false", "no", "off":
		return false, true
	}
	return false, false
}
