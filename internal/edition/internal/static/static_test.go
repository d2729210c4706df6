package static_test

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/edition/internal/static"
)

// page is the page of a post.
func page(path string) static.Document {
	return static.Document{Path: path, ContentType: "text/html; charset=utf-8", Source: "posts" + path + ".md"}
}

func feed(path, contentType string) static.Document {
	return static.Document{Path: path, ContentType: contentType}
}

func TestFilesOfDocuments(t *testing.T) {
	rss := feed("/rss.xml", "application/rss+xml; charset=utf-8")
	json := feed("/feed.json", "application/feed+json; charset=utf-8")
	for name, c := range map[string]struct {
		documents []static.Document
		aliases   []static.Alias
		want      map[string][]string
		problem   string // a part of the message; empty: none
	}{
		"a folder's page": {[]static.Document{page("/"), page("/a/")}, nil, map[string][]string{"/": {"index.html"}, "/a/": {"a/index.html"}}, ""},
		"a page":          {[]static.Document{page("/a")}, nil, map[string][]string{"/a": {"a.html"}}, ""},
		"a feed":          {[]static.Document{rss}, nil, map[string][]string{"/rss.xml": {"rss.xml"}}, ""},
		"aliases of a feed": {
			[]static.Document{rss}, []static.Alias{{"/feed", rss}, {"/feed.xml", rss}, {"/feed/rss", rss}},
			map[string][]string{"/rss.xml": {"rss.xml", "feed/index.html", "feed.xml", "feed/rss/index.html"}}, "",
		},
		"JSON is never named as a page": {
			[]static.Document{json}, []static.Alias{{"/feed/json", json}, {"/index.json", json}, {"/x.html", json}},
			map[string][]string{"/feed.json": {"feed.json", "index.json"}}, "",
		},
		"a page and a file of its name": {[]static.Document{page("/a"), page("/a.html")}, nil, map[string][]string{"/a.html": {"a.html"}, "/a": {"a/index.html"}}, ""},
		"a page that is a folder":       {[]static.Document{page("/v1.2"), page("/v1.2/b/")}, nil, map[string][]string{"/v1.2": {"v1.2/index.html"}, "/v1.2/b/": {"v1.2/b/index.html"}}, ""},
		"two pages with one file": {
			[]static.Document{page("/a/index.html"), page("/a/")}, nil,
			map[string][]string{"/a/index.html": {"a/index.html"}}, "build cannot write /a/ to the file a/index.html, which is that of /a/index.html",
		},
		"a feed in the place of a folder": {
			[]static.Document{rss, page("/rss.xml/x/")}, nil,
			map[string][]string{"/rss.xml/x/": {"rss.xml/x/index.html"}}, "build cannot write /rss.xml to the file rss.xml, which is that of a folder",
		},
		"an alias of a path that is taken": {
			[]static.Document{rss, page("/feed/")}, []static.Alias{{"/feed", rss}},
			map[string][]string{"/rss.xml": {"rss.xml"}, "/feed/": {"feed/index.html"}}, "build cannot write /rss.xml to the file feed/index.html, which is that of /feed/",
		},
		"the same document twice": {[]static.Document{rss, rss}, nil, map[string][]string{"/rss.xml": {"rss.xml"}}, ""},
		"no file lies outside":    {[]static.Document{feed("/../../x.txt", "text/plain")}, nil, map[string][]string{"/../../x.txt": {"x.txt"}}, ""},
	} {
		l := static.Lay(c.documents, c.aliases)
		if !reflect.DeepEqual(l.Files, c.want) {
			t.Errorf("%s: %v, want %v", name, l.Files, c.want)
		}
		switch {
		case c.problem == "" && len(l.Problems) > 0:
			t.Errorf("%s: %v", name, l.Problems)
		case c.problem != "" && (len(l.Problems) != 1 || l.Problems[0].Message != c.problem):
			t.Errorf("%s: %v, want %q", name, l.Problems, c.problem)
		}
	}
}

// Whatever the paths are, no two documents have one file, and no file is a folder of
// another.
func TestLayoutCanBeWritten(t *testing.T) {
	segments := []string{"a", "b", "a.html", "index.html", "x.xml"}
	var documents []static.Document
	for _, first := range segments {
		documents = append(documents, page("/"+first), page("/"+first+"/"))
		for _, second := range segments {
			documents = append(documents, page("/"+first+"/"+second), feed("/"+second+"/"+first+".xml", "application/rss+xml"))
		}
	}
	l := static.Lay(documents, []static.Alias{{"/feed", documents[0]}, {"/a", documents[3]}, {"/b/a", documents[1]}})
	owners := map[string]string{}
	for _, owner := range slices.Sorted(maps.Keys(l.Files)) {
		for _, file := range l.Files[owner] {
			if owners[file] != "" {
				t.Errorf("%s is the file of %s and of %s", file, owners[file], owner)
			}
			owners[file] = owner
		}
	}
	for file := range owners {
		for dir := filepath.Dir(file); dir != "."; dir = filepath.Dir(dir) {
			if owners[dir] != "" {
				t.Errorf("%s is a file, of %s, and the folder of %s", dir, owners[dir], file)
			}
		}
	}
	for _, d := range documents {
		if len(l.Files[d.Path]) == 0 && !slices.ContainsFunc(problems(l), func(m string) bool { return strings.HasPrefix(m, "build cannot write "+d.Path+" to") }) {
			t.Errorf("%s has no file, and no problem says so", d.Path)
		}
	}
}

func problems(l *static.Layout) (messages []string) {
	for _, p := range l.Problems {
		messages = append(messages, p.Message)
	}
	return messages
}

func TestWriteLeavesEqualFilesAlone(t *testing.T) {
	dir, first := t.TempDir(), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	f := static.File{Path: "/a", Files: []string{"a.html", "x/y/index.html"}, Body: []byte("one"), Modified: first}
	for _, step := range []struct {
		body     string
		replaced int
	}{{"one", 2}, {"one", 0}, {"two", 2}} {
		f.Body = []byte(step.body)
		replaced, err := static.Write(dir, f)
		if err != nil || replaced != step.replaced {
			t.Fatalf("%q: replaced %d, %v, want %d", step.body, replaced, err, step.replaced)
		}
		for _, file := range f.Files {
			got, err := os.ReadFile(filepath.Join(dir, file))
			info, errStat := os.Stat(filepath.Join(dir, file))
			if err != nil || errStat != nil || string(got) != step.body || !info.ModTime().Equal(f.Modified) || info.Mode().Perm() != 0o644 {
				t.Errorf("%s: %q, %v, %v, %v", file, got, info, err, errStat)
			}
		}
	}
}

func TestWriteNamesTheFileThatFailed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	replaced, err := static.Write(dir, static.File{Path: "/a", Files: []string{"a.html", "x/a.html"}, Body: []byte("one")})
	if replaced != 1 || err == nil || !strings.HasPrefix(err.Error(), "write /a to x/a.html: ") {
		t.Errorf("replaced %d, %v", replaced, err)
	}
	if !static.Exists(dir, "x") || static.Exists(dir, "y") {
		t.Error("Exists is wrong")
	}
}
