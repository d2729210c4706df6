package frontmatter

import (
	"errors"
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// yaml reads a whole block, in the quick way where that will do.
func (p *parser) yaml(block cursor) (Pairs, error) {
	if len(block.skipBlank().rest) == 0 {
		return nil, nil
	}
	if meta, ok := simple(block); ok {
		return meta, nil
	}
	return p.anyYAML(block)
}

// anyYAML reads a block with the YAML library, key by key when it is not valid.
func (p *parser) anyYAML(block cursor) (Pairs, error) {
	meta, bad, err := p.load(block)
	if bad != nil {
		return p.lines(block, *bad)
	}
	return meta, err
}

// trouble says why text is not a YAML mapping.
type trouble struct {
	line   int
	reason string
}

// load reads text that should be one YAML mapping. It returns trouble when the
// text is none, and an error when it breaks a limit.
func (p *parser) load(text cursor) (Pairs, *trouble, error) {
	var doc yaml.Node
	if err := yaml.Load(text.rest, &doc); err != nil {
		return nil, p.explain(err, text.line), nil
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, &trouble{text.line, "expected keys with values"}, nil
	}
	pairs, err := p.pairs(doc.Content[0], text.line-1, 1)
	return pairs, nil, err
}

// plainWords puts what the YAML library says into words for an author.
var plainWords = []struct{ message, meaning string }{
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

// explain makes trouble of an error of the YAML library, for text that begins
// on the given line.
func (p *parser) explain(err error, first int) *trouble {
	t := trouble{first, err.Error()}
	if load := (*yaml.LoadError)(nil); errors.As(err, &load) {
		t.reason = strings.TrimPrefix(load.Message, "yaml: ")
		t.line = min(first+max(load.Mark.Line, 1)-1, p.last)
	}
	for _, w := range plainWords {
		if strings.Contains(t.reason, w.message) {
			t.reason = w.meaning
			break
		}
	}
	return &t
}
