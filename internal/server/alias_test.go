package server_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/server"
)

// atAlias is what an answer is under another path: the same, and its Link names
// the document's own address.
func atAlias(r reply, canonical string) reply {
	link := `<https://example.org` + canonical + `>; rel="canonical"`
	if before := r.get("Link"); before != "" {
		link = before + ", " + link
	}
	r.header = r.header.Clone()
	r.header["Link"] = []string{link}
	return r
}

func TestAliasesAnswerLikeTheDocument(t *testing.T) {
	address := start(t, newHandler(t))
	for canonical, aliases := range map[string][]string{
		"/rss.xml": {
			"/feed", "/feed/", "/rss", "/rss/", "/RSS.XML", "/index.xml", "/index.rss", "/feed.xml", "/feed.rss", "/feed/rss", "/rss2.xml",
			"/blog/feed", "//rss.xml", "/rss.xml/", "/rss.xml//", "/FEED", "/%72ss.XML", "/?feed=rss2", "/feeds/posts/default?alt=rss",
			"/?format=rss", "/atom.xml?format=rss", "/feed.json?FORMAT&format=RSS", "/feed?format=rss", "/atom/?x=y&format=rss",
		},
		"/atom.xml": {
			"/atom", "/atom/", "/Atom.xml", "//atom.xml/", "/feed/atom", "/feed/atom/", "/index.atom", "/feeds/posts/default",
			"/?feed=atom", "/?format=atom", "/rss.xml?format=atom", "/feed?format=Atom", "/index.html?format=atom",
		},
		"/feed.json": {
			"/feed/json", "/index.json", "/FEED.json/", "/?feed=json", "/?format=json", "/feed?format=json", "/atom?format=json&format=rss",
		},
		"/languages/en/atom.xml": {"/languages/EN/atom.xml", "/languages/en/rss.xml?format=atom", "/languages//en/feed.json/?format=atom"},
		"/":                      {"/index.html", "//"},
		"/feeds.opml":            {"/FEEDS.opml", "/feeds.opml/?format=rss"},
	} {
		plain := ask(t, address, "GET", canonical)
		want := atAlias(plain, canonical)
		unchanged := atAlias(ask(t, address, "GET", canonical, "If-None-Match: "+plain.get("ETag")), canonical)
		for _, alias := range aliases {
			if diff := cmp.Diff(want, ask(t, address, "GET", alias), cmp.AllowUnexported(reply{})); diff != "" || want.status != 200 {
				t.Errorf("GET %s (-%s +alias):\n%s", alias, canonical, diff)
			}
			head := ask(t, address, "HEAD", alias)
			if diff := cmp.Diff(want.header, head.header); diff != "" || head.body != "" {
				t.Errorf("HEAD %s: body %q, header (-%s +alias):\n%s", alias, head.body, canonical, diff)
			}
			got := ask(t, address, "GET", alias, "If-None-Match: "+plain.get("ETag"))
			if diff := cmp.Diff(unchanged, got, cmp.AllowUnexported(reply{})); diff != "" || got.status != 304 {
				t.Errorf("conditional GET %s (-%s +alias):\n%s", alias, canonical, diff)
			}
		}
	}
}

// A format that there is not, or that is the document's own, changes nothing.
func TestFormatsThatChangeNothing(t *testing.T) {
	address := start(t, newHandler(t))
	for _, target := range []string{"/rss.xml?format=rss", "/rss.xml?format=xml", "/rss.xml?format=", "/atom.xml?xformat=rss", "/feed.json?format=json", "/?format=../rss", "/feeds.opml?format=atom"} {
		path, _, _ := strings.Cut(target, "?")
		want := ask(t, address, "GET", path)
		if diff := cmp.Diff(want, ask(t, address, "GET", target), cmp.AllowUnexported(reply{})); diff != "" || want.status != 200 {
			t.Errorf("GET %s (-without +with):\n%s", target, diff)
		}
	}
	for _, target := range []string{"/nowhere?format=rss", "/rss.xml/x?format=atom"} {
		if got := ask(t, address, "GET", target); got.status != 404 {
			t.Errorf("GET %s: %d, want 404", target, got.status)
		}
	}
	waiting := start(t, server.New(server.Options{}))
	if got := ask(t, waiting, "GET", "/feed?format=atom"); got.status != 503 {
		t.Errorf("before the first edition: %d, want 503", got.status)
	}
}
