package publish_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/publish"
	"broadsheet/internal/source"
)

// The whole way: a folder is scanned, published, and one of its feeds taken.
func Example() {
	dir, _ := os.MkdirTemp("", "posts")
	defer os.RemoveAll(dir)
	_ = os.WriteFile(filepath.Join(dir, "hello.md"), []byte("---\ndate: 2026-01-02\n---\n# Hello\n\nFirst words.\n"), 0o600)

	settings := publish.Settings{Site: blog.Site{Title: "Example", URL: "https://example.org", Authority: "example.org", Zone: time.UTC}}
	files, _ := source.Scan(context.Background(), dir, nil, settings.Scan())
	made := publish.Publish(nil, publish.Input{Files: files, Settings: settings, Now: time.Now()})
	feed, _ := made.Edition.Find("/feed.json").Content()
	fmt.Println(made.Library.Posts[0].Title, made.Change, len(feed.Body) > 0)
	// Output: Hello {1 0 0} true
}

// fixture is a folder that is published again and again.
type fixture struct {
	t        *testing.T
	dir      string
	settings publish.Settings
	cache    *edition.Cache
	files    *source.Snapshot
	clock    time.Time
	texts    *source.Texts // nil: files keep their bytes
	between  func()        // called between the scan and the publication; nil: nothing happens
}

func newFixture(t *testing.T, files map[string]string) *fixture {
	f := &fixture{
		t: t, dir: t.TempDir(), cache: edition.NewCache(0), clock: time.Now(),
		settings: publish.Settings{Site: blog.Site{Title: "Example", URL: "https://example.org", Authority: "example.org", Zone: time.UTC, Permalink: "/:slug/"}, Document: edition.Settings{Pages: true}},
	}
	f.write(files)
	return f
}

func (f *fixture) write(files map[string]string) {
	f.t.Helper()
	for name, text := range files {
		file := filepath.Join(f.dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			f.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			f.t.Fatal(err)
		}
	}
}

// publish publishes the folder once it has come to rest.
func (f *fixture) publish(prev *publish.Publication, cache *edition.Cache) *publish.Publication {
	f.t.Helper()
	o := f.settings.Scan()
	o.Now = func() time.Time { return f.clock }
	ahead := f.settings.Ahead(prev)
	o.Texts, o.Read = f.texts, ahead.Read
	for range 2 {
		f.clock = f.clock.Add(time.Minute)
		var err error
		if f.files, err = source.Scan(context.Background(), f.dir, f.files, o); err != nil {
			f.t.Fatal(err)
		}
	}
	if f.between != nil {
		f.between()
	}
	return publish.Publish(prev, publish.Input{Files: f.files, Settings: f.settings, Now: f.clock, Ahead: ahead, Cache: cache})
}

func bodies(t *testing.T, p *publish.Publication) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, d := range p.Edition.Documents() {
		c, err := d.Content()
		if err != nil {
			t.Fatal(err)
		}
		all[d.Path] = string(c.Body)
	}
	return all
}

// Of two publications of one folder in one process the first is never handed out. The
// second says what that of a fresh process says.
func TestPublicationThatIsNotHandedOutLeavesNoTrace(t *testing.T) {
	post := func(text string) string { return "---\ndate: 2026-01-02\ntags: [a, b]\n---\n" + text + "\n" }
	f := newFixture(t, map[string]string{"a.md": post("One. ![](x.png) [b](b.md)"), "b.md": post("Two."), "x.png": "x"})
	first := f.publish(nil, f.cache)
	f.write(map[string]string{"a.md": post("Other words. ![](y.png)"), "b.md": post("Two, rewritten."), "y.png": "yy"})
	second := f.publish(first, f.cache)
	fresh := f.publish(nil, nil)
	want := bodies(t, fresh)
	for path, body := range bodies(t, second) {
		if body != want[path] {
			t.Errorf("%s:\n%s\nwant\n%s", path, body, want[path])
		}
	}
	if second.Change != (publish.Change{Changed: 2}) {
		t.Errorf("changed: %+v", second.Change)
	}
}

// Only files that something public names are opened.
func TestOnlyPublicFilesAreOpened(t *testing.T) {
	f := newFixture(t, map[string]string{
		"a.md": "---\ndate: 2026-01-02\n---\n![](x.png)\n", "b.md": "---\ndate: 2026-01-02\ndraft: true\n---\n![](y.png)\n", "x.png": "x", "y.png": "y",
	})
	p := f.publish(nil, f.cache)
	for path, want := range map[string]bool{"/x.png": true, "/y.png": false, "/a.md": false, "/../x.png": false, "/nowhere.png": false} {
		file, err := p.Open(path)
		if err == nil {
			_ = file.Close()
		}
		if (err == nil) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A scan that finds all as it was leaves the edition in its place; nothing else does.
func TestEditionStaysWhileNothingChanges(t *testing.T) {
	post := func(text string) string { return "---\ndate: 2026-01-02\n---\n" + text + "\n" }
	f := newFixture(t, map[string]string{"a.md": post("One."), "b.md": post("Two.")})
	first := f.publish(nil, f.cache)
	second := f.publish(first, f.cache)
	if second.Edition != first.Edition || second.Change != (publish.Change{}) {
		t.Errorf("another edition of the same posts: %+v", second.Change)
	}
	for _, change := range []struct {
		what string
		make func()
	}{
		{"a post", func() { f.write(map[string]string{"a.md": post("Other words.")}) }},
		{"a setting of documents", func() { f.settings.Document.Items = 7 }},
		{"a setting of the site", func() { f.settings.Site.Title = "Elsewhere" }},
		{"a redirect", func() { f.settings.Moves = []blog.Move{{From: "/old", To: "/"}} }},
		{"a page that is gone for good", func() { f.settings.Gone = []string{"/older"} }},
	} {
		change.make()
		next := f.publish(second, f.cache)
		if next.Edition == second.Edition {
			t.Errorf("%s changed: the edition stays", change.what)
		}
		second = f.publish(next, f.cache)
		if second.Edition != next.Edition {
			t.Errorf("after %s changed: another edition of the same", change.what)
		}
	}
}
