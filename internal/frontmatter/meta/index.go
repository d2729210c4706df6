package meta

import (
	"strings"
	"unicode"
)

// Fields is a set of fields.
type Fields uint64

// Has reports whether the field is in the set.
func (s Fields) Has(f Field) bool { return s&(1<<f) != 0 }

// Index maps each folded key (see FoldKey) to the fields that may be found under it. A block
// holds a few of the fields that a table knows; with the index only these are looked up.
type Index map[string]Fields

// Index returns the index of the table.
func (k Keys) Index() Index {
	x := make(Index, 4*len(k.Names))
	for field, names := range k.Names {
		for _, name := range names {
			head, _, _ := strings.Cut(name, ".")
			x[FoldKey(head)] |= 1 << field
		}
	}
	return x
}

// In returns the fields that m may hold. All others are absent.
func (x Index) In(m Pairs) Fields {
	var fields Fields
	for i := range m {
		fields |= x[FoldKey(m[i].Key)]
	}
	return fields
}

// FoldKey returns the letters and digits of a key in lower case. So neither the way in which
// words are joined nor an invisible character hides a key.
func FoldKey(key string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, key)
}
