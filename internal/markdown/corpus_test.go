package markdown_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/markdown"
)

// TestRealPostsStandAlone renders every post of the corpus beside the
// repository, or of testdata where there is none.
func TestRealPostsStandAlone(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..", "..", "shared", "corpus")
	if _, err := os.Stat(root); err != nil {
		root = "testdata"
	}
	r := markdown.New(markdown.Options{Typographer: true})
	posts := realPosts(t, root)
	if len(posts) == 0 {
		t.Fatalf("no posts below %s", root)
	}
	for _, path := range posts {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s := markdown.Source{Text: afterFrontMatter(file), HTML: filepath.Ext(path) == ".html", Base: "https://example.org/2024/post/"}
		c := mustRender(t, r, s)
		for _, fault := range faults(r, c, s.Base) {
			t.Errorf("%s: %s", path, fault)
		}
		for _, p := range c.Problems {
			if strings.Contains(p.Message, "plain text") {
				t.Errorf("%s: %v", path, p)
			}
		}
		if c.Summary == "" && bytes.Count(s.Text, []byte(" ")) > 100 {
			t.Errorf("%s: a long post without a summary", path)
		}
	}
}

func realPosts(t *testing.T, root string) []string {
	t.Helper()
	var posts []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		kinds := []string{".md", ".markdown", ".html", ".txtar"}
		if err == nil && d.Type().IsRegular() && slices.Contains(kinds, filepath.Ext(path)) {
			posts = append(posts, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return posts
}

func afterFrontMatter(file []byte) []byte {
	for _, fence := range []string{"---\n", "+++\n"} {
		if rest, ok := bytes.CutPrefix(file, []byte(fence)); ok {
			if _, body, found := bytes.Cut(rest, []byte("\n"+fence)); found {
				return body
			}
		}
	}
	return file
}
