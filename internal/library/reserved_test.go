package library_test

import (
	"strings"
	"testing"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/edition"
	"broadsheet/internal/library"
)

func TestPermalinksOfOtherDocumentsGiveWay(t *testing.T) {
	for permalink, taken := range map[string]bool{
		"/rss.xml": true, "/RSS.xml": true, "/": true, "/index.html": true, "/subscribe/": true, "/subscribe": true, "/page.css": true, "/feeds.opml": true,
		"/archive/": true, "/archive/3/": true, "/years/2026/": true, "/page/2/": true, "/tags/go/": true, "/feed/": true, "/feed.xml": true, "/robots.txt": true,
		"/404.html": true, "/404": true, "/404/": true, "/index": true, "/Index/": true, "/indexes/": false, "/a/index": false, "/rss.xml/below/": true, "/feed/index.html": true, "/tags/index.html": true, "/tags/": true, "/Tags": true, "/tags/page/2/": true, "/authors/": true, "/feeds/index.html": false, "/my-own/": false, "/archive/of-mine/": false, "/a.png": false, "/years/": false, "/status/": false,
		"https://other.example/rss.xml": false,
	} {
		o := options()
		o.Site.Permalink = "/notes/:slug/"
		o.Reserved = edition.Reserve(edition.Settings{Pages: true}, nil)
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
	o.Reserved = edition.Reserve(edition.Settings{Pages: true}, nil)
	l := library.Build(nil, folder(map[string]string{"2026-01-02-subscribe.md": "Words.\n"}), o)
	if got := l.Posts[0].URL; got != site.URL+"/2026/01/02/subscribe/" {
		t.Errorf("a post whose default address is taken too is at %s", got)
	}
}

func TestPermalinksOfMediaFilesGiveWay(t *testing.T) {
	none, media := address.NewFiles(nil), address.NewFiles([]blog.Media{{Path: "a.png"}, {Path: "static/s.pdf"}, {Path: "sub/a.mp3"}, {Path: "one.html"}})
	for permalink, taken := range map[string]map[dialect.Kind]bool{
		"/a.png": {"plain": true, "hugo": true}, "/a.png/": {"plain": true, "hugo": true}, "/a.png/below/": {"plain": true, "hugo": true},
		"/s.pdf": {"hugo": true}, "/sub/a.mp3": {"plain": true, "hugo": true}, "/sub/": {}, "/b.png": {}, "/one.html": {"hugo": true},
	} {
		for kind, name := range map[dialect.Kind]string{"plain": "one.html", "hugo": "content/posts/one.html"} {
			files := folder(map[string]string{name: "---\ndate: 2026-01-02\nurl: " + permalink + "\n---\nWords.\n"})
			o := options()
			o.Generator, o.Media = dialect.Site{Kind: kind}, none
			before := library.Build(nil, files, o)
			o.Media = media
			for way, l := range map[string]*library.Library{"from the start": library.Build(nil, files, o), "when the file comes": library.Build(before, files, o)} {
				asked := l.Posts[0].URL == before.Posts[0].URL
				if asked == taken[kind] || (len(l.Problems) > 0) != taken[kind] {
					t.Errorf("%s, %s, %s: the post is at %s, %v", kind, way, permalink, l.Posts[0].URL, l.Problems)
				}
			}
			o.Media = none
			if l := library.Build(library.Build(before, files, func() library.Options { o := o; o.Media = media; return o }()), files, o); l.Posts[0].URL != before.Posts[0].URL {
				t.Errorf("%s, %s: when the file goes the post is at %s", kind, permalink, l.Posts[0].URL)
			}
		}
	}
}

func TestPermalinksFollowWhatIsReserved(t *testing.T) {
	files := folder(map[string]string{"2026-01-02-one.md": "---\npermalink: /subscribe/\n---\nWords.\n"})
	o := options()
	o.Reserved = edition.Reserve(edition.Settings{}, nil)
	l := library.Build(nil, files, o)
	for n, pages := range []bool{true, false, true} {
		o.Reserved = edition.Reserve(edition.Settings{Pages: pages}, nil)
		l = library.Build(l, files, o)
		if free := l.Posts[0].URL == site.URL+"/subscribe/"; free == pages || (len(l.Problems) > 0) != pages {
			t.Errorf("%d: with pages %v the post is at %s, %v", n, pages, l.Posts[0].URL, l.Problems)
		}
	}
}
