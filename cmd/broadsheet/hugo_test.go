package main

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/config"
	"broadsheet/internal/markdown"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"
)

// hugoMade is what Hugo made of a site; scripts/judges/hugo.py writes it.
type hugoMade struct {
	Pages []struct {
		URL, Title, Date, HTML string
		Expires                int
		Terms                  []string
	}
	Resources, Redirects []string
}

// TestHugoSitesReadAsHugoMakesThem compares small sites, each in a file with what
// Hugo itself made of it.
func TestHugoSitesReadAsHugoMakesThem(t *testing.T) {
	files, err := filepath.Glob("testdata/hugo/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no sites", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want hugoMade
			dir := t.TempDir()
			for _, f := range archive.Files {
				if f.Name == "hugo.json" {
					if err := json.Unmarshal(f.Data, &want); err != nil {
						t.Fatal(err)
					}
					continue
				}
				name := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			compareWithHugo(t, dir, want)
		})
	}
}

func compareWithHugo(t *testing.T, dir string, want hugoMade) {
	t.Helper()
	settings, _, err := config.Load(config.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	read, err := readOnce(context.Background(), settings, "")
	if err != nil {
		t.Fatal(err)
	}
	posts := slices.Concat(read.Library.Posts, read.Library.Unlisted)
	var urls, made []string
	for _, p := range posts {
		urls = append(urls, p.URL)
	}
	for _, p := range want.Pages {
		made = append(made, p.URL)
	}
	slices.Sort(urls)
	if slices.Sort(made); !slices.Equal(urls, made) {
		t.Errorf("posts are at\n%s\nwant\n%s", strings.Join(urls, "\n"), strings.Join(made, "\n"))
	}
	for _, w := range want.Pages {
		for _, p := range posts {
			if p.URL != w.URL {
				continue
			}
			_, shown, err := read.Edition.Texts(p)
			if err != nil {
				t.Fatal(err)
			}
			var terms []string
			for _, term := range p.Terms {
				terms = append(terms, term.Name)
			}
			for what, both := range map[string][2]string{
				"id":    {p.ID, w.URL},
				"title": {typographic(markdown.Plain(p.Title, 0)), typographic(markdown.Plain(w.Title, 0))},
				"date":  {p.Published.Format("2006-01-02T15:04:05Z07:00"), w.Date},
				"terms": {strings.Join(terms, ", "), strings.Join(w.Terms, ", ")},
				"text":  {typographic(markdown.Plain(shown, 0)), typographic(markdown.Plain(noScripts.ReplaceAllString(w.HTML, ""), 0))},
				"links": {addressesIn(shown, p.URL), addressesIn(w.HTML, p.URL)},
			} {
				if both[0] != both[1] {
					t.Errorf("%s: %s is\n%q, want\n%q\nthe whole:\n%s\nwant:\n%s", p.URL, what, both[0], both[1], shown, w.HTML)
				}
			}
		}
	}
	for _, at := range want.Resources {
		if _, ok := read.Library.Served(at); !ok {
			t.Errorf("nothing is at %s", at)
		}
	}
	checkFiles(t, dir, want.Resources)
	redirects := read.Library.Redirects()
	for _, at := range want.Redirects {
		if redirects[strings.TrimSuffix(at, "/")] == "" && redirects[at] == "" && !isList(at) {
			t.Errorf("nobody is sent on from %s: %v", at, redirects)
		}
	}
}

// checkFiles holds that a static server finds these resources too.
func checkFiles(t *testing.T, dir string, resources []string) {
	t.Helper()
	out := t.TempDir()
	if said, code := command(t, "build", dir, "--out", out); code == 2 {
		t.Fatalf("build: %s", said)
	}
	for _, at := range resources {
		if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(at))); err != nil {
			t.Errorf("build wrote nothing to %s", at)
		}
	}
}

var noScripts = regexp.MustCompile(`(?s)<(script|style)\b.*?</(script|style)>`)

// ofNote matches the fragments of links to footnotes and back, whose names differ.
var ofNote = regexp.MustCompile(`\bfn(ref)?:`)

// isList reports whether Hugo's redirect is that of a list, which it makes for itself.
func isList(at string) bool {
	return strings.Contains(at, "/page/") || at == "/" || len(strings.Trim(at, "/")) == 2
}

// addressesIn lists where the links and pictures of HTML lead, without those within the page.
func addressesIn(shown, base string) string {
	from, _ := url.Parse(base)
	z := html.NewTokenizer(strings.NewReader(shown))
	var all []string
	for z.Next() != html.ErrorToken {
		for _, a := range z.Token().Attr {
			if a.Key != "href" && a.Key != "src" {
				continue
			}
			if to, err := from.Parse(a.Val); err == nil && !ofNote.MatchString(to.Fragment) {
				all = append(all, to.String())
			}
		}
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}
