package static_test

import (
	"strings"
	"testing"

	"broadsheet/internal/edition/internal/static"
)

// site finds these documents by their paths, in any case.
func site(documents ...static.Document) static.Finder[static.Document] {
	find := func(same func(a, b string) bool) func(path string) *static.Document {
		return func(path string) *static.Document {
			for i, d := range documents {
				if same(d.Path, path) || same(strings.TrimSuffix(d.Path, "/"), strings.TrimSuffix(path, "/")) && d.Path != "/" {
					return &documents[i]
				}
			}
			return nil
		}
	}
	return static.Finder[static.Document]{
		Spelled: func(path string) *static.Document {
			for i, d := range documents {
				if d.Path == path {
					return &documents[i]
				}
			}
			return nil
		},
		Find:  find(strings.EqualFold),
		About: func(d *static.Document) static.Document { return *d },
	}
}

func TestFilesLeadToTheirDocuments(t *testing.T) {
	const html, json = "text/html; charset=utf-8", "application/feed+json; charset=utf-8"
	s := site(
		static.Document{Path: "/", ContentType: html}, static.Document{Path: "/notes/", ContentType: html}, static.Document{Path: "/about", ContentType: html},
		static.Document{Path: "/a.b/", ContentType: html}, static.Document{Path: "/feed.json", ContentType: json}, static.Document{Path: "/feed", ContentType: json},
		static.Document{Path: "/rss.xml", ContentType: "application/rss+xml"}, static.Document{Path: "/404.html", ContentType: html},
		static.Document{Path: "/old/index.html", ContentType: html}, static.Document{Path: "/page.html", ContentType: html},
	)
	for at, want := range map[string]string{
		"/index.html": "/", "/notes/index.html": "/notes/", "/NOTES/index.html": "/notes/", "/about/index.html": "/about", "/about.html": "/about",
		"/a.b/index.html": "/a.b/", "/old": "/old/index.html", "/old/": "/old/index.html", "/page": "/page.html",
		"/notes.html":      "",                                                // it would be the file of another document
		"/feed/index.html": "", "/feed.json/index.html": "", "/feed.html": "", // a browser would read JSON as HTML
		"/rss.xml.html": "", "/404": "", "/none": "", "/none.html": "", "/none/index.html": "", "/index": "", "/page/": "",
	} {
		got := ""
		if d := static.AsFile(at, s); d != nil {
			got = d.Path
		}
		if got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}
