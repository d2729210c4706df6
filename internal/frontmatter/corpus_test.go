package frontmatter_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// corpus holds real blogs, where the checkout has them beside it.
const corpus = "../../../shared/corpus"

// counts is what is known of a folder of posts.
type counts struct {
	Posts, Errors, Warnings int
	Formats                 map[string]int
	Untitled, Undated       int // no such key, or nothing under it
	BadDates, OddDates      int // of published, updated and expires
}

// TestFoldersOfPostsAreReadWhole counts. Each figure was looked at: the
// warnings of digitalgov-sub are "expirydate", those of swift-org "published"
// and "category", written twice; the odd date of jekyllrb holds its year twice;
// the undated posts are dated by their file names.
func TestFoldersOfPostsAreReadWhole(t *testing.T) {
	folders := map[string]counts{
		"testdata/posts": {Posts: 49, Errors: 6, Warnings: 24, Formats: map[string]int{"YAML": 32, "TOML": 3, "JSON": 1, "none": 7}, Untitled: 15, Undated: 30},
	}
	if _, err := os.Stat(corpus); err == nil {
		maps.Copy(folders, map[string]counts{
			corpus + "/ado-podcast":    {Posts: 205, Formats: map[string]int{"TOML": 205}},
			corpus + "/digitalgov-sub": {Posts: 239, Warnings: 6, Formats: map[string]int{"YAML": 239}, Untitled: 1, Undated: 1},
			corpus + "/dougbeal-micro": {Posts: 49, Formats: map[string]int{"YAML": 49}, Untitled: 49},
			corpus + "/jekyllrb":       {Posts: 102, Formats: map[string]int{"YAML": 102}, Undated: 3, OddDates: 1},
			corpus + "/letsencrypt":    {Posts: 122, Formats: map[string]int{"YAML": 122}, Undated: 1},
			corpus + "/mediumish":      {Posts: 14, Formats: map[string]int{"YAML": 14}, Undated: 14},
			corpus + "/seedlike-cc0":   {Posts: 158, Formats: map[string]int{"YAML": 158}},
			corpus + "/swift-org":      {Posts: 172, Warnings: 2, Formats: map[string]int{"YAML": 172}},
		})
	} else if !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for folder, want := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			if diff := cmp.Diff(want, count(t, folder)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func count(t *testing.T, folder string) counts {
	c := counts{Formats: map[string]int{}}
	for _, file := range posts(t, folder) {
		c.Posts++
		data := read(t, file)
		block, err := frontmatter.Parse("post.md", data)
		checkPromises(t, data, block, err)
		if err != nil {
			c.Errors++
			continue
		}
		c.Warnings += len(block.Problems)
		c.Formats[block.Format.String()]++
		if _, _, ok := meta.Plain.Find(block.Meta, meta.Title); !ok {
			c.Untitled++
		}
		for _, field := range []meta.Field{meta.Published, meta.Updated, meta.Expires} {
			c.countDate(block, field)
		}
	}
	return c
}

func (c *counts) countDate(block frontmatter.Block, field meta.Field) {
	v, _, ok := meta.Plain.Find(block.Meta, field)
	if !ok {
		if field == meta.Published {
			c.Undated++
		}
		return
	}
	d, err := dates.Parse(v.Text, nil)
	if err != nil {
		c.BadDates++
	} else if d.Warning != "" {
		c.OddDates++
	}
}

// posts lists the post files below a folder.
func posts(t testing.TB, folder string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		isPost := slices.Contains([]string{".md", ".markdown", ".html"}, filepath.Ext(path))
		if err == nil && isPost && !strings.Contains(path, "/reference/") && !strings.HasPrefix(d.Name(), "SOURCE") && !strings.HasPrefix(d.Name(), "LICENSE") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("%s holds no posts (%v)", folder, err)
	}
	return files
}

func BenchmarkParse(b *testing.B) {
	data := append(read(b, "testdata/posts/seed-form.md"), strings.Repeat("A paragraph of the text, neither long nor short.\n\n", 60)...)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := frontmatter.Parse("post.md", data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	block, err := frontmatter.Parse("post.md", read(b, "testdata/posts/seed-form.md"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for field := range meta.Plain.Names {
			meta.Plain.Find(block.Meta, field)
		}
	}
}
