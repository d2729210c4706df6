package library_test

import (
	"strings"
	"testing"

	"broadsheet/internal/edition"
	"broadsheet/internal/library"
)

func TestPermalinksOfOtherDocumentsGiveWay(t *testing.T) {
	for permalink, taken := range map[string]bool{
		"/rss.xml": true, "/RSS.xml": true, "/": true, "/index.html": true, "/subscribe/": true, "/subscribe": true, "/page.css": true, "/feeds.opml": true,
		"/archive/": true, "/archive/3/": true, "/years/2026/": true, "/page/2/": true, "/tags/go/": true, "/feed/": true, "/feed.xml": true, "/robots.txt": true,
		"/404.html": true, "/rss.xml/below/": true, "/my-own/": false, "/archive/of-mine/": false, "/a.png": false, "/years/": false, "/status/": false,
		"https://other.example/rss.xml": false,
	} {
		o := options()
		o.Site.Permalink = "/notes/:slug/"
		o.Reserved = edition.Settings{Pages: true}.Reserved(nil)
		l := library.Build(nil, folder(map[string]string{"2026-01-02-one.md": "---\npermalink: " + permalink + "\n---\nWords.\n"}), o)
		want := site.URL + permalink
		if taken {
			want = site.URL + "/notes/one/"
		}
		if strings.Contains(permalink, "://") {
			want = permalink
		}
		if got := l.Posts[0].URL; got != want || (len(l.Problems) > 0) != taken {
			t.Errorf("%s: the post is at %s, want %s; %v", permalink, got, want, l.Problems)
		}
	}
	o := options()
	o.Site.Permalink = "/:slug/"
	o.Reserved = edition.Settings{Pages: true}.Reserved(nil)
	l := library.Build(nil, folder(map[string]string{"2026-01-02-subscribe.md": "Words.\n"}), o)
	if got := l.Posts[0].URL; got != site.URL+"/2026/01/02/subscribe/" {
		t.Errorf("a post whose default address is taken too is at %s", got)
	}
}
