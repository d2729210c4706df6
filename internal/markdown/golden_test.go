package markdown_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/internal/markdown"
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestPosts renders each archive of testdata: post.md or post.html in; want.html,
// want.summary and want.problems out. The post begins on line 10 of its file.
func TestPosts(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no posts in testdata: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { checkPost(t, path) })
	}
}

func checkPost(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	comment := string(archive.Comment)
	r := markdown.New(markdown.Options{
		Typographer: strings.Contains(comment, "options: typographer"),
		Highlight:   strings.Contains(comment, "options: highlight"),
	})
	post := archive.Files[0]
	const base = "https://Example.org/2024/post/"
	c := mustRender(t, r, markdown.Source{Text: post.Data, Line: 10, HTML: post.Name == "post.html", Base: base})
	for _, fault := range faults(r, c, base) {
		t.Error(fault)
	}
	got := []txtar.File{post, section("want.html", c.HTML), section("want.summary", c.Summary), section("want.problems", problems(c))}
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

func section(name, text string) txtar.File {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return txtar.File{Name: name, Data: []byte(text)}
}

func problems(c markdown.Content) string {
	var b strings.Builder
	for _, p := range c.Problems {
		p.File = "post"
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
