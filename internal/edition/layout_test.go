package edition_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/edition"
)

// at is an edition of a post at each of these addresses.
func at(permalinks ...string) *edition.Edition {
	in := input()
	in.Settings.Pages = true
	for n, permalink := range permalinks {
		p := newPost(28-n, "Some words of "+permalink+".")
		p.URL = site.URL + permalink
		in.Posts = append(in.Posts, p)
	}
	return edition.New(in)
}

func TestEveryDocumentHasAFileOrIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		permalinks []string
		files      map[string]string // the post that each holds
		clash      string
	}{
		"a page and its file":            {[]string{"/a.html", "/a"}, map[string]string{"a.html": "/a.html", "a/index.html": "/a"}, ""},
		"a file and its page":            {[]string{"/a", "/a.html"}, map[string]string{"a.html": "/a.html", "a/index.html": "/a"}, ""},
		"a folder with a dot":            {[]string{"/v1.2", "/v1.2/b/"}, map[string]string{"v1.2/index.html": "/v1.2", "v1.2/b/index.html": "/v1.2/b/"}, ""},
		"a page, and a folder":           {[]string{"/a/b/", "/a"}, map[string]string{"a.html": "/a", "a/b/index.html": "/a/b/"}, ""},
		"a folder and its own file":      {[]string{"/a/", "/a/index.html"}, map[string]string{"a/index.html": "/a/index.html"}, "/a/"},
		"a folder, its file and a page":  {[]string{"/a.html", "/a/", "/a"}, map[string]string{"a.html": "/a.html", "a/index.html": "/a/"}, "/a"},
		"a file in the place of another": {[]string{"/x.php", "/x.php/y.php"}, map[string]string{"x.php/index.html": "/x.php", "x.php/y.php": "/x.php/y.php"}, ""},
	} {
		e, dir := at(c.permalinks...), t.TempDir()
		if _, err := e.Write(dir); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for file, permalink := range c.files {
			data, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil || !strings.Contains(string(data), "Some words of "+permalink+".") {
				t.Errorf("%s: %s is not the page of %s (%v)", name, file, permalink, err)
			}
			if d := e.Find("/" + file); d == nil || d.Path != permalink && c.clash == "" {
				t.Errorf("%s: nothing at /%s", name, file)
			}
		}
		clashes := e.Clashes()
		if (len(clashes) == 1) != (c.clash != "") || len(clashes) > 0 && !strings.Contains(clashes[0].Message, "cannot write "+c.clash+" to") {
			t.Errorf("%s: %v, want one of %q", name, clashes, c.clash)
		}
	}
}

func TestPagesAreFoundByTheirFiles(t *testing.T) {
	e := at("/a/", "/b", "/c.html", "/d/index.html")
	for path, want := range map[string]string{
		"/index.html": "/", "/a/index.html": "/a/", "/A/Index.HTML": "/a/", "/b.html": "/b", "/d": "/d/index.html", "/d/": "/d/index.html", "/feed/index.html": "/rss.xml", "/subscribe/index.html": "/subscribe/",
		"/b/index.html": "/b", "/a.html": "", "/c.html.html": "", "/c.html/index.html": "", "/feed/json/index.html": "", "/rss.xml/index.html": "", "/rss.xml.html": "", "/feed.html": "", "/x/index.html": "", "/c": "/c.html", "/C": "/c.html", "/c/": "", "/404": "", "/index": "",
	} {
		got := ""
		if d := e.Find(path); d != nil {
			got = d.Path
		}
		if got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}
