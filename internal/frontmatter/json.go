package frontmatter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	yaml "go.yaml.in/yaml/v4"
)

// json reads the object at the opening line and ends the block with it. When
// text follows the object on its last line, it is prose and no block.
func (p *parser) json(b *Block, opening cursor) (err error) {
	text := opening.rest[:min(len(opening.rest), maxSize)]
	var raw json.RawMessage // checks the syntax and the depth, before anything recurs
	check := json.NewDecoder(bytes.NewReader(text))
	if err := check.Decode(&raw); err != nil {
		return p.badJSON(err, opening, len(text) == maxSize)
	}
	end := opening
	end.skip(int(check.InputOffset()))
	p.last = end.line
	if line, _ := end.next(); len(bytes.TrimSpace(line)) > 0 {
		return nil
	}
	tree := jsonTree{json.NewDecoder(bytes.NewReader(raw)), lineFinder{at: opening}}
	tree.UseNumber()
	b.Format, b.Body, b.BodyLine = JSON, end.rest, end.line
	b.Meta, err = p.pairs(tree.node(), 0, 1)
	return err
}

func (p *parser) badJSON(err error, opening cursor, cut bool) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		line := opening.line + breaks(opening.rest[:max(syntax.Offset-1, 0)])
		return p.fail(line, "the front matter is not valid JSON: %v", err)
	case cut:
		return p.fail(opening.line, "the front matter is longer than %d KiB", maxSize>>10)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return p.fail(opening.line, "the front matter that { opens here is never closed; expected a }")
	}
	return p.fail(opening.line, "read JSON front matter: %v", err)
}

// jsonTree builds a tree from text whose syntax was checked.
type jsonTree struct {
	*json.Decoder
	lines lineFinder
}

// node builds the next value. The tokens of an object alternate between keys
// and values, as do the children of a mapping.
func (t *jsonTree) node() *yaml.Node {
	token, _ := t.Token()
	n := &yaml.Node{Kind: yaml.ScalarNode, Line: t.lines.line(int(t.InputOffset()))}
	switch value := token.(type) {
	case json.Delim:
		n.Kind = yaml.SequenceNode
		if value == '{' {
			n.Kind = yaml.MappingNode
		}
		for t.More() {
			n.Content = append(n.Content, t.node())
		}
		_, _ = t.Token() // the end, checked before
	case string:
		n.Tag, n.Value, n.Style = "!!str", value, yaml.DoubleQuotedStyle
	case json.Number:
		n.Tag, n.Value = "!!float", value.String()
	case bool:
		n.Tag, n.Value = "!!bool", fmt.Sprint(value)
	default:
		n.Tag, n.Value = "!!null", "null"
	}
	return n
}
