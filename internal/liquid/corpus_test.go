package liquid_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"broadsheet/internal/liquid"
)

// corpus holds real blogs, where the checkout has them beside it; elsewhere
// BROADSHEET_CORPUS says where they are.
const corpus = "../../../shared/corpus"

// TestRealJekyllPosts renders the blogs of the corpus that Jekyll makes. Each
// problem was looked at: the documentation that these posts link to is not in
// the corpus.
func TestRealJekyllPosts(t *testing.T) {
	root := os.Getenv("BROADSHEET_CORPUS")
	if root == "" {
		root = corpus
	}
	if _, err := os.Stat(root); err != nil {
		t.Skipf("no corpus of real blogs beside the repository: %v", err)
	}
	for blog, want := range map[string]map[string]string{
		"swift-org": {
			"2020-03-24-swift-5.2-released.md": "sort: nil cannot be sorted: left empty", // its data files are left out here
		},
		"jekyllrb": {
			"2023-01-29-jekyll-3-9-3-released.markdown":  `link "_docs/history.md" leads nowhere: left out`,
			"2023-12-28-jekyll-3-9-4-released.markdown":  `link "_docs/history.md" leads nowhere: left out`,
			"2024-06-23-jekyll-3-10-0-released.markdown": `link "_docs/history.md" leads nowhere: left out`,
		},
	} {
		t.Run(blog, func(t *testing.T) {
			got := renderBlog(t, filepath.Join(root, blog, "site"))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("problems (-want +got)\n%s", diff)
			}
		})
	}
}

// renderBlog renders the posts of a site, and returns their problems.
func renderBlog(t *testing.T, folder string) map[string]string {
	var vars map[string]any
	if err := yaml.Unmarshal(read(t, filepath.Join(folder, "_config.yml")), &vars); err != nil {
		t.Fatal(err)
	}
	posts := files(t, filepath.Join(folder, "_posts"))
	url := func(name string) (string, bool) {
		name = strings.TrimPrefix(name, "_posts/")
		for _, post := range posts {
			if base := filepath.Base(post); base == name || strings.TrimSuffix(base, filepath.Ext(base)) == name {
				return "/" + name + "/", true
			}
		}
		return "", false
	}
	r := liquid.New(liquid.Site{Vars: object(vars), PostURL: url, LinkURL: url})
	r.Hurry() // real posts are nowhere near the bounds
	problems, templates := map[string]string{}, 0
	for _, post := range posts {
		front, body := split(read(t, post))
		var page map[string]any
		_ = yaml.Unmarshal(front, &page) // one has a key twice; templates do not need it
		out, found := r.Render(body, object(page), filepath.Base(post), 1+bytes.Count(front, []byte("\n")))
		for _, p := range found {
			problems[p.File] = p.Message
		}
		if hasTemplate(string(body)) {
			templates++
			checkLeftovers(t, post, body, out)
		} else if !bytes.Equal(out, body) {
			t.Errorf("%s: has no template text, but changed", post)
		}
	}
	if templates < 10 {
		t.Errorf("only %d posts with template text", templates)
	}
	return problems
}

var rawBlocks = regexp.MustCompile(`(?s)\{% raw %\}.*?\{% endraw %\}`)

// checkLeftovers looks for template text that came out of nowhere.
func checkLeftovers(t *testing.T, post string, body, out []byte) {
	t.Helper()
	raw := bytes.Join(rawBlocks.FindAll(body, -1), nil)
	for _, mark := range []string{"{{", "{%"} {
		want := bytes.Count(raw, []byte(mark))
		if mark == "{%" {
			want -= 2 * len(rawBlocks.FindAll(body, -1))
		}
		if got := bytes.Count(out, []byte(mark)); got != want {
			t.Errorf("%s: %q stands %d times in what is rendered, and %d times in raw", post, mark, got, want)
		}
	}
}

func files(t *testing.T, folder string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			all = append(all, path)
		}
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%s holds no posts (%v)", folder, err)
	}
	return slices.Sorted(maps.Keys(set(all)))
}

func set(all []string) map[string]bool {
	m := map[string]bool{}
	for _, s := range all {
		m[s] = true
	}
	return m
}

// split parts a post into its front matter, delimiters included, and its body.
func split(post []byte) (front, body []byte) {
	end := bytes.Index(post[4:], []byte("\n---\n"))
	if end < 0 {
		return nil, post
	}
	return post[:4+end+1], post[4+end+5:]
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func BenchmarkRender(b *testing.B) {
	r := liquid.New(liquid.Site{Vars: liquid.Object{{Key: "baseurl", Value: "/blog"}}})
	body := []byte(strings.Repeat("A paragraph of the text, with ![an image]({{ site.baseurl }}/a.png).\n\n", 10))
	page := object(map[string]any{"title": "A title", "tags": []any{"a", "b"}})
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		r.Render(body, page, "post.md", 1)
	}
}
