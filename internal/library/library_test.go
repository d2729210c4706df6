package library_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library"
	"broadsheet/internal/media"
	"broadsheet/internal/source"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

var now = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

var site = blog.Site{
	URL: "https://example.org", Authority: "example.org", Permalink: "/:year/:month/:day/:slug/", Zone: time.UTC,
	Authors: []blog.Author{{Name: "The Desk"}},
}

// TestFolders builds the folder in each archive of testdata and compares what
// came out with its file "want".
func TestFolders(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives in testdata (%v)", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			want := ""
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				files[f.Name] = string(f.Data)
			}
			o := options()
			o.Generator, o.Site.Zone = generatorOf(t, files), time.UTC
			if zone, err := time.LoadLocation(o.Generator.Text("timezone", "timeZone")); err == nil {
				o.Site.Zone = zone
			}
			o.Media = mediaOf(files)
			o.Measure = measuring(o.Media)
			l := library.Build(nil, folder(files), o)
			got := describe(l)
			for _, p := range l.Lost() {
				got += "lost: " + p.Error() + "\n"
			}
			if *update {
				archive.Files = append(slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" }),
					txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

func options() library.Options { return library.Options{Site: site, Now: now} }

// generatorOf reads the generator's settings among the files.
func generatorOf(t *testing.T, files map[string]string) dialect.Site {
	t.Helper()
	for name, kind := range map[string]dialect.Kind{"_config.yml": "jekyll", "hugo.toml": "hugo"} {
		if text, ok := files[name]; ok {
			delete(files, name)
			g, problems := dialect.Parse(dialect.Site{Kind: kind, File: name}, []byte(text))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			return g
		}
	}
	return dialect.Site{Kind: "plain"}
}

// mediaOf takes the media files out of the files.
func mediaOf(files map[string]string) *address.Files {
	var found []blog.Media
	for path, text := range files {
		if kind := media.TypeOf(path); kind != "" {
			found = append(found, blog.Media{Path: path, Type: kind, Size: int64(len(text))})
			if filepath.Ext(path) != ".html" { // which may be a post as well
				delete(files, path)
			}
		}
	}
	return address.NewFiles(found)
}

// measuring says of media files that they play for as many seconds as they have
// bytes.
func measuring(all *address.Files) func([]string) map[string]media.Facts {
	return func(files []string) map[string]media.Facts {
		facts := map[string]media.Facts{}
		for _, file := range files {
			f, _ := all.Find(file)
			facts[file] = media.Facts{Duration: time.Duration(f.Size) * time.Second}
		}
		return facts
	}
}

// folder returns a scan of the files, sorted by path as scans are.
func folder(files map[string]string) []source.File {
	var scan []source.File
	for path, text := range files {
		scan = append(scan, source.File{Path: path, Data: []byte(text), Hash: sha256.Sum256([]byte(text)), Modified: blog.StampOf(now)})
	}
	slices.SortFunc(scan, func(a, b source.File) int { return strings.Compare(a.Path, b.Path) })
	return scan
}

// describe writes a library for people: a paragraph a post, then the counts and
// the problems.
func describe(l *library.Library) string {
	var b strings.Builder
	for _, p := range l.Posts {
		fmt.Fprintf(&b, "%s\n", p.Path)
		line := func(name, value string) {
			if value != "" {
				fmt.Fprintf(&b, "  %-9s %s\n", name, value)
			}
		}
		line("id", p.ID)
		line("url", p.URL)
		line("external", p.ExternalURL())
		line("aliases", strings.Join(p.Aliases(), " "))
		line("section", p.Section)
		line("title", p.Title)
		line("published", p.Published.Format(time.RFC3339))
		if !p.Updated.Equal(p.Published) {
			line("updated", p.Updated.Format(time.RFC3339))
		}
		if !p.Expires().IsZero() {
			line("expires", p.Expires().Format(time.RFC3339))
		}
		for _, a := range p.Authors {
			line("author", strings.TrimSpace(strings.Join([]string{a.Name, a.Email, a.URL}, " ")))
		}
		for _, term := range p.Terms {
			line(string(term.Kind), term.Name)
		}
		line("language", p.Language())
		line("image", strings.TrimSpace(p.Image().URL+" "+p.Image().Alt))
		line("image is", strings.Trim(fmt.Sprint(p.Image().Type, " ", p.Image().Size), " 0"))
		for _, e := range p.Enclosures() {
			line("enclosure", strings.TrimSpace(fmt.Sprint(e.URL, " ", e.Type, " ", e.Size, " bytes ", e.Duration, " ", e.Title)))
		}
		if e := p.Told(); p.Episode() != nil {
			line("episode", fmt.Sprintf("%+v", e))
		}
		line("carry", string(p.Carry()))
		if p.Excerpt() != nil {
			line("excerpt", fmt.Sprintf("%q", p.Excerpt()))
		}
		line("summary", p.Summary())
		line("describes", p.Description())
		line("body", fmt.Sprintf("%d: %q", p.BodyLine, p.Body))
	}
	fmt.Fprintf(&b, "%+v\n", l.Counts)
	if !l.Next.IsZero() {
		fmt.Fprintf(&b, "next %s\n", l.Next.UTC().Format(time.RFC3339))
	}
	for _, p := range l.Problems {
		fmt.Fprintf(&b, "%s: %s\n", p.Severity, p.Error())
	}
	return b.String()
}
