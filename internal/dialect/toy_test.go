package dialect_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/source"
)

// inkwell is a dialect that nobody has. It shows what a new one costs: this row, and a
// line of the table.
var inkwell = &rules.Dialect{
	Name:        "inkwell",
	Folder:      rules.Folder{Settings: []string{"inkwell.yml"}, Posts: "notes"},
	Publication: func(s settings.Site) map[string]string { return map[string]string{"title": s.Text("name")} },
	Feeds:       rules.Feeds{Format: "atom", Main: []string{"/ink.xml"}},
	Posts: func(rules.Source) rules.Posts {
		return rules.Posts{
			Keys:    rules.KeysWith(map[meta.Field][]string{meta.Published: {"written_on"}}),
			Ignores: func(path string) bool { return !strings.HasPrefix(path, "notes/") },
			Links: func(r *rules.Reading) {
				r.Post.Slug = r.Name.Slug
				r.Post.URL = r.Site.URL + "/n/" + paths.Escape(r.Post.Slug) + ".html"
				r.SetLinks(r.Post.URL)
			},
		}
	},
}

func TestNewDialectIsOneRow(t *testing.T) {
	dialect.Add(t, inkwell)
	root := t.TempDir()
	write(t, root, map[string]string{"inkwell.yml": "name: Ink\n", "notes/": ""})
	made, problems := dialect.Read(root, "")
	if made.Kind != "inkwell" || made.File != "inkwell.yml" || made.Publication()["title"] != "Ink" || len(problems) > 0 {
		t.Fatalf("recognised as %+v, problems %v", made, problems)
	}
	if feeds := made.Kind.Feeds(); feeds.Format != "atom" || !slices.Contains(dialect.MainFeeds(), "/ink.xml") || !slices.Contains(dialect.Kinds(), "inkwell") {
		t.Errorf("feeds %v, all %v, kinds %v", feeds, dialect.MainFeeds(), dialect.Kinds())
	}

	reader := made.Reader(blog.Site{URL: "https://example.org", Zone: time.UTC}, nil)
	r, err := reader.Read(source.File{Path: "notes/a b.md", Data: []byte("---\ntitle: A\nwritten_on: 2026-03-02\ndate: 2020-01-01\n---\nText.\n")})
	if err != nil || r.State != dialect.Public {
		t.Fatalf("the note is %v: %v", r.State, err)
	}
	if p := r.Post; p.URL != "https://example.org/n/a%20b.html" || p.ID != p.URL || p.Title != "A" || p.Published != time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) {
		t.Errorf("the note is %+v", p)
	}
	if r, err := reader.Read(source.File{Path: "a.md", Data: []byte("---\nwritten_on: 2026-03-02\n---\n")}); err != nil || r.State != dialect.Other {
		t.Errorf("a file elsewhere is %v: %v", r.State, err)
	}
	if r, err := reader.Read(source.File{Path: "notes/b.md", Data: []byte("---\nwritten_on: 2026-03-02\ndraft: true\n---\n")}); err != nil || r.State != dialect.Draft {
		t.Errorf("a draft is %v: %v", r.State, err)
	}
}

// What a row leaves out is as in a bare folder, and never a panic.
func TestEmptyRow(t *testing.T) {
	dialect.Add(t, &rules.Dialect{Name: "nothing", Folder: rules.Folder{Settings: []string{"nothing.yml"}, Posts: "posts"}})
	root := t.TempDir()
	write(t, root, map[string]string{"nothing.yml": "future: true\n", "posts/": ""})
	made, problems := dialect.Read(root, "")
	if made.Kind != "nothing" || len(problems) > 0 {
		t.Fatalf("recognised as %+v, problems %v", made, problems)
	}
	site := blog.Site{URL: "https://example.org", Permalink: "/:slug/", Authority: "example.org", Zone: time.UTC}
	r, err := made.Reader(site, nil).Read(source.File{Path: "posts/2026-03-02-a.md", Data: []byte("# A\n")})
	if err != nil || r.State != dialect.Public || r.Post.URL != "https://example.org/a/" || r.Post.ID != "tag:example.org,2026-03-02:a" || r.Post.Title != "A" {
		t.Errorf("the post is %+v: %v", r.Post, err)
	}
	if made.Future() || made.FeedPath() != "" || made.Languages() != nil || made.TermPages() != nil || made.Publishes("a.png") || made.IsData("a.yml") ||
		made.IsBundle("index.md") || made.Kind.HasBundles() || made.Private("a.png") || !made.Private(".git/a.png") || made.Pages() ||
		len(made.Publication()) > 0 || len(made.Titles(site, nil)) > 0 || made.Templates(site, nil, dialect.Addresses{}) != nil {
		t.Error("the row answers what it does not say")
	}
}

// Settings that an author changes while the service runs are seen, whatever the dialect.
func TestFilesNamesAllThatReadLooksAt(t *testing.T) {
	dialect.Add(t, inkwell)
	files := dialect.Files("site")
	for _, want := range []string{
		"site/_config.yml", "site/_posts", "site/_drafts", "site/hugo.toml", "site/content", "site/config/_default",
		"site/config/production/hugo.yaml", "site/inkwell.yml", "site/notes",
	} {
		if !slices.Contains(files, want) {
			t.Errorf("%s is not among %v", want, files)
		}
	}
}

// The files of a folder of settings are those that lie there: who wrote them chose their names.
func TestFilesNamesThoseInFoldersOfSettings(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "config", "_default")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if before := dialect.Files(dir); slices.Contains(before, filepath.Join(folder, "params.fr.toml")) {
		t.Error("a file that is not there is named, and nobody could know its name")
	}
	for _, name := range []string{"languages.fr.toml", "params.fr.toml", "menus.en.yaml"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(dialect.Files(dir), filepath.Join(folder, name)) {
			t.Errorf("%s is not among the files", name)
		}
	}
}
