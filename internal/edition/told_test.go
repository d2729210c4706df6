package edition_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
)

// Where a generator's settings had feeds, serve answers and build writes a file, letter for letter,
// as a static server wants it.
func TestFeedsAreWhereSettingsOfAGeneratorHadThem(t *testing.T) {
	talk, post := newPost(2, "A talk."), newPost(1, "A post.")
	talk.Section, talk.Extra().Aside, talk.Extra().Parts = "talks", true, []string{"talks/live"}
	post.Terms = []blog.Term{{Kind: blog.Category, Name: "Release Notes"}, {Kind: blog.Tag, Name: "Web_Dev"}, {Kind: blog.Tag, Name: "secret"}}
	in := input(talk, post)
	in.Settings.Dialect, in.Settings.TermPaths = "jekyll", map[string]string{
		"sections/talks": "/rss.xml", "sections/talks/live": "/feed/talks/live.xml", "categories/Release Notes": "/feed/Release Notes.xml",
		"tags/*": "/tagged/*.xml", "tags/secret": "",
	}
	e, out := edition.New(in), t.TempDir()
	if _, err := e.Write(out); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/feed.xml": "post-1", "/atom.xml": "post-1", "/index.rss": "post-1", "/rss.xml": "post-2", "/feed/talks/live.xml": "post-2",
		"/sections/talks/atom.xml": "post-2", "/sections/talks/rss.xml": "post-2", "/sections/talks/feed.json": "post-2",
		"/feed/Release Notes.xml": "post-1", "/feed/release-notes.xml": "post-1", "/categories/release-notes/rss.xml": "post-1",
		"/tagged/Web_Dev.xml": "post-1", "/tagged/web-dev.xml": "post-1", "/tags/web-dev/atom.xml": "post-1", "/tags/secret/atom.xml": "post-1",
		"/tagged/secret.xml": "", "/feed/talks.xml": "",
	} {
		served := e.Find(path)
		written, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(path)))
		if want == "" {
			if served != nil || err == nil {
				t.Errorf("there is something at %s", path)
			}
			continue
		}
		if served == nil || err != nil {
			t.Errorf("%s is served: %v; written: %v", path, served != nil, err)
			continue
		}
		if body := string(content(t, e, path).Body); body != string(written) || !strings.Contains(body, want) || strings.Count(body, "tag:example.org,2026:") != 1 {
			t.Errorf("at %s is not just %s, or build writes something else:\n%s", path, want, body)
		}
	}
	if problems := e.Clashes(); len(problems) > 0 {
		t.Errorf("problems: %v", problems)
	}
}
