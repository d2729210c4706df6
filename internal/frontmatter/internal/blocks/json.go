package blocks

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"

	yaml "go.yaml.in/yaml/v4"
)

// Object is a block of JSON.
type Object struct {
	Pairs meta.Pairs
	End   lines.Cursor // the line behind the object
}

// JSON reads the object at the opening line. It returns nil for prose in braces: an object with
// more text on its last line.
func (r *Reader) JSON(opening lines.Cursor) (*Object, error) {
	text := opening.Rest[:min(len(opening.Rest), MaxSize)]
	var raw json.RawMessage // checks the syntax and the depth, before anything recurs
	check := json.NewDecoder(bytes.NewReader(text))
	err := check.Decode(&raw)
	if err != nil {
		return nil, r.badJSON(err, opening, len(text) == MaxSize)
	}
	end := opening
	end.Skip(int(check.InputOffset()))
	r.Last = end.Line
	if line, _ := end.Next(); len(bytes.TrimSpace(line)) > 0 {
		return nil, nil
	}
	pairs, err := r.object(lines.Cursor{Rest: raw, Line: opening.Line})
	if err != nil {
		return nil, err
	}
	return &Object{pairs, end}, nil
}

// Members reads the members of a JSON object, with or without the braces around them.
func (r *Reader) Members(block lines.Cursor) (meta.Pairs, error) {
	block = block.SkipBlank()
	text := bytes.TrimRight(block.Rest, " \t\r\n")
	if len(text) == 0 {
		return nil, nil
	}
	if text[0] != '{' {
		text = append(append([]byte("{"), bytes.TrimSuffix(text, []byte(","))...), '}')
	}
	object := lines.Cursor{Rest: text, Line: block.Line}
	if !json.Valid(text) {
		var discarded json.RawMessage
		return nil, r.badJSON(json.Unmarshal(text, &discarded), object, false)
	}
	return r.object(object)
}

// Braced reads a block in braces between the fences of YAML: a YAML mapping, or JSON, of which YAML
// does not accept all.
func (r *Reader) Braced(block lines.Cursor) (meta.Pairs, error) {
	if json.Valid(bytes.TrimSpace(block.Rest)) {
		return r.Members(block)
	}
	return r.YAML(block)
}

// object reads an object whose syntax was checked.
func (r *Reader) object(text lines.Cursor) (meta.Pairs, error) {
	tree := jsonTree{json.NewDecoder(bytes.NewReader(text.Rest)), lineFinder{at: text}}
	tree.UseNumber()
	return r.pairs(tree.node(), 0, 1)
}

func (r *Reader) badJSON(err error, opening lines.Cursor, truncated bool) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		line := opening.Line + lines.Count(opening.Rest[:max(syntax.Offset-1, 0)])
		return r.Fail(line, "the front matter is not valid JSON: %v", err)
	case truncated:
		return r.FailTooLong(opening.Line)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return r.Fail(opening.Line, "the front matter that { opens here is never closed; expected a }")
	}
	return r.Fail(opening.Line, "read JSON front matter: %v", err)
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
