// Package dialecttest reads single files by the rules of a dialect, for tests.
package dialecttest

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/source"
)

// URL is the address of the site.
const URL = "https://example.org"

// Site is a site two hours east of Greenwich.
var Site = blog.Site{URL: URL, Authority: "example.org", Permalink: "/:year/:month/:day/:slug/", Zone: time.FixedZone("", 2*60*60)}

// Folder is what a test says of a folder of posts.
type Folder struct {
	Settings string            // text of the first settings file of the dialect
	Data     map[string]string // other files, by path
}

// source is what the folder is read by.
func (f Folder) source(t *testing.T, d *rules.Dialect) rules.Source {
	t.Helper()
	s := settings.Site{Exact: d.ExactKeys}
	if len(d.Folder.Settings) > 0 {
		s.File = d.Folder.Settings[0]
		var problems []blog.Problem
		if s, problems = s.Parse([]byte(f.Settings)); len(problems) > 0 {
			t.Fatalf("settings: %v", problems)
		}
	}
	data := map[string][]byte{}
	for name, text := range f.Data {
		data[name] = []byte(text)
	}
	return rules.Source{Site: Site, Settings: s, Data: data}
}

// Read reads a file of a folder. An error of it is the only problem of the result.
func (f Folder) Read(t *testing.T, d *rules.Dialect, name, text string) rules.Result {
	t.Helper()
	r, err := rules.NewReader(Site, d.Posts(f.source(t, d))).Read(source.File{Path: name, Data: []byte(text)})
	if err != nil {
		r.Problems = []blog.Problem{{File: name, Severity: blog.Error, Message: err.Error()}}
	}
	return r
}

// Titles are those of the sections and terms of a folder.
func (f Folder) Titles(t *testing.T, d *rules.Dialect) map[string]string {
	t.Helper()
	return d.Titles(f.source(t, d))
}

// Templates are those of a folder.
func (f Folder) Templates(t *testing.T, d *rules.Dialect, a rules.Addresses) rules.Templates {
	t.Helper()
	return d.Templates(f.source(t, d), a)
}

// Post is Read for a file that is a post.
func (f Folder) Post(t *testing.T, d *rules.Dialect, name, text string) *blog.Post {
	t.Helper()
	r := f.Read(t, d, name, text)
	if r.Post == nil {
		t.Fatalf("%s with %q is no post: %v", name, text, r.Problems)
	}
	return r.Post
}

// Front is a file with this front matter.
func Front(lines ...string) string { return "---\n" + strings.Join(lines, "\n") + "\n---\nText.\n" }

// Terms writes the terms of a post as "category a, tag b".
func Terms(p *blog.Post) string {
	var all []string
	for _, term := range p.Terms {
		all = append(all, string(term.Kind)+" "+term.Name)
	}
	return strings.Join(all, ", ")
}

// States are the names of states in tables.
var States = map[rules.State]string{rules.Other: "other", rules.Public: "public", rules.Draft: "draft", rules.Unlisted: "unlisted"}
