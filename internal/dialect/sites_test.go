package dialect_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/source"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what the archives of testdata expect")

// Each archive of testdata is the folder of a site. Its last file, want, says what the site and
// each file of it come to by the rules of its dialect, which is recognised by the folder.
func TestSites(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives in testdata: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			if archive.Files[last].Name != "want" {
				t.Fatal("the last file is not called want")
			}
			got := siteOf(t, archive.Files[:last])
			if *update {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
				t.Errorf("what the site comes to differs; -update rewrites it (-want +got):\n%s", diff)
			}
		})
	}
}

// siteOf writes a site to disk and says what it and its files come to.
func siteOf(t *testing.T, files []txtar.File) string {
	t.Helper()
	root, texts := t.TempDir(), map[string]string{}
	for _, f := range files {
		texts[f.Name] = string(f.Data)
	}
	write(t, root, texts)
	made, problems := dialect.Read(root, "")
	said := &strings.Builder{}
	line := func(indent int, key string, values ...any) {
		if text := strings.TrimSpace(fmt.Sprintln(values...)); text != "" {
			fmt.Fprintf(said, "%s%s: %s\n", strings.Repeat("  ", indent), key, text)
		}
	}
	line(0, "dialect", made.Kind, made.File)
	for _, key := range slices.Sorted(maps.Keys(made.Publication())) {
		line(1, key, made.Publication()[key])
	}
	line(1, "feed", made.FeedPath())
	line(1, "languages", strings.Join(made.Languages(), " "))
	if made.Future() {
		line(1, "future", "yes")
	}
	for _, list := range slices.Sorted(maps.Keys(made.TermPages())) {
		line(1, "pages of "+list, made.TermPages()[list])
	}
	for _, name := range slices.Sorted(maps.Keys(made.TermPaths())) {
		line(1, "feed of "+name, orNowhere(made.TermPaths()[name]))
	}
	data := map[string][]byte{}
	for _, f := range files {
		if made.IsData(f.Name) {
			data[f.Name] = f.Data
		}
	}
	site := blog.Site{URL: "https://example.org", Authority: "example.org", Permalink: "/:year/:month/:day/:slug/", Zone: time.FixedZone("", 2*60*60)}
	titles := made.Titles(site, data)
	for _, name := range slices.Sorted(maps.Keys(titles)) {
		line(1, "title of "+name, titles[name])
	}
	tell(line, 1, problems)
	reader := made.Reader(site, data)
	for _, f := range files {
		if ext := path.Ext(f.Name); made.IsData(f.Name) || slices.Contains([]string{".toml", ".yaml", ".yml"}, ext) {
			continue
		}
		result, err := reader.Read(source.File{Path: f.Name, Data: f.Data})
		switch {
		case err != nil:
			line(0, f.Name, "error:", err)
		case result.State == dialect.Other && made.Private(f.Name):
			line(0, f.Name, "private")
		case result.State == dialect.Other && !strings.HasSuffix(f.Name, ".md") && made.Publishes(f.Name):
			line(0, f.Name, "copied")
		default:
			line(0, f.Name, stateNames[result.State])
			tellPost(line, result)
			tell(line, 1, result.Problems)
		}
	}
	return said.String()
}

var stateNames = map[dialect.State]string{
	dialect.Other: "no post", dialect.Public: "public", dialect.Draft: "draft", dialect.Unlisted: "unlisted",
}

func orNowhere(path string) string {
	if path == "" {
		return "nowhere"
	}
	return path
}

func tell(line func(int, string, ...any), indent int, problems []blog.Problem) {
	for _, p := range problems {
		line(indent, fmt.Sprintf("%s, line %d", p.Severity, p.Line), p.Message)
	}
}

// tellPost says what is not as it goes without saying.
func tellPost(line func(int, string, ...any), result dialect.Result) {
	p := result.Post
	if p == nil || result.State == dialect.Other {
		return
	}
	line(1, "url", strings.TrimPrefix(p.URL, "https://example.org"))
	if p.ID != p.URL {
		line(1, "id", strings.TrimPrefix(p.ID, "https://example.org"))
	}
	line(1, "title", p.Title)
	line(1, "published", p.Published.Format(time.RFC3339))
	if !p.Updated.Equal(p.Published) {
		line(1, "updated", p.Updated.Format(time.RFC3339))
	}
	if !p.Expires().IsZero() {
		line(1, "expires", p.Expires().Format(time.RFC3339))
	}
	for _, a := range p.Authors {
		line(1, "author", a.Name, a.Email, a.URL)
	}
	for _, term := range p.Terms {
		line(1, string(term.Kind), term.Name)
	}
	line(1, "section", p.Section, strings.Join(p.Parts(), " "))
	if p.Aside() {
		line(1, "stands", "aside")
	}
	line(1, "language", p.Language())
	line(1, "leads to", p.ExternalURL())
	line(1, "picture", p.Image().URL, p.Image().Alt)
	line(1, "was at", strings.Join(p.Aliases(), " "))
	line(1, "summary", p.Summary())
	line(1, "description", p.Description())
	if p.Excerpt() != nil {
		line(1, "excerpt", fmt.Sprintf("%q", p.Excerpt()))
	}
	for _, e := range p.Enclosures() {
		line(1, "enclosure", e.URL, e.Type, e.Size, e.Duration)
	}
	if body := string(p.Body); body != "Text.\n" {
		line(1, "body", fmt.Sprintf("%q", body))
	}
}
