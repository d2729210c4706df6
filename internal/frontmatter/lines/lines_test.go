package lines_test

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/frontmatter/lines"
)

var lineSeed = flag.Uint64("lines.seed", 0, "the one seed that random texts begin with; 0: 100 of them")

// line is what Next returned, and the line on which the text after it begins.
type line struct {
	Text string
	Then int
}

func all(text string) (found []line) {
	c := lines.Cursor{Rest: []byte(text), Line: 1}
	for {
		next, ok := c.Next()
		if !ok {
			return found
		}
		found = append(found, line{string(next), c.Line})
	}
}

func TestLinesEndWithAnyOfTheThreeEndings(t *testing.T) {
	for text, want := range map[string][]line{
		"":            nil,
		"a":           {{"a", 1}},
		"a\n":         {{"a", 2}},
		"a\r":         {{"a", 2}},
		"a\r\n":       {{"a", 2}},
		"\n\r":        {{"", 2}, {"", 3}},
		"a\r\r\nb\nc": {{"a", 2}, {"", 3}, {"b", 4}, {"c", 4}},
		strings.Repeat("x", 255) + "\r\n" + strings.Repeat("y", 600) + "\rz": {
			{strings.Repeat("x", 255), 2}, {strings.Repeat("y", 600), 3}, {"z", 3},
		},
	} {
		if diff := cmp.Diff(want, all(text)); diff != "" {
			t.Errorf("%.20q (-want +got):\n%s", text, diff)
		}
	}
}

// The lines of any text are those that a regular expression finds, and Count counts their ends.
func TestLinesOfRandomTexts(t *testing.T) {
	ending := regexp.MustCompile(`\r\n|\r|\n`)
	first, last := uint64(1), uint64(100)
	if *lineSeed > 0 {
		first, last = *lineSeed, *lineSeed
	}
	for seed := first; seed <= last; seed++ {
		r := rand.New(rand.NewPCG(seed, 0))
		var b bytes.Buffer
		for range r.IntN(8) {
			b.WriteString(strings.Repeat("x", r.IntN(600)))
			b.WriteString([]string{"\n", "\r", "\r\n", "\n\n", "\r\r"}[r.IntN(5)])
		}
		text := b.String()
		var want, got []string
		if want = ending.Split(text, -1); want[len(want)-1] == "" {
			want = want[:len(want)-1] // nothing follows the last ending
		}
		for _, l := range all(text) {
			got = append(got, l.Text)
		}
		if diff := cmp.Diff(strings.Join(want, "|"), strings.Join(got, "|")); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
		if n := len(ending.FindAllString(text, -1)); lines.Count(b.Bytes()) != n {
			t.Fatalf("seed %d: %d line endings, want %d", seed, lines.Count(b.Bytes()), n)
		}
	}
}

func TestSkipping(t *testing.T) {
	c := lines.Cursor{Rest: []byte(" \r\n\t\rtext\nmore"), Line: 1}
	text := c.SkipBlank()
	if string(text.Rest) != "text\nmore" || text.Line != 3 {
		t.Errorf("the first line of text is %q on line %d", text.Rest, text.Line)
	}
	if blank := c.To(text); string(blank.Rest) != " \r\n\t\r" || blank.Line != 1 {
		t.Errorf("the blank lines are %q from line %d", blank.Rest, blank.Line)
	}
	text.Skip(5)
	if string(text.Rest) != "more" || text.Line != 4 {
		t.Errorf("after five bytes: %q on line %d", text.Rest, text.Line)
	}
}
