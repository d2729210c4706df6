package guess

import (
	"bytes"
	"regexp"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/frontmatter/lines"
)

// Suspicion is a block that looks like front matter and was not read as such.
type Suspicion struct {
	Line int    // of the file, on which the block begins
	Why  string // it was not read
}

// maxLead is how many lines may stand before the fence of front matter that is out of its place.
const maxLead = 10

// Top returns the block at the beginning of a file that was read as body. It returns false if the
// body begins with no such block.
func Top(c lines.Cursor) (Suspicion, bool) {
	if run := ReadRun(c); run.looksUnfenced() {
		return Suspicion{run.Keys[0].Line, "no line above it opens it"}, true
	}
	code := false // inside a block of code
	for lead := range maxLead {
		at := c.Line
		line, ok := c.Next()
		if !ok {
			break
		}
		if isFence(line) && (!code || lead == 0) && ReadRun(c).looksFenced() {
			return Suspicion{at, "this line does not open it"}, true
		}
		text := bytes.TrimSpace(line)
		if lead > 0 && (bytes.HasPrefix(text, []byte("```")) || bytes.HasPrefix(text, []byte("~~~"))) {
			code = !code
		}
	}
	return Suspicion{}, false
}

// Again returns a second block of front matter, at the beginning of the body below the first one,
// which keeps the post from the public. It returns false if there is none.
func Again(c lines.Cursor) (Suspicion, bool) {
	c = c.SkipBlank()
	below := c
	line, _ := below.Next()
	if !isFence(line) || line[0] == '`' || line[0] == '~' {
		below = c
	}
	if ReadRun(below).isWithheld() {
		return Suspicion{c.Line, "it stands below the line that closes the front matter"}, true
	}
	return Suspicion{}, false
}

// fence matches a line of two or more marks, together or apart, perhaps with the name of a language
// behind them.
var fence = regexp.MustCompile(`^[^\pL\pN\s][^\pL\pN]*[^\pL\pN\s][ \t]*[\pL]{0,12}$`)

// maxFence is the number of bytes that a fence is shorter than.
const maxFence = 100

// isFence reports whether a line may be meant to open front matter. Most lines are not, by their
// first character alone.
func isFence(line []byte) bool {
	first, size := utf8.DecodeRune(line)
	if size == 0 || first < utf8.RuneSelf && isAlphanumeric(first) {
		return false
	}
	text := bytes.TrimFunc(line, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	return len(text) < maxFence && fence.Match(text)
}
