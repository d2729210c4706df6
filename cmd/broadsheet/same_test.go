package main

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/config"

	"golang.org/x/tools/txtar"
)

var builds = flag.Int("builds", 5, "how often the documents of a tree are made and compared")

// TestSameFilesGiveTheSameBytes makes the documents of every tree of files that the
// rules of the dialects are tested with, and of some drawn at random, again and
// again, on one processor and on several: all of them must be the same each time.
func TestSameFilesGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("../../internal/library/testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no trees: %v", err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tree := map[string]string{}
		for _, f := range archive.Files {
			tree[f.Name] = string(f.Data)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { sameEachTime(t, tree) })
	}
	draw := drawFrom(t)
	for n := range 4 {
		tree := randomTree(draw)
		t.Run("drawn "+strconv.Itoa(n), func(t *testing.T) { sameEachTime(t, tree) })
	}
}

func sameEachTime(t *testing.T, tree map[string]string) {
	dir := t.TempDir()
	modified := time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(tree[name]), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, modified, modified); err != nil {
			t.Fatal(err)
		}
	}
	settings, _, err := config.Load(config.Options{
		Dir: dir, LookupEnv: func(key string) (string, bool) {
			value := map[string]string{"BROADSHEET_URL": "https://example.org", "BROADSHEET_ITEMS": "4"}[key]
			return value, value != ""
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first map[string]string
	for n := range *builds {
		runtime.GOMAXPROCS(1 + n%4)
		read, err := readOnce(t.Context(), settings, "")
		if err != nil {
			t.Fatal(err)
		}
		made := map[string]string{"problems": fmt.Sprint(read.Problems, read.Edition.Problems())}
		for _, d := range read.Edition.Documents() {
			c, err := d.Content()
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256(c.Body)
			made[d.Path] = hex.EncodeToString(sum[:]) + c.Modified.String() + d.Link()
		}
		if first == nil {
			first = made
		}
		for path := range made {
			if made[path] != first[path] || len(made) != len(first) {
				t.Fatalf("build %d differs from the first in %s", n, path)
			}
		}
	}
}

// drawFrom returns numbers that follow from the variable BROADSHEET_SEED, or from
// the clock; the seed is printed where the test fails.
func drawFrom(t *testing.T) *rand.Rand {
	t.Helper()
	seed, err := strconv.ParseUint(os.Getenv("BROADSHEET_SEED"), 10, 64)
	if err != nil {
		seed = uint64(time.Now().UnixNano()) //nolint:gosec // any number does
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("BROADSHEET_SEED=%d", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // not a secret
}

// randomTree draws a site in which much claims the same: names that differ in
// letter case or extension alone, dates, ids, addresses, terms in several
// spellings, sections in several languages, layouts of one shortcode.
func randomTree(draw *rand.Rand) map[string]string {
	one := func(of ...string) string { return of[draw.IntN(len(of))] }
	tree := map[string]string{}
	front := func() string {
		return "title: " + one("A", "B", "C & D", "'<i>x</i>'") + "\ndate: 2026-01-0" + one("1", "2") +
			one("", "\npermalink: /same/", "\nurl: /same/", "\npermalink: /rss.xml", "\nredirect_from: [/Old/, /old]", "\naliases: [/Old, /old/]", "\nid: one") +
			"\ntags: [" + one("Go", "go", "GO") + ", " + one("two words", "Two-Words", "two_words") + "]\n" + one("", "author: "+one("Jo", "jo")+"\n")
	}
	text := func() string {
		return one("Text.", "{{< x a >}} and {{% y %}}", "{% include x.html %}", "{% post_url 2026-01-01-a %}", "[link](a.md) and ![](p.png)", "{{ site.data.d }}") + "\n\nMore " + one("1", "2", "3") + ".\n"
	}
	switch kind := one("plain", "jekyll", "hugo"); kind {
	case "jekyll":
		tree["_config.yml"] = "title: T\nurl: https://example.org\n"
		for range 12 {
			tree[one("", "a/", "b/")+"_posts/2026-01-0"+one("1", "2")+"-"+one("a", "b")+one(".md", ".markdown", ".html")] = "---\n" + front() + "---\n" + text()
		}
		for range 4 {
			tree[one("_includes/x.html", "_includes/sub/x.html", "_data/d.yml", "_data/d.json", "_data/d/e.yml", "_data/authors.yml", "_data/authors.yaml")] = one(`{"a": 1}`, `{"b": 2, "jo": {"name": "Jo One"}}`)
		}
	case "hugo":
		tree["hugo.toml"] = "title = 'T'\ndefaultContentLanguage = 'en'\n[languages.en]\n[languages.fr]\n[languages.de]\n"
		for range 12 {
			tree["content/"+one("", "posts/", "notes/")+one("a", "b", "A", "c/index")+one("", ".fr", ".de")+one(".md", ".html")] = "---\n" + front() + "---\n" + text()
		}
		for range 6 {
			tree["content/"+one("", "posts/", "notes/", "tags/", "tags/go/")+"_index"+one("", ".fr", ".de", ".en")+".md"] =
				"---\ntitle: " + one("X", "Y") + "\ncascade:\n  - author: " + one("English Desk", "Bureau") + one("", "\n    _target: {lang: fr}", "\n    _target: {path: /posts/**}") + "\n---\n"
		}
		for range 6 {
			tree["layouts/"+one("shortcodes/", "_shortcodes/")+one("x", "X", "y")+one(".html", ".md", ".rss.xml", ".txt")] = one("old", "new", "{{ .Get 0 }}", "{{ range . }}{{ end }}")
		}
	default:
		for range 16 {
			tree[one("", "a/", "A/", "b/")+one("2026-01-01-a", "x", "X", "y")+one(".md", ".markdown", ".html")] = "---\n" + front() + "---\n" + text()
		}
	}
	return tree
}
