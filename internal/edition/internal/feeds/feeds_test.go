package feeds_test

import (
	"fmt"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/feeds"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/segment"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
)

func posts(n int) []*blog.Post {
	all := make([]*blog.Post, n)
	for i := range all {
		all[i] = &blog.Post{ID: fmt.Sprint(n - i), Published: time.Date(2026, 1, n-i, 0, 0, 0, 0, time.UTC)}
	}
	return all
}

// split returns a tag's segments of two posts each, in Atom.
func split(s settings.Settings) []feeds.Feed {
	site := paths.New(blog.Site{URL: "https://example.org", Title: "Site", Podcast: blog.Podcast{GUID: "guid"}}, s)
	var all []feeds.Feed
	for _, part := range segment.Split(&term.Term{Key: term.Key{Kind: "tags", Slug: "go"}, Name: "Go", Posts: posts(5)}, 2, 2) {
		all = append(all, feeds.Feed{Site: site, Segment: part, Format: feed.Atom})
	}
	return all
}

func TestChannelOfATerm(t *testing.T) {
	c := split(settings.Settings{TTL: 30})[0].Channel()
	for name, pair := range map[string][2]any{
		"id": {c.ID, "https://example.org/tags/go/"}, "title": {c.Title, "Go – Site"}, "self": {c.SelfURL, "https://example.org/tags/go/atom.xml"},
		"home": {c.HomeURL, "https://example.org/"}, "date": {c.Updated, time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)}, "ttl": {c.TTL, 30},
		"the podcast's identity": {c.Podcast.GUID, ""}, "style": {c.Stylesheet, "/feed.css"},
		"history": {c.History, feed.History{Previous: "https://example.org/tags/go/archive/2/atom.xml"}},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %v, want %v", name, pair[0], pair[1])
		}
	}
}

func TestHistoryOfArchives(t *testing.T) {
	all := split(settings.Settings{Dialect: "jekyll"})
	if got := all[0].Path(); got != "/feed/by_tag/go.xml" || all[0].OwnPath() != "/tags/go/atom.xml" {
		t.Errorf("the feed is at %s, its own path is %s", got, all[0].OwnPath())
	}
	want := feed.History{
		Archive: true, Current: "https://example.org/feed/by_tag/go.xml",
		Previous: "https://example.org/tags/go/archive/1/atom.xml",
	}
	if got := all[1].Channel().History; got != want || all[1].Path() != "/tags/go/archive/2/atom.xml" {
		t.Errorf("the newest archive, at %s, has the history %v, want %v", all[1].Path(), got, want)
	}
	want.Previous, want.Next = "", "https://example.org/tags/go/archive/2/atom.xml"
	if got := all[2].Channel().History; got != want {
		t.Errorf("the oldest archive has the history %v, want %v", got, want)
	}
}

func TestLinkNamesAllFormats(t *testing.T) {
	f := split(settings.Settings{})[0]
	want := `<https://example.org/tags/go/rss.xml>; rel="alternate"; type="application/rss+xml", ` +
		`<https://example.org/tags/go/atom.xml>; rel="self"; type="application/atom+xml", ` +
		`<https://example.org/tags/go/feed.json>; rel="alternate"; type="application/feed+json"`
	if got := f.Link(); got != want {
		t.Errorf("Link is\n%s, want\n%s", got, want)
	}
	want = `<https://example.org/rss.xml>; rel="alternate"; type="application/rss+xml", ` +
		`<https://example.org/atom.xml>; rel="alternate"; type="application/atom+xml", ` +
		`<https://example.org/feed.json>; rel="alternate"; type="application/feed+json"`
	if got := feeds.LinkOfPage(f.Site, term.Key{}); got != want {
		t.Errorf("Link of the first page is\n%s, want\n%s", got, want)
	}
}

func TestKeysOfFeedsDiffer(t *testing.T) {
	keys := map[blog.Key]string{}
	for _, f := range split(settings.Settings{}) {
		for _, format := range feed.Formats {
			f.Format = format
			if other := keys[f.Key()]; other != "" {
				t.Errorf("%s has the key of %s", f.Path(), other)
			}
			keys[f.Key()] = f.Path()
		}
	}
}
