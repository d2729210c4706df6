package blocks

import (
	"bytes"
	"regexp"
	"strings"

	"broadsheet/internal/frontmatter/internal/guess"
	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"
)

// looseKey begins a key of a block that is not valid YAML. Unlike YAML it needs
// no space after the colon, which may be a wide one.
var looseKey = regexp.MustCompile(`^("[^"]*"|'[^']*'|[\pL_$][\pL\pM\pN_$@./+-]*)[ \t]*[:：]`)

// LooseKey returns the key that begins a line, though not quite as YAML wants it: without a space
// behind the colon. It returns false if there is none.
func LooseKey(line []byte) (string, bool) {
	m := looseKey.FindSubmatch(line)
	if m == nil {
		return "", false
	}
	return string(m[1]), true
}

// Plain reads lines of "key: value" whose values are text as it stands.
func (r *Reader) Plain(block lines.Cursor) meta.Pairs {
	var pairs meta.Pairs
	for _, c := range r.chunks(block) {
		pairs = r.set(pairs, plainPair(c))
	}
	return pairs
}

// parseLoosely reads a block that is not valid YAML, each key by itself together with the lines
// that belong to it. A key whose lines are valid YAML is read as that. Of any other the value is
// the text as it stands.
func (r *Reader) parseLoosely(block lines.Cursor, why yamlError) (meta.Pairs, error) {
	chunks := r.chunks(block)
	if len(chunks) == 0 || len(chunks) > maxValues {
		return nil, r.Fail(why.line,
			"the front matter is not valid YAML (%s), nor a few lines of \"key: value\"", why.reason)
	}
	var pairs meta.Pairs
	blamed := false
	for _, c := range chunks {
		found, bad, err := r.chunk(c)
		if err != nil {
			return nil, err
		}
		if bad != nil && !blamed {
			why, blamed = *bad, true
		}
		for _, pair := range found {
			pairs = r.set(pairs, pair)
		}
	}
	if line, text := lostSwitch(block, pairs); line > 0 {
		return nil, r.Fail(line,
			"the front matter is not valid YAML (%s), so that %q says nothing here", why.reason, text)
	}
	r.warn(why.line, "the front matter is not valid YAML (%s); it was read line by line", why.reason)
	return pairs, nil
}

// lostSwitch returns the first line of a block that says who may see the post, but of which no key
// was made: it is indented too far, or stands within another key's value. The line is 0 if
// there is none.
func lostSwitch(block lines.Cursor, pairs meta.Pairs) (line int, text string) {
	for {
		number := block.Line
		next, ok := block.Next()
		if !ok {
			return 0, ""
		}
		trimmed := bytes.TrimSpace(next)
		key, _, found := guess.Key(trimmed)
		if found && trimmed[0] != '#' && guess.IsVisibilityKey(key) && !pairs.OnLine(number) {
			return number, string(trimmed)
		}
	}
}

// chunks cuts a block before each key that is not indented. List items, comments, blank and
// indented lines belong to the key above them. Other lines are ignored, with a warning for
// the first.
func (r *Reader) chunks(block lines.Cursor) (chunks []lines.Cursor) {
	ignored := false
	for {
		start := block
		line, ok := block.Next()
		if !ok {
			return chunks
		}
		whole := start.To(block)
		key := looseKey.Find(line)
		switch {
		case key != nil && !bytes.HasPrefix(line[len(key):], []byte("//")):
			whole.Rest = bytes.Clone(whole.Rest)
			chunks = append(chunks, whole)
		case len(line) > 0 && !bytes.ContainsAny(line[:1], " \t#-"):
			if !ignored {
				r.warn(start.Line, "this line and others like it are ignored; expected \"key: value\"")
			}
			ignored = true
		case len(chunks) > 0:
			last := &chunks[len(chunks)-1]
			last.Rest = append(last.Rest, whole.Rest...)
		}
	}
}

// chunk reads one key. TABs, which YAML does not allow for indentation, count as spaces.
func (r *Reader) chunk(c lines.Cursor) (meta.Pairs, *yamlError, error) {
	pairs, bad, err := r.load(c)
	if bad == nil {
		return pairs, nil, err
	}
	spaced := lines.Cursor{Rest: bytes.ReplaceAll(c.Rest, []byte("\t"), []byte("  ")), Line: c.Line}
	pairs, still, err := r.load(spaced)
	if still != nil {
		pairs = meta.Pairs{plainPair(c)}
	}
	return pairs, bad, err
}

// plainPair reads "key: value", with list items or more text on the lines below it, by its looks
// alone.
func plainPair(c lines.Cursor) meta.Pair {
	list := meta.Value{Kind: meta.List, Line: c.Line}
	text, _ := c.Next()
	key := looseKey.FindSubmatch(text)
	var value strings.Builder
	value.WriteString(strings.TrimSpace(string(text[len(key[0]):])))
	for at := c.Line; ; at = c.Line {
		line, ok := c.Next()
		if !ok {
			break
		}
		more := string(bytes.TrimSpace(line))
		item, isItem := strings.CutPrefix(more, "- ")
		switch {
		case isItem && value.Len() == 0:
			list.List = append(list.List, guess.Scalar(item, at))
		case more != "" && more[0] != '#':
			value.WriteString(" " + more)
		}
	}
	pair := meta.Pair{Key: strings.Trim(string(key[1]), `"'`), Value: list, Line: list.Line}
	if len(list.List) == 0 || value.Len() > 0 {
		pair.Value = plainValue(strings.TrimSpace(value.String()), list.Line)
	}
	return pair
}

// plainValue reads a scalar, or a list "[a, b]" that holds no other brackets.
func plainValue(text string, line int) meta.Value {
	inner, opened := strings.CutPrefix(text, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if !opened || !closed || strings.ContainsAny(inner, "[]") {
		return guess.Scalar(text, line)
	}
	list := meta.Value{Kind: meta.List, Line: line}
	for item := range strings.SplitSeq(inner, ",") {
		list.List = append(list.List, guess.Scalar(item, line))
	}
	return list
}
