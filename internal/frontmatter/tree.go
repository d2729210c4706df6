package frontmatter

import yaml "go.yaml.in/yaml/v4"

// The tree of the YAML library serves for all formats: it keeps raw text,
// lines and keys written twice. What is decided once for all of them (limits,
// duplicates) is decided while a tree is copied into Values.

// value copies a node. The offset is what its lines lack to be lines of the
// file; depth is the number of levels above the node.
func (p *parser) value(n *yaml.Node, offset, depth int) (v Value, err error) {
	v.Line = min(offset+n.Line, p.last)
	if p.values++; p.values > maxValues {
		return v, p.fail(v.Line, "the front matter holds more than %d values", maxValues)
	}
	if depth > maxDepth {
		return v, p.fail(v.Line, "the front matter is nested deeper than %d levels", maxDepth)
	}
	switch n.Kind {
	case yaml.AliasNode:
		line := v.Line
		v, err = p.value(n.Alias, offset, depth+1)
		v.Line = line
	case yaml.SequenceNode:
		v.Kind = List
		v.List, err = p.list(n, offset, depth+1)
	case yaml.MappingNode:
		v.Kind = Map
		v.Map, err = p.pairs(n, offset, depth+1)
	default:
		v.Kind, v.Text = scalarKind(n), n.Value
		v.Quoted = n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	}
	return v, err
}

func scalarKind(n *yaml.Node) Kind {
	switch n.ShortTag() {
	case "!!null":
		return Null
	case "!!bool":
		return Bool
	case "!!int", "!!float":
		return Number
	}
	return String
}

func (p *parser) list(n *yaml.Node, offset, depth int) ([]Value, error) {
	list := make([]Value, 0, len(n.Content))
	for _, child := range n.Content {
		v, err := p.value(child, offset, depth)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// pairs copies a mapping. What it merges ("<<") comes after its own pairs and
// never replaces one.
func (p *parser) pairs(n *yaml.Node, offset, depth int) (Pairs, error) {
	pairs, merged := make(Pairs, 0, len(n.Content)/2), []Value(nil)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, line := n.Content[i], min(offset+n.Content[i].Line, p.last)
		v, err := p.value(n.Content[i+1], offset, depth)
		switch {
		case err != nil:
			return nil, err
		case key.ShortTag() == "!!merge":
			merged = append(append(merged, v), v.List...)
		case key.Kind == yaml.ScalarNode:
			pairs = p.set(pairs, Pair{key.Value, v, line})
		default:
			p.warn(line, "a key that is no plain text is ignored")
		}
	}
	for _, m := range merged {
		for _, pair := range m.Map {
			if pairs.index(pair.Key) < 0 {
				pairs = append(pairs, pair)
			}
		}
	}
	return pairs, nil
}

// set adds a pair. A key that is there already takes the new value and keeps
// its place.
func (p *parser) set(m Pairs, pair Pair) Pairs {
	i := m.index(pair.Key)
	if i < 0 {
		return append(m, pair)
	}
	p.warn(m[i].Line, "key %q is written twice; the one on line %d is used", pair.Key, pair.Line)
	p.replaced = append(p.replaced, m[i])
	m[i] = pair
	return m
}

// lineFinder turns offsets that only grow into lines.
type lineFinder struct {
	at     cursor
	offset int // of at
}

// line returns the line of the offset, or of the one before if that was larger.
func (f *lineFinder) line(offset int) int {
	if n := offset - f.offset; n > 0 {
		f.at.skip(n)
		f.offset = offset
	}
	return f.at.line
}
