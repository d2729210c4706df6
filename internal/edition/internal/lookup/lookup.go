// Package lookup finds documents by path.
//
// In go documents with their paths; out comes a Table that finds each under its canonical
// path and its aliases.
package lookup

import "broadsheet/internal/edition/internal/paths"

// Table holds documents, and the paths under which they are found.
type Table[D any] struct {
	Order   []D               // as they were given
	Aliases map[string]string // canonical paths by folded path, and by others as they are written; canonical ones included

	documents map[string]D // by canonical path
}

// New returns the table of these documents. Their paths are canonical ones and others.
func New[D any](order []D, pathsOf func(D) (canonical string, others []string)) *Table[D] {
	t := &Table[D]{
		Order: order, documents: make(map[string]D, len(order)), Aliases: make(map[string]string, 2*len(order)),
	}
	for _, d := range order {
		canonical, others := pathsOf(d)
		t.documents[canonical] = d
		for _, other := range others {
			t.Aliases[other], t.Aliases[paths.Fold(other)] = canonical, canonical
		}
	}
	for _, d := range order {
		canonical, _ := pathsOf(d)
		t.Aliases[paths.Fold(canonical)] = canonical
	}
	delete(t.Aliases, "") // paths that are too long to be folded
	return t
}

// AddAlias adds another path of a document, unless the path has one.
func (t *Table[D]) AddAlias(alias, canonical string) {
	if t.Aliases[alias] == "" {
		t.Aliases[alias] = canonical
	}
}

// At returns the document that has this very path; the zero D if there is none.
func (t *Table[D]) At(canonical string) D { return t.documents[canonical] }

// Find returns the document of a canonical path or of a folded alias; the zero D if there
// is none.
func (t *Table[D]) Find(path string) D {
	if d, ok := t.documents[path]; ok {
		return d
	}
	return t.documents[t.Aliases[path]]
}
