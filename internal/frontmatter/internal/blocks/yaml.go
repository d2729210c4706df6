package blocks

import (
	"errors"
	"strings"

	"broadsheet/internal/frontmatter/internal/simple"
	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"

	yaml "go.yaml.in/yaml/v4"
)

// YAML reads a block of YAML, on the fast path if it is simple.
func (r *Reader) YAML(block lines.Cursor) (meta.Pairs, error) {
	if len(block.SkipBlank().Rest) == 0 {
		return nil, nil
	}
	if pairs, ok := simple.Read(string(block.Rest), block.Line); ok {
		return pairs, nil
	}
	return r.AnyYAML(block)
}

// AnyYAML reads a block with the YAML library; key by key if it is not valid.
func (r *Reader) AnyYAML(block lines.Cursor) (meta.Pairs, error) {
	pairs, bad, err := r.load(block)
	if bad != nil {
		return r.parseLoosely(block, *bad)
	}
	return pairs, err
}

// yamlError says why a text is not a YAML mapping.
type yamlError struct {
	line   int
	reason string
}

// load reads a text that should be one YAML mapping. It returns a yamlError if the text is none,
// and an error if it exceeds a limit.
func (r *Reader) load(text lines.Cursor) (meta.Pairs, *yamlError, error) {
	var doc yaml.Node
	if err := yaml.Load(text.Rest, &doc); err != nil {
		return nil, r.explain(err, text.Line), nil
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, &yamlError{text.Line, "expected keys with values"}, nil
	}
	pairs, err := r.pairs(doc.Content[0], text.Line-1, 1)
	return pairs, nil, err
}

// explanations are the messages of the YAML library in words for an author.
var explanations = []struct{ message, meaning string }{
	{"mapping values are not allowed", `a value that holds ": " must stand in quotes`},
	{"unknown escape character", "a backslash inside double quotes must be doubled"},
	{"hexadecimal number", "a backslash inside double quotes must be doubled"},
	{"cannot start any token", "a value must not begin with a TAB, @, % or ` unless it stands in quotes"},
	{"unknown anchor", "a value that begins with * must stand in quotes"},
	{"did not find expected key", "a quotation mark or bracket closes too early, or a line is indented wrongly"},
	{"could not find expected ':'", `a line is not "key: value", with a space after the colon`},
	{"unexpected end of stream", "a quotation mark is never closed"},
	{"control characters are not allowed", "it holds a control character"},
}

// explain converts an error of the YAML library about a text that begins on the given line.
func (r *Reader) explain(err error, first int) *yamlError {
	t := yamlError{first, err.Error()}
	if load := (*yaml.LoadError)(nil); errors.As(err, &load) {
		t.reason = strings.TrimPrefix(load.Message, "yaml: ")
		t.line = min(first+max(load.Mark.Line, 1)-1, r.Last)
	}
	for _, w := range explanations {
		if strings.Contains(t.reason, w.message) {
			t.reason = w.meaning
			break
		}
	}
	return &t
}
