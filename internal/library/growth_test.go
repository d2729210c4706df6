package library_test

import (
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library"
	"broadsheet/internal/source"
)

// generators are the names of a post in each.
var generators = []struct {
	kind dialect.Kind
	name string
}{{"plain", "2026-01-01-a.md"}, {"jekyll", "_posts/2026-01-01-a.md"}, {"hugo", "content/a.md"}}

// grown are the ways to make a file large with a pattern.
var grown = map[string]func(pattern string, n int) string{
	"body": func(p string, n int) string { return "---\ntitle: A\ndate: 2026-01-01\n---\n" + repeated(p, n) },
	"file": repeated,
	"yaml": func(p string, n int) string { return "---\n" + repeated(p, n) + "\n---\nText.\n" },
	"title": func(p string, n int) string {
		return "---\ndate: 2026-01-01\ntitle: " + repeated(p, n) + "\n---\nText.\n"
	},
	"list": func(p string, n int) string {
		return "---\ndate: 2026-01-01\ntags: [" + repeated(p, n) + "]\n---\nText.\n"
	},
	"toml": func(p string, n int) string { return "+++\ndate = 2026-01-01\n" + repeated(p, n) + "\n+++\nText.\n" },
	"json": func(p string, n int) string { return `{"date": "2026-01-01", "a": ` + repeated(p, n) + "}\nText.\n" },
	"comment": func(p string, n int) string {
		return "---\ntitle: A\ndate: 2026-01-01\n---\n{{% comment %}}" + repeated(p, n)
	},
}

// patterns are what was seen to be costly, in this program or in others.
var patterns = []string{
	"a", " ", "\n", "\t", "a\n", "a: b\n", "a:\n ", "- ", "- a\n", "---\n", "+++\n", "[", "{", "{a: ", `{"a":`, "&a [*a, ", "'", `"`, `\`, "# a\n", "a.", "[[a]]\n",
	"1,", "9", "{:", "{: .a}\n", "a{: .b}", "{::comment}", "{{", "{%", "{{ a }}", "{% a %}", "{{<", "{{< a >}}", "{{</* a */>}}", "{{% a %}}", "<", "<a ", "<!--", "<!-- -->", "%%",
	"![](a.png) ", "[a](b.md) ", "`", "```\n", "~~~\n", "<p hidden>", "&amp;", "a, ", "é", "漢", "<<<<<<< a\n",
}

func repeated(pattern string, n int) string { return strings.Repeat(pattern, n/len(pattern)) }

// cost reads a site of one post, and returns the bytes that were allocated for it.
func cost(kind dialect.Kind, name, text string) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	library.Build(nil, []source.File{{Path: name, Data: []byte(text)}}, library.Options{
		Site: blog.Site{URL: "https://example.org", Authority: "example.org", Permalink: "/:slug/", Zone: time.UTC},
		Now:  time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Generator: dialect.Site{Kind: kind},
	})
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// slack is what one of two runs may take more than the other for other reasons.
const slack = 4 << 20

// TestWorkGrowsWithSize reads posts of one size and of four times that: what is
// allocated may grow so much, and not with the square. How the time grew is logged.
func TestWorkGrowsWithSize(t *testing.T) {
	n := 0
	for _, way := range slices.Sorted(maps.Keys(grown)) {
		for _, pattern := range patterns {
			n++
			for i, d := range generators {
				if way == "body" || i == n%len(generators) { // the rest is read alike in all
					grow(t, d.kind, d.name, way, pattern)
				}
			}
		}
	}
}

func grow(t *testing.T, kind dialect.Kind, name, way, pattern string) {
	t.Helper()
	const size = 16 << 10
	began := time.Now()
	small := cost(kind, name, grown[way](pattern, size))
	between := time.Now()
	large := cost(kind, name, grown[way](pattern, 4*size))
	if large > 6*small+slack {
		t.Errorf("%s, %s of %q: %d and %d bytes are allocated", name, way, pattern, small, large)
	}
	if took := time.Since(between); took > 100*time.Millisecond {
		t.Logf("%s, %s of %q: %v, and four times as much %v", name, way, pattern, between.Sub(began), took)
	}
}

// FuzzGrown does so with any pattern.
func FuzzGrown(f *testing.F) {
	ways := slices.Sorted(maps.Keys(grown))
	for i, pattern := range patterns {
		f.Add(pattern, uint8(i), uint8(i)) //nolint:gosec // fewer than 256
	}
	f.Fuzz(func(t *testing.T, pattern string, way, dialect uint8) {
		if pattern != "" {
			d := generators[int(dialect)%len(generators)]
			grow(t, d.kind, d.name, ways[int(way)%len(ways)], pattern)
		}
	})
}
