package blocks

import (
	"errors"
	"strings"

	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
	yaml "go.yaml.in/yaml/v4"
)

// TOML reads a block of TOML. Only the library's syntax tree keeps the raw text of dates and the
// lines of keys.
func (r *Reader) TOML(block lines.Cursor) (meta.Pairs, error) {
	t := tomlTree{lines: lineFinder{at: block}, root: &yaml.Node{Kind: yaml.MappingNode, Line: block.Line}}
	t.Reset(block.Rest)
	table := t.root
	for seen := 0; t.NextExpression(); seen++ {
		if seen > maxValues {
			return nil, r.Fail(t.lines.at.Line, "the front matter holds more than %d values", maxValues)
		}
		if n := t.Expression(); n.Kind == unstable.KeyValue {
			t.pair(table, n)
		} else {
			table = t.header(n)
		}
	}
	if err := t.Error(); err != nil {
		return nil, r.badTOML(err, block)
	}
	return r.pairs(t.root, 0, 1)
}

// badTOML returns the problem for a syntax error. Only the library's decoder tells where an error
// is, so the block is decoded once more.
func (r *Reader) badTOML(err error, block lines.Cursor) error {
	line, reason := block.Line, err.Error()
	var discarded map[string]any
	if decode := (*toml.DecodeError)(nil); errors.As(toml.Unmarshal(block.Rest, &discarded), &decode) {
		row, _ := decode.Position()
		line, reason = min(block.Line+row-1, r.Last), decode.Error()
	}
	return r.Fail(line, "the front matter is not valid TOML: %s", strings.TrimPrefix(reason, "toml: "))
}

// tomlTree builds a tree from the expressions of a document.
type tomlTree struct {
	unstable.Parser
	lines lineFinder
	root  *yaml.Node
}

// header returns the table that a line "[table]" or "[[table]]" opens.
func (t *tomlTree) header(n *unstable.Node) *yaml.Node {
	table := t.root
	for keys := n.Key(); keys.Next(); {
		table = below(table, t.node(keys.Node()), n.Kind == unstable.ArrayTable && keys.IsLast())
	}
	return table
}

// pair adds "key = value" to a table.
func (t *tomlTree) pair(table *yaml.Node, n *unstable.Node) {
	for keys := n.Key(); keys.Next(); {
		key := t.node(keys.Node())
		if keys.IsLast() {
			table.Content = append(table.Content, key, t.node(n.Value()))
			return
		}
		table = below(table, key, false)
	}
}

// below returns the table under the key; with array, a new last table of the list there. A key that
// holds something else is added once more.
func below(table, key *yaml.Node, array bool) *yaml.Node {
	fresh := &yaml.Node{Kind: yaml.MappingNode, Line: key.Line}
	for i := len(table.Content) - 2; i >= 0; i -= 2 {
		if table.Content[i].Value != key.Value {
			continue
		}
		v := table.Content[i+1]
		isList := v.Kind == yaml.SequenceNode && len(v.Content) > 0
		switch {
		case isList && array:
			v.Content = append(v.Content, fresh)
			return fresh
		case isList && v.Content[len(v.Content)-1].Kind == yaml.MappingNode:
			return v.Content[len(v.Content)-1]
		case v.Kind == yaml.MappingNode && !array:
			return v
		}
		break
	}
	value := fresh
	if array {
		value = &yaml.Node{Kind: yaml.SequenceNode, Line: key.Line, Content: []*yaml.Node{fresh}}
	}
	table.Content = append(table.Content, key, value)
	return fresh
}

// node builds a key or a value. The library does not tell the position of some nodes; they get that
// of the node before them.
func (t *tomlTree) node(n *unstable.Node) *yaml.Node {
	v := &yaml.Node{Kind: yaml.ScalarNode, Line: t.lines.line(int(n.Raw.Offset)), Tag: "!!str", Value: string(n.Data)}
	switch n.Kind {
	case unstable.Array:
		v.Kind = yaml.SequenceNode
		for children := n.Children(); children.Next(); {
			v.Content = append(v.Content, t.node(children.Node()))
		}
	case unstable.InlineTable:
		v.Kind = yaml.MappingNode
		for children := n.Children(); children.Next(); {
			t.pair(v, children.Node())
		}
	case unstable.String:
		v.Style = yaml.DoubleQuotedStyle
	case unstable.Bool:
		v.Tag = "!!bool"
	case unstable.Integer, unstable.Float:
		v.Tag = "!!float"
	}
	return v
}
