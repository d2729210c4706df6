package blocks

import (
	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"

	yaml "go.yaml.in/yaml/v4"
)

// All formats are read into the tree of the YAML library, which keeps raw text, lines and keys
// written twice. The copy of a tree into values enforces the limits, and handles duplicates.

// value copies a node. The offset is added to its lines to give lines of the file; depth is the
// number of levels above the node.
func (r *Reader) value(n *yaml.Node, offset, depth int) (v meta.Value, err error) {
	v.Line = min(offset+n.Line, r.Last)
	r.values++
	if r.values > maxValues {
		return v, r.Fail(v.Line, "the front matter holds more than %d values", maxValues)
	}
	if depth > maxDepth {
		return v, r.Fail(v.Line, "the front matter is nested deeper than %d levels", maxDepth)
	}
	switch n.Kind {
	case yaml.AliasNode:
		line := v.Line
		v, err = r.value(n.Alias, offset, depth+1)
		v.Line = line
	case yaml.SequenceNode:
		v.Kind = meta.List
		v.List, err = r.list(n, offset, depth+1)
	case yaml.MappingNode:
		v.Kind = meta.Map
		v.Map, err = r.pairs(n, offset, depth+1)
	default:
		v.Kind, v.Text = scalarKind(n), n.Value
		v.Quoted = n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	}
	return v, err
}

func scalarKind(n *yaml.Node) meta.Kind {
	switch n.ShortTag() {
	case "!!null":
		return meta.Null
	case "!!bool":
		return meta.Bool
	case "!!int", "!!float":
		return meta.Number
	}
	return meta.String
}

func (r *Reader) list(n *yaml.Node, offset, depth int) ([]meta.Value, error) {
	list := make([]meta.Value, 0, len(n.Content))
	for _, child := range n.Content {
		v, err := r.value(child, offset, depth)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// pairs copies a mapping. Merged pairs ("<<") come after its own ones and never replace one.
func (r *Reader) pairs(n *yaml.Node, offset, depth int) (meta.Pairs, error) {
	pairs, merged := make(meta.Pairs, 0, len(n.Content)/2), []meta.Value(nil)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, line := n.Content[i], min(offset+n.Content[i].Line, r.Last)
		v, err := r.value(n.Content[i+1], offset, depth)
		switch {
		case err != nil:
			return nil, err
		case key.ShortTag() == "!!merge":
			merged = append(append(merged, v), v.List...)
		case key.Kind == yaml.ScalarNode:
			pairs = r.set(pairs, meta.Pair{Key: key.Value, Value: v, Line: line})
		default:
			r.warn(line, "a key that is no plain text is ignored")
		}
	}
	for _, m := range merged {
		for _, pair := range m.Map {
			if pairs.Index(pair.Key) < 0 {
				pairs = append(pairs, pair)
			}
		}
	}
	return pairs, nil
}

// set adds a pair. A key that m has already takes the new value and keeps its position.
func (r *Reader) set(m meta.Pairs, pair meta.Pair) meta.Pairs {
	i := m.Index(pair.Key)
	if i < 0 {
		return append(m, pair)
	}
	r.warn(m[i].Line, "key %q is written twice; the one on line %d is used", pair.Key, pair.Line)
	r.Problems[len(r.Problems)-1].Cause = "written twice: " + pair.Key // whatever the lines
	r.Replaced = append(r.Replaced, m[i])
	m[i] = pair
	return m
}

// lineFinder turns growing offsets in a text into lines.
type lineFinder struct {
	at     lines.Cursor
	offset int // of at
}

// line returns the line of the offset, or that of the one before if that was larger.
func (f *lineFinder) line(offset int) int {
	n := offset - f.offset
	if n > 0 {
		f.at.Skip(n)
		f.offset = offset
	}
	return f.at.Line
}
