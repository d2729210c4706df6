package guess_test

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"

	"broadsheet/internal/frontmatter/internal/guess"
	"broadsheet/internal/frontmatter/lines"
)

var proseSeed = flag.Uint64("prose.seed", 0, "the one seed that random lines begin with; 0: 40 of them")

func TestKeysAreFoundWhateverStandsAroundThem(t *testing.T) {
	for line, want := range map[string]string{
		"title: A":             "title=A",
		"title : A":            "title=A",
		"title = A":            "title=A",
		"title：A":              "title=A",
		"title:: A":            "title=A",
		"\ttitle:A":            "title=A",
		"- title: A":           "title=A",
		"\"title\": \"A\",":    "title=\"A\"",
		"**title**: A":         "title=A",
		"{draft: true}":        "draft=true",
		"# title: A":           "title=A",
		"__draft__: true":      "draft__=true",
		"_: x":                 "_=x",
		"\u202atitle\u202c: A": "title=A",
		"$a.b-c_1=2":           "a.b-c_1=2",
		"Überschrift: A":       "Überschrift=A",
		"http://example.org/":  "http=//example.org/",
	} {
		key, value, ok := guess.Key([]byte(line))
		if got := key + "=" + value; !ok || got != want {
			t.Errorf("%q gave %q, %v; want %q", line, got, ok, want)
		}
	}
	for _, line := range []string{"", " ", "a", "a b: c", "1: a", "42 = b", "\u00a0title: A", "a (b): c", "a|b: c", "_", "...", ": a"} {
		if key, value, ok := guess.Key([]byte(line)); ok {
			t.Errorf("%q gave %q and %q, want no key", line, key, value)
		}
	}
}

// No line that the expression matches is passed over as prose.
func TestProseIsNeverAKey(t *testing.T) {
	alphabet := []rune("aé1_.-:=： \t\v\"'*{}|$+#~\u00a0\u200e\u00ad\ufffd日\u0301€\u2014")
	keys, first, last := 0, uint64(1), uint64(40)
	if *proseSeed > 0 {
		first, last = *proseSeed, *proseSeed
	}
	for seed := first; seed <= last; seed++ {
		r := rand.New(rand.NewPCG(seed, 1))
		for range 500 {
			var line strings.Builder
			for range r.IntN(9) {
				line.WriteRune(alphabet[r.IntN(len(alphabet))])
			}
			text := []byte(line.String())
			if r.IntN(4) == 0 { // cut in the middle of a character
				text = text[:r.IntN(len(text)+1)]
			}
			want := guess.MatchesKeyLine(text)
			if _, _, got := guess.Key(text); got != want {
				t.Fatalf("seed %d: %q is a key: %v, want %v", seed, text, got, want)
			}
			if want {
				keys++
			}
		}
	}
	if keys == 0 {
		t.Error("none of the lines was a key")
	}
}

func TestSecondBlocksThatWithholdThePost(t *testing.T) {
	for text, want := range map[string]int{
		"\n---\ndraft: true\n---\nText":     2,
		"draft: true\n---\nText":            1,
		"***\nstatus: private\n***\n":       1,
		"---json\n{\"draft\": true}\n---\n": 1,
		"\n\n  ---\npublished: no\n---":     3,
		"---\ndraft: false\n---\nText":      0,
		"---\ndraft: true\nText":            0, // nothing closes it
		"Text: draft\n\nMore.":              0,
		"```\ndraft: true\n```\n":           0,
		"":                                  0,
	} {
		suspect, found := guess.Again(lines.Cursor{Rest: []byte(text), Line: 1})
		if suspect.Line != want || found != (want > 0) {
			t.Errorf("%q: line %d, %v; want line %d", text, suspect.Line, found, want)
		}
	}
}

func TestBlocksThatNoLineOpens(t *testing.T) {
	for text, want := range map[string]int{
		"----\ntitle: A\ndraft: true\n----\n":       1,
		"<!--\ntitle: A\ndate: 2026-01-02\n-->\n":   1,
		"Words.\n\n---\ntitle: A\ndraft: true\n---": 3,
		"draft: true\n\nText":                       1,
		"Text\n\n```\n---\ntitle: A\n---\n```\n":    0,
		"# Heading\n\nText: more of it.\n":          0,
		"Text.\n\n---\n\nMore text.\n":              0,
	} {
		suspect, found := guess.Top(lines.Cursor{Rest: []byte(text), Line: 1})
		if suspect.Line != want || found != (want > 0) {
			t.Errorf("%q: line %d, %v; want line %d", text, suspect.Line, found, want)
		}
	}
}
