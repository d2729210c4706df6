package frontmatter

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
)

// namedFence matches an opening line that names the language of the block, as
// gray-matter has it. Hexo's JSON stands between semicolons, with braces or not.
var namedFence = regexp.MustCompile(`(?i)^(---|\+\+\+|;;;)[ \t]*(yaml|yml|toml|json|)$`)

// named returns the syntax of a block that such a line opens.
func named(line []byte) (syntax, bool) {
	m := namedFence.FindSubmatch(bytes.TrimRight(line, " \t"))
	if m == nil || len(m[2]) == 0 && m[1][0] != ';' {
		return syntax{}, false
	}
	fence := string(m[1])
	s := syntax{YAML, fence, nil, closesYAML, (*parser).yaml}
	if fence != "---" {
		s.closing = func(line []byte) bool { return string(line) == fence }
	}
	switch strings.ToLower(string(m[2])) {
	case "toml":
		s.format, s.read = TOML, (*parser).toml
	case "json", "":
		s.format, s.read = JSON, (*parser).members
	}
	return s, true
}

// members reads the members of a JSON object, with the braces around them or
// without.
func (p *parser) members(block cursor) (Pairs, error) {
	block = block.skipBlank()
	text := bytes.TrimRight(block.rest, " \t\r\n")
	if len(text) == 0 {
		return nil, nil
	}
	if text[0] != '{' {
		text = append(append([]byte("{"), bytes.TrimSuffix(text, []byte(","))...), '}')
	}
	if !json.Valid(text) {
		var any json.RawMessage
		return nil, p.badJSON(json.Unmarshal(text, &any), cursor{text, block.line}, false)
	}
	tree := jsonTree{json.NewDecoder(bytes.NewReader(text)), lineFinder{at: cursor{text, block.line}}}
	tree.UseNumber()
	return p.pairs(tree.node(), 0, 1)
}

// flow matches the beginning of a YAML mapping in braces, which is no template
// tag.
var flow = regexp.MustCompile(`^\{[ \t]*(?:$|["'][^"']*["'][ \t]*:|[\pL_][\pL\pN_-]*[ \t]*:)`)

// braced reads what stands in braces between the fences of YAML: JSON, of which
// YAML does not take all, or else a mapping.
func (p *parser) braced(block cursor) (Pairs, error) {
	if text := bytes.TrimSpace(block.rest); json.Valid(text) {
		return p.members(block)
	}
	return p.yaml(block)
}

// bare reads a header that no line opens: that of Hexo, which a fence closes, or
// that of Pelican and MultiMarkdown, which ends with the first line that is not
// of it.
func (p *parser) bare(b *Block, opening cursor) (bool, error) {
	keys, closed := guessRun(opening)
	if len(keys) == 0 || keys[0].Line != opening.line || !bareLine(opening) {
		return false, nil
	}
	closing := closed.at
	mark, _ := closing.next()
	if closed.is && !hexoFence.Match(mark) || !judge(keys).whole(closed.is) {
		return false, nil
	}
	block := cursor{opening.rest[:len(opening.rest)-len(closed.at.rest)], opening.line}
	if len(block.rest) > maxSize {
		return true, p.fail(opening.line, "the front matter is longer than %d KiB", maxSize>>10)
	}
	end := closed.at
	b.Format, p.last = YAML, max(end.line-1, opening.line)
	read := (*parser).raw
	if closed.is {
		end = closing
		p.last, read = closed.at.line, (*parser).yaml
		if mark[0] == ';' {
			b.Format, read = JSON, (*parser).members
		}
	} else if len(bytes.TrimSpace(mark)) == 0 {
		end = closing
	}
	b.Body, b.BodyLine = end.rest, end.line
	meta, err := read(p, block)
	b.Meta = meta
	return true, err
}

// hexoFence is the line that closes a header of Hexo.
var hexoFence = regexp.MustCompile(`^(?:-{3,}|;{3,})[ \t]*$`)

// bareKey is the first line of a header without an opening line: a key of one
// word at its very beginning.
var bareKey = regexp.MustCompile(`^(?:"[^"]+"|[\pL_][\pL\pN_-]*)[ \t]*[:：](?:[ \t]|$)`)

func bareLine(c cursor) bool {
	line, _ := c.next()
	return bareKey.Match(line)
}

// raw reads lines of "key: value" whose values are text as it stands.
func (p *parser) raw(block cursor) (Pairs, error) {
	var meta Pairs
	for _, c := range p.chunks(block) {
		meta = p.set(meta, plainPair(c))
	}
	return meta, nil
}
