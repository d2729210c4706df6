package edition_test

import (
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"

	"golang.org/x/text/unicode/norm"
)

// A path is found whether its accented letters are written as one character or as
// two, whichever the post, the settings or the request took.
func TestPathsAreFoundInEveryFormOfUnicode(t *testing.T) {
	forms := map[string]func(string) string{"composed": norm.NFC.String, "decomposed": norm.NFD.String}
	for written, form := range forms {
		p := newPost(1, "Words.")
		p.URL = (blog.Site{URL: site.URL}).Resolve(form("/été/café/"))
		p.Terms = []blog.Term{{Kind: blog.Tag, Name: form("Zoé")}}
		in := input(p)
		in.Settings.Pages = true
		in.Redirects = edition.Redirects{
			Posts: map[string]string{form("/früher/"): p.URL},
			Moves: []blog.Move{{From: form("/älter/*"), To: "/*"}, {From: form("/ältest"), To: "/"}},
			Gone:  []string{form("/gelöscht/*")},
		}
		e := edition.New(in)
		for asked, form := range forms {
			for path, want := range map[string]string{"/été/café/": "/été/café/", "/ÉTÉ/Café": "/été/café/", "/tags/zoé/": "/tags/zoé/", "/tags/zoé/rss.xml": "/tags/zoé/rss.xml"} {
				if d := e.Find(form(path)); d == nil || norm.NFC.String(d.Path) != want {
					t.Errorf("written %s, asked %s: %s is not found", written, asked, path)
				}
			}
			for path, want := range map[string]string{"/früher": p.URL, "/älter/x": site.URL + "/x", "/ältest/": site.URL + "/"} {
				if to, _ := e.Redirect(form(path)); to != want {
					t.Errorf("written %s, asked %s: %s leads to %q, want %q", written, asked, path, to, want)
				}
			}
			if _, gone := e.Redirect(form("/gelöscht/x")); !gone {
				t.Errorf("written %s, asked %s: /gelöscht/x is not gone", written, asked)
			}
		}
	}
}
