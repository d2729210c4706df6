package frontmatter

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
)

// Front matter behind an opening line that opens none would be published as the
// body, and what it says of the public with it. So a file is refused whose
// beginning looks like front matter and was not read as such.

// headKeys are the keys that make lines look like front matter.
var headKeys = func() Index {
	fields := []Field{Title, Published, Updated, Draft, Public, Status, Unlisted, Permalink, Slug, Aliases, Summary, Authors,
		Categories, Tags, Language, ID}
	keys := Keys{Names: map[Field][]string{}}
	for _, f := range fields {
		keys.Names[f] = Plain.Names[f]
	}
	keys.Names[Any] = []string{"layout"}
	return keys.Index()
}()

// ending is where a run of keys ends.
type ending struct {
	at cursor // the line that is not of the run
	is bool   // a row of marks closes the run
}

// maxLead is how many lines may stand before the fence of front matter that is
// out of its place.
const maxLead = 10

// suspect returns an error if the text at the cursor, which was read as body,
// begins with what looks like front matter.
func (p *parser) suspect(c cursor) error {
	if keys, _ := guessRun(c); judge(keys).unfenced() {
		return p.looksLike(keys[0].Line, "no line above it opens it")
	}
	code := false
	for lead := range maxLead {
		at := c.line
		line, ok := c.next()
		if !ok {
			return nil
		}
		if fence(line) && (!code || lead == 0) {
			keys, closed := guessRun(c)
			if j := judge(keys); j.fenced(closed.is) {
				return p.looksLike(at, "this line does not open it")
			}
		}
		if text := bytes.TrimSpace(line); lead > 0 && bytes.HasPrefix(text, []byte("```")) || lead > 0 && bytes.HasPrefix(text, []byte("~~~")) {
			code = !code
		}
	}
	return nil
}

func (p *parser) looksLike(line int, why string) error {
	return p.fail(line, "this looks like front matter, but %s; expected the file to begin with a line ---, and another one below the last key", why)
}

// suspectAgain returns an error if a body that follows front matter begins with
// more of it, which keeps the post from the public.
func (p *parser) suspectAgain(c cursor) error {
	c = c.skipBlank()
	below := c
	at := c.line
	if line, _ := below.next(); !fence(line) || bytes.HasPrefix(line, []byte("`")) || bytes.HasPrefix(line, []byte("~")) {
		below = c
	}
	if keys, closed := guessRun(below); closed.is && judge(keys).withheld {
		return p.looksLike(at, "it stands below the line that closes the front matter")
	}
	return nil
}

// fenceLine matches a line of two or more marks, together or apart, perhaps with the name of a
// language behind them.
var fenceLine = regexp.MustCompile(`^[^\pL\pN\s][^\pL\pN]*[^\pL\pN\s][ \t]*[\pL]{0,12}$`)

// fence reports whether a line may be meant to open front matter.
func fence(line []byte) bool {
	text := bytes.TrimFunc(line, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	return len(text) < 100 && fenceLine.Match(text)
}

// guessRun returns the keys that stand below each other from the cursor on, with
// the lines that belong to them, and where they end.
func guessRun(c cursor) (Pairs, ending) {
	var keys Pairs
	for range maxGuessed {
		here := c
		line, ok := c.next()
		text := bytes.TrimSpace(line)
		switch {
		case !ok, len(keys) > 0 && endsGuess(line):
			return keys, ending{here, ok && len(text) > 0}
		case len(text) == 0, remark(text):
			continue
		}
		found := runKeys(text, here.line)
		inside := len(keys) > 0 && (bytes.ContainsAny(line[:1], " \t") || bytes.HasPrefix(text, []byte("- ")))
		if len(found) == 0 && !inside {
			return keys, ending{here, false}
		}
		keys = append(keys, found...)
	}
	return keys, ending{c, false}
}

// remark reports whether a line is a comment, be it of YAML or of HTML.
func remark(text []byte) bool {
	return bytes.HasPrefix(text, []byte("# ")) || bytes.HasPrefix(text, []byte("<!--")) && bytes.HasSuffix(text, []byte("-->"))
}

// runKeys returns the keys on a line; in braces there may be several. A template
// tag, an item of a list, a quotation and words in bold are none.
func runKeys(text []byte, line int) (keys Pairs) {
	for _, other := range []string{"{{", "{%", "{#", "- ", "* ", "+ ", "> ", "**", "__", "!", "[", "|", "<!--"} {
		if bytes.HasPrefix(text, []byte(other)) {
			return nil
		}
	}
	parts := [][]byte{text}
	if text[0] == '{' {
		parts = bytes.Split(text[:min(len(text), maxGuessedLine)], []byte(","))
	}
	for _, part := range parts {
		if key, value, ok := guess(part); ok {
			keys = append(keys, Pair{key, plainScalar(value, line), line})
		}
	}
	return keys
}

// judgement is what the keys of a run look like.
type judgement struct {
	known    int  // keys that front matter has
	title    bool // one of them is the title
	switched bool // one says in one word who may see the post
	withheld bool // and that is not the public
	dated    bool // one is a date
}

func judge(keys Pairs) (j judgement) {
	for _, k := range keys {
		fields := headKeys[foldKey(k.Key)]
		if fields == 0 {
			continue
		}
		j.known++
		j.title = j.title || fields.Has(Title)
		on, isSwitch := k.Value.Switch()
		audience := k.Value.Audience()
		word := len(k.Value.Text) <= 20 && !strings.ContainsAny(strings.TrimSpace(k.Value.Text), " \t")
		if word && (fields.Has(Draft) || fields.Has(Public) || fields.Has(Status)) && k.Value.Said() {
			j.switched = true
		}
		if fields.Has(Draft) && isSwitch && on || fields.Has(Public) && isSwitch && !on || fields.Has(Status) && audience == Nobody {
			j.withheld = true
		}
		if _, err := ParseDate(k.Value.Text, nil); err == nil && fields.Has(Published) {
			j.dated = true
		}
	}
	return j
}

// whole reports whether a run is a header of its own, with a row of marks below it
// or without.
func (j judgement) whole(closed bool) bool {
	return j.title || j.switched || j.dated || closed && j.known >= 2
}

// fenced reports whether a run below what may be an opening line is front matter.
func (j judgement) fenced(closed bool) bool {
	return j.switched || j.title && (closed || j.known >= 2) || j.known >= 2 && closed
}

// unfenced reports whether one without any line above it is.
func (j judgement) unfenced() bool { return j.switched || j.title && j.known >= 2 }
