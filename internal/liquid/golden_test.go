package liquid_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/internal/blog"
	"broadsheet/internal/liquid"
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestPosts renders each archive of testdata: post.md or post.html, with what it
// may ask for in page.yaml, site.yaml and _includes/; want.md and want.problems
// come out. The post begins on line 10 of its file.
func TestPosts(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no posts in testdata: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			checkPost(t, path)
		})
	}
}

func checkPost(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	site := liquid.Site{
		Includes: map[string]string{}, URL: "https://example.org", BaseURL: "/blog", Zone: time.FixedZone("", 2*60*60),
		PostURL:  known(map[string]string{"2020-01-02-first": "/blog/2020/01/02/first/", "sub/2020-01-03-second": "/blog/sub/second/"}),
		LinkURL:  known(map[string]string{"_posts/2020-01-02-first.md": "/blog/2020/01/02/first/", "assets/a.png": "/blog/assets/a.png"}),
		Markdown: func(s string) string { return "<p>" + s + "</p>\n" },
	}
	var post txtar.File
	var page liquid.Object
	var kept []txtar.File
	for _, f := range archive.Files {
		include, isInclude := strings.CutPrefix(f.Name, "_includes/")
		switch {
		case isInclude:
			site.Includes[include] = strings.TrimSuffix(string(f.Data), "\n")
		case f.Name == "site.yaml":
			site.Vars = readObject(t, f.Data)
		case f.Name == "page.yaml":
			page = readObject(t, f.Data)
		case strings.HasPrefix(f.Name, "post."):
			post = f
		default:
			continue
		}
		kept = append(kept, f)
	}
	out, problems := liquid.New(site).Render(post.Data, page, post.Name, 10)
	got := append(kept, section("want.md", string(out)), section("want.problems", problemTexts(problems)))
	if *update {
		archive.Files = got
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(texts(archive.Files), texts(got)); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew)\n%s", path, diff)
	}
}

func known(urls map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		url, found := urls[name]
		return url, found
	}
}

func section(name, text string) txtar.File {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return txtar.File{Name: name, Data: []byte(text)}
}

func problemTexts(problems []blog.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(string(p.Severity) + " " + p.Error() + "\n")
	}
	return b.String()
}

func texts(files []txtar.File) map[string]string {
	all := map[string]string{}
	for _, f := range files {
		all[f.Name] = string(f.Data)
	}
	return all
}
