package meta

import "strings"

// Keys lists the keys under which a dialect keeps its fields.
type Keys struct {
	// Exact makes the case of keys matter.
	Exact bool
	// Names lists the keys of each field, in the order of precedence. A key with dots is
	// looked up in nested maps: "image.path".
	Names map[Field][]string
}

// Find returns the value of a field in m and its key as written there. The first key of the
// table that holds something wins. A value counts as absent if it is empty, or cannot be the
// field: a date or a permalink is never a boolean, a switch is nothing else, and an image is no
// map. Of keys that differ in nothing but their case the last one wins, unless k is exact.
func (k Keys) Find(m Pairs, f Field) (Value, string, bool) {
	for _, name := range k.Names[f] {
		if v, key, ok := k.FindKey(m, f, name); ok {
			return v, key, true
		}
	}
	return Value{}, "", false
}

// FindKey is Find for one name of the field only, which need not be in the table.
func (k Keys) FindKey(m Pairs, f Field, name string) (Value, string, bool) {
	v, key, ok := k.lookup(m, name)
	if !ok || v.Empty() || !f.fits(v) {
		return Value{}, "", false
	}
	return v, key, true
}

// Written returns the key under which m has the field, as written there, whatever its value.
func (k Keys) Written(m Pairs, f Field) (string, bool) {
	for _, name := range k.Names[f] {
		if _, key, ok := k.lookup(m, name); ok {
			return key, true
		}
	}
	return "", false
}

// lookup follows a name with dots through maps.
func (k Keys) lookup(m Pairs, name string) (Value, string, bool) {
	head, tail, dotted := strings.Cut(name, ".")
	for i := len(m) - 1; i >= 0; i-- {
		// Names are ASCII, so that keys of another length are other keys.
		if len(m[i].Key) != len(head) || m[i].Key != head && (k.Exact || !strings.EqualFold(m[i].Key, head)) {
			continue
		}
		if !dotted {
			return m[i].Value, m[i].Key, true
		}
		v, key, ok := k.lookup(m[i].Value.Map, tail)
		return v, m[i].Key + "." + key, ok
	}
	return Value{}, "", false
}

// Found is a value, and the key under which it was written.
type Found struct {
	Value
	Key string
}

// All returns every value that stands under a name of the field, in the order of the table and
// of the file, unless nothing was written (see Value.Said). Unlike Find it ignores case,
// hyphens and the like in keys: is_draft, isDraft and Is-Draft are one. So no spelling of a
// switch is missed.
func (k Keys) All(m Pairs, f Field) []Found {
	var all []Found
	for _, name := range k.Names[f] {
		all = appendFound(all, m, "", name)
	}
	return all
}

func appendFound(all []Found, m Pairs, above, name string) []Found {
	head, tail, dotted := strings.Cut(name, ".")
	head = FoldKey(head)
	for i := range m {
		if FoldKey(m[i].Key) != head {
			continue
		}
		switch v := m[i].Value; {
		case dotted:
			all = appendFound(all, v.Map, above+m[i].Key+".", tail)
		case v.Said():
			all = append(all, Found{v, above + m[i].Key})
		}
	}
	return all
}
