package frontmatter

import (
	"bytes"
	"regexp"
	"strings"

	"broadsheet/internal/frontmatter/internal/blocks"
	"broadsheet/internal/frontmatter/internal/guess"
	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"
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
	x := syntax{format: YAML, fence: fence, closing: closesYAML, read: (*blocks.Reader).YAML}
	if fence != "---" {
		x.closing = func(line []byte) bool { return string(line) == fence }
	}
	switch strings.ToLower(string(m[2])) {
	case "toml":
		x.format, x.read = TOML, (*blocks.Reader).TOML
	case "json", "":
		x.format, x.read = JSON, (*blocks.Reader).Members
	}
	return x, true
}

// isFlowMapping reports whether text begins with a YAML mapping in braces, which is no template
// tag.
func isFlowMapping(text []byte) bool {
	return len(text) > 0 && text[0] == '{' && flowMapping.Match(text)
}

var flowMapping = regexp.MustCompile(`^\{[ \t]*(?:$|["'][^"']*["'][ \t]*:|[\pL_][\pL\pN_-]*[ \t]*:)`)

// hexoFence is the line that closes a header of Hexo.
var hexoFence = regexp.MustCompile(`^(?:-{3,}|;{3,})[ \t]*$`)

// bareKey is the first line of a header without an opening line: a key of one
// word at its very beginning.
var bareKey = regexp.MustCompile(`^(?:"[^"]+"|[\pL_][\pL\pN_-]*)[ \t]*[:：](?:[ \t]|$)`)

// bare reads a header that no line opens. A fence closes that of Hexo; that of
// Pelican and MultiMarkdown ends with the first line that is not part of it. It returns false
// if there is no such header.
func (s *splitter) bare(b *Block, opening lines.Cursor) (bool, error) {
	run := guess.ReadRun(opening)
	if len(run.Keys) == 0 || run.Keys[0].Line != opening.Line || !isBareKey(opening) {
		return false, nil
	}
	end := run.End
	mark, _ := end.Next()
	if run.Closed && !hexoFence.Match(mark) || !run.LooksWhole() {
		return false, nil
	}
	block := opening.To(run.End)
	if len(block.Rest) > blocks.MaxSize {
		return true, s.FailTooLong(opening.Line)
	}
	x := bareSyntax(run, mark)
	if !run.Closed && len(bytes.TrimSpace(mark)) > 0 {
		end = run.End // that line is text
	}
	s.Last = max(run.End.Line-1, opening.Line)
	if run.Closed {
		s.Last = run.End.Line
	}
	b.Format, b.Body, b.BodyLine = x.format, end.Rest, end.Line
	pairs, err := x.read(&s.Reader, block)
	b.Meta = pairs
	return true, err
}

// bareSyntax returns the syntax of a header that no line opens, by the line that ends it.
func bareSyntax(run guess.Run, mark []byte) syntax {
	switch {
	case !run.Closed:
		return syntax{format: YAML, read: readPlain}
	case mark[0] == ';':
		return syntax{format: JSON, read: (*blocks.Reader).Members}
	}
	return syntax{format: YAML, read: (*blocks.Reader).YAML}
}

func readPlain(r *blocks.Reader, block lines.Cursor) (meta.Pairs, error) { return r.Plain(block), nil }

func isBareKey(c lines.Cursor) bool {
	line, _ := c.Next()
	return bareKey.Match(line)
}
