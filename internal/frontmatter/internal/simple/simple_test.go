package simple_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/internal/blocks"
	"broadsheet/internal/frontmatter/internal/simple"
	"broadsheet/internal/frontmatter/lines"
)

const (
	corpus  = "../../../../../shared/corpus" // real blogs, where the checkout has them beside it
	samples = "../../../../posts"
)

// simpleBlocks can be read in the quick way.
var simpleBlocks = []string{
	"title: One\n",
	"title: One",
	"title: \"Post: \\\"One\\\" \\\\o/\"\ndate: 2026-01-02T03:04:05\ntags: []\n",
	"title: 'It''s ''quoted'''\nempty: ''\nalso: \"\"\n",
	"# head\n\ntitle:   One  two  \n  # indented\ndraft: true\n# foot\n",
	"title: One\r\ntags: [a, \"b, c\" , 'd']\r\n",
	"tags:\n- a\n- 'b'\n# between\n- 3\ndate: 2026-01-02\n",
	"tags:\n  - a: b: c\n",
	"image:\n  path: a.png\n  size:\n    width: 10\n    tags: [x]\n  alt: \"A\"\nnothing:\nlast: null\n",
	"build:\n    list:\n    - a\n    render: false\n",
	"a: 0\nb: 12\nc: 1.50\nd: 2026\ne: 10:30\nf: 5 things\ng: 100%\nh: 2026-01-02 10:00:00 +02:00\ni: 2026-13-45\n",
	"a: True\nb: NULL\nc: yes\nd: No\ne: nullable\nf: http://example.org/#top\ng: C#\nh: a :b\ni: a, b\n",
	"title: Ελληνικά 日本語 café \U0001f600\ntags: [日本語]\n",
}

// oddBlocks are near to simple, and read differently by a careless reader.
var oddBlocks = []string{
	"title: One\n  more\n", "title: One\n\n  more\n", "title: \"One\n  more\"\n", "title: One # comment\n", "title: \"One\" # comment\n",
	"title: a: b\n", "title: a:\n", "title:One\n", "title : One\n", " title: One\n", "title: One\n other: two\n", "? title\n: One\n",
	"title: One\ntitle: Two\n", "title: &a One\nother: *a\n", "<<: {a: b}\n", "a:\n  <<: *b\n", "title: !!str 1\n", "title: |\n  One\n", "title: >-\n  One\n",
	"a: 012\n", "a: 0x1F\n", "a: 1_000\n", "a: 1e3\n", "a: 123e-5\n", "a: 1234-5\n", "a: .5\n", "a: -.inf\n", "a: +1\n", "a: -0\n", "a: ~\n", "a: 0b11\n", "a: 0o7\n", "a: 5.\n", "a: 1.2.3\n",
	"a: 12345678901234567890\n", "a: \"\\u00e9\"\n", "a: \"\\q\"\n", "a: \"b\" c\n", "a: 'b' 'c'\n", "a: \"b\": c\n",
	"a: [b, [c]]\n", "a: [b: c]\n", "a: [b,]\n", "a: [,b]\n", "a: [b\n", "a: [b,\n  c]\n", "a: [\"b\" c]\n", "a: [b # c\n]\n", "a: [b:]\n", "a: [b] c\n", "a: [- b]\n", "a: []]\n", "a: {b: c}\n",
	"a:\n- b\n  c\n", "a:\n  - b\n - c\n", "a:\n  - b\n  c: d\n", "a:\n  b: c\n d: e\n", "a:\n  - b: c\n", "a:\n  - - b\n", "a:\n  -\n", "a:\n  -b\n", "a:\n  b\n", "a: b\n- c\n", "- a\n", "a:\n    b: c\n  d: e\n",
	"a:\tb\n", "\ta: b\n", "a: b\u0085c: d\n", "a: b\u2028c: d\n", "a: \ufeffb\n", "a: b\rc: d\n", "a: \x01\n", "%YAML 1.2\n", "a: %b\n", "a: @b\n", "a: `b`\n", "a: b\n--- c\n", "{a: b}\n", "[a]\n", "a\n", "#\n",
}

// TestSimpleBlocksAreReadAsYAML compares the quick way with the YAML library,
// for what is simple, what is nearly so, and the posts at hand.
func TestSimpleBlocksAreReadAsYAML(t *testing.T) {
	for _, text := range simpleBlocks {
		checkSimple(t, text)
	}
	for _, text := range oddBlocks {
		checkSimple(t, text)
	}
	for _, text := range blocksOf(t, "../../testdata/posts", samples, corpus) {
		checkSimple(t, text)
	}
}

// checkSimple reports whether a block was read in the quick way.
func checkSimple(t *testing.T, text string) bool {
	t.Helper()
	got, ok := simple.Read(text, 2)
	if !ok {
		return false
	}
	r := blocks.Reader{File: "post.md", Last: 2 + strings.Count(text, "\n")}
	want, err := r.AnyYAML(lines.Cursor{Rest: []byte(text), Line: 2})
	clean := len(r.Problems) == 0
	if err != nil || !clean || !reflect.DeepEqual(got, want) {
		t.Errorf("%q is not as simple as it was taken for (problems: %v, error: %v; -YAML +simple)\n%s", text, !clean, err, cmp.Diff(want, got))
	}
	return true
}

// TestMostPostsAreSimple makes sure that the quick way is taken. Most of what
// is not simple there has its values on several lines, or maps in a list.
func TestMostPostsAreSimple(t *testing.T) {
	for folder, least := range map[string]int{
		samples:                    90,
		corpus + "/digitalgov-sub": 75,
		corpus + "/dougbeal-micro": 90,
		corpus + "/jekyllrb":       90,
		corpus + "/letsencrypt":    70,
		corpus + "/mediumish":      90,
		corpus + "/seedlike-cc0":   90,
		corpus + "/swift-org":      90,
	} {
		texts, count := blocksOf(t, folder), 0
		for _, text := range texts {
			if _, ok := simple.Read(text, 2); ok {
				count++
			}
		}
		if len(texts) > 0 {
			t.Logf("%s: %d of %d", folder, count, len(texts))
		}
		if count*100 < least*len(texts) {
			t.Errorf("%s: %d of %d posts are simple, want %d %%", folder, count, len(texts), least)
		}
	}
}

// blocksOf returns the YAML between the fences of the posts below the folders.
// The corpus may be absent.
func blocksOf(t testing.TB, folders ...string) []string {
	t.Helper()
	var texts []string
	for _, folder := range folders {
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) && folder != samples {
			continue
		}
		for _, file := range posts(t, folder) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			block, err := frontmatter.Parse("post.md", data)
			if err != nil || block.Format != frontmatter.YAML {
				continue
			}
			head := data[:len(data)-len(block.Body)]
			_, below, _ := bytes.Cut(bytes.TrimLeft(head, "\ufeff\r\n"), []byte("\n"))
			if end := bytes.LastIndexByte(bytes.TrimRight(below, "\r\n"), '\n'); end >= 0 {
				texts = append(texts, string(below[:end+1]))
			}
		}
	}
	return texts
}

// posts lists the post files below a folder.
func posts(t testing.TB, folder string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		isPost := slices.Contains([]string{".md", ".markdown", ".html"}, filepath.Ext(path))
		if err == nil && isPost && !strings.Contains(path, "/reference/") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("%s holds no posts (%v)", folder, err)
	}
	return files
}

// FuzzSimple checks that what is read in the quick way is read as the YAML
// library reads it.
func FuzzSimple(f *testing.F) {
	for _, text := range append(append(blocksOf(f, "../../testdata/posts", samples, filepath.Clean(corpus)), simpleBlocks...), oddBlocks...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkSimple(t, text) })
}
