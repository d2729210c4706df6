package frontmatter

import (
	"bytes"
	"regexp"
	"strings"
)

// looseKey begins a key of a block that is not valid YAML. Unlike YAML it needs
// no space after the colon, which may be a wide one.
var looseKey = regexp.MustCompile(`^("[^"]*"|'[^']*'|[\pL_$][\pL\pM\pN_$@./+-]*)[ \t]*[:：]`)

// lines reads a block that is not valid YAML, each key for itself together with
// the lines that belong to it. What is valid YAML alone is read as that; of the
// rest the text is taken as it stands.
func (p *parser) lines(block cursor, why trouble) (Pairs, error) {
	chunks := p.chunks(block)
	if len(chunks) == 0 || len(chunks) > maxValues {
		return nil, p.fail(why.line, "the front matter is not valid YAML (%s), nor a few lines of \"key: value\"", why.reason)
	}
	var meta Pairs
	blamed := false
	for _, c := range chunks {
		pairs, bad, err := p.chunk(c)
		if err != nil {
			return nil, err
		}
		if bad != nil && !blamed {
			why, blamed = *bad, true
		}
		for _, pair := range pairs {
			meta = p.set(meta, pair)
		}
	}
	if line, text := lostSwitch(block, meta); line > 0 {
		return nil, p.fail(line, "the front matter is not valid YAML (%s), so that %q says nothing here", why.reason, text)
	}
	p.warn(why.line, "the front matter is not valid YAML (%s); it was read line by line", why.reason)
	return meta, nil
}

// publicKeys are the keys by which authors say who may see a post.
var publicKeys = Keys{Names: map[Field][]string{Draft: Plain.Names[Draft], Public: Plain.Names[Public], Status: Plain.Names[Status]}}.Index()

// lostSwitch returns the first line of a block that looks like such a key, but
// of which no key was made: it stands too far in, or within another's value.
func lostSwitch(block cursor, meta Pairs) (int, string) {
	for {
		line := block.line
		text, ok := block.next()
		if !ok {
			return 0, ""
		}
		trimmed := bytes.TrimSpace(text)
		key, _, found := guess(trimmed)
		if found && trimmed[0] != '#' && publicKeys[foldKey(key)] != 0 && !meta.from(line) {
			return line, string(trimmed)
		}
	}
}

// from reports whether a key was read from the line, at any depth.
func (m Pairs) from(line int) bool {
	for i := range m {
		if m[i].Line == line || m[i].Value.Map.from(line) {
			return true
		}
	}
	return false
}

// chunks cuts a block before each key that is not indented. List items,
// comments, blank and indented lines belong to the key above them; other lines
// are ignored, with a warning for the first.
func (p *parser) chunks(block cursor) (chunks []cursor) {
	ignored := false
	for {
		start := block
		line, ok := block.next()
		if !ok {
			return chunks
		}
		whole := start.rest[:len(start.rest)-len(block.rest)]
		key := looseKey.Find(line)
		switch {
		case key != nil && !bytes.HasPrefix(line[len(key):], []byte("//")):
			chunks = append(chunks, cursor{bytes.Clone(whole), start.line})
		case len(line) > 0 && !bytes.ContainsAny(line[:1], " \t#-"):
			if !ignored {
				p.warn(start.line, "this line and others like it are ignored; expected \"key: value\"")
			}
			ignored = true
		case len(chunks) > 0:
			last := &chunks[len(chunks)-1]
			last.rest = append(last.rest, whole...)
		}
	}
}

// chunk reads one key. TABs, which YAML does not allow for indentation, are
// taken for spaces.
func (p *parser) chunk(c cursor) (Pairs, *trouble, error) {
	pairs, bad, err := p.load(c)
	if bad == nil {
		return pairs, nil, err
	}
	spaced := cursor{bytes.ReplaceAll(c.rest, []byte("\t"), []byte("  ")), c.line}
	pairs, still, err := p.load(spaced)
	if still != nil {
		pairs = Pairs{plainPair(c)}
	}
	return pairs, bad, err
}

// plainPair reads "key: value", with list items or more text on the lines below
// it, by its looks alone.
func plainPair(c cursor) Pair {
	list := Value{Kind: List, Line: c.line}
	text, _ := c.next()
	key := looseKey.FindSubmatch(text)
	var value strings.Builder
	value.WriteString(strings.TrimSpace(string(text[len(key[0]):])))
	for at := c.line; ; at = c.line {
		line, ok := c.next()
		if !ok {
			break
		}
		more := string(bytes.TrimSpace(line))
		if item, isItem := strings.CutPrefix(more, "- "); isItem && value.Len() == 0 {
			list.List = append(list.List, plainScalar(item, at))
		} else if more != "" && more[0] != '#' {
			value.WriteString(" " + more)
		}
	}
	pair := Pair{strings.Trim(string(key[1]), `"'`), list, list.Line}
	if len(list.List) == 0 || value.Len() > 0 {
		pair.Value = plainValue(strings.TrimSpace(value.String()), list.Line)
	}
	return pair
}

// plainValue reads a scalar, or a list "[a, b]" that holds no other brackets.
func plainValue(text string, line int) Value {
	inner, opened := strings.CutPrefix(text, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if !opened || !closed || strings.ContainsAny(inner, "[]") {
		return plainScalar(text, line)
	}
	list := Value{Kind: List, Line: line}
	for item := range strings.SplitSeq(inner, ",") {
		list.List = append(list.List, plainScalar(item, line))
	}
	return list
}

// plainScalar takes the quotes from around a text, if they are a pair: those of
// `"One" and "Two"` are not.
func plainScalar(text string, line int) Value {
	text = strings.TrimSpace(text)
	v := Value{Kind: String, Text: text, Line: line}
	if len(text) < 2 || text[0] != text[len(text)-1] || text[0] != '"' && text[0] != '\'' {
		return v
	}
	quote, inner := text[:1], text[1:len(text)-1]
	first := strings.Index(inner, quote)
	closes := first > 0 && inner[first-1] != ' ' && inner[first-1] != '\\'
	if closes && strings.Count(inner, quote)%2 == 0 {
		return v
	}
	v.Text, v.Quoted = strings.ReplaceAll(inner, `\`+quote, quote), true
	return v
}
