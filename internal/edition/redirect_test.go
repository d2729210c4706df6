package edition_test

import (
	"bytes"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
)

func TestMovedAndGoneAddresses(t *testing.T) {
	in := input(newPost(1, "one"))
	in.Redirects = edition.Redirects{
		Posts: map[string]string{"/old/post": "https://example.org/post-1/", "/rss.xml": "https://example.org/post-1/", "/post-1/": "https://example.org/post-1/"},
		Moves: []blog.Move{
			{From: "/blog/*", To: "/*"}, {From: "/feed/old.xml", To: "/atom.xml"}, {From: "/away/*", To: "https://elsewhere.example/x"}, {From: "/feed", To: "https://feeds.example/rss"},
		},
		Gone: []string{"/gone/*", "/feed.json"},
	}
	e := edition.New(in)
	for path, want := range map[string]string{
		"/old/post": "https://example.org/post-1/", "/OLD/post/": "https://example.org/post-1/",
		"/blog/2024/a": "https://example.org/2024/a", "/Blog/2024/A": "https://example.org/2024/A", "/blog": "",
		"/feed/old.xml": "https://example.org/atom.xml", "/away/a/b": "https://elsewhere.example/x", "/feed/": "https://feeds.example/rss",
		"/rss.xml": "", "/atom.xml": "", "/post-1": "", "/gone/a": "gone", "/gone": "", "/feed.json": "gone", "/nowhere": "", "": "",
	} {
		to, gone := e.Redirect(path)
		if gone {
			to = "gone"
		}
		if to != want {
			t.Errorf("%q leads to %q, want %q", path, to, want)
		}
	}
}

func TestFeedsOfGeneratorsStayWhereTheyWere(t *testing.T) {
	post := tagged(1, "C++", "two words")
	post.Terms = append(post.Terms, blog.Term{Kind: blog.Category, Name: "News"})
	post.Section = "notes"
	for dialect, paths := range map[string]map[string]string{
		"": {"/feed.xml": "/rss.xml", "/feed/news.xml": ""},
		"jekyll": {
			"/atom.xml": "/my/feed.xml", "/feed.xml": "/my/feed.xml", "/categories/news/atom.xml": "/feed/news.xml", "/tags/c++/atom.xml": "/feed/by_tag/c++.xml",
			"/tags/two-words/atom.xml": "/feed/by_tag/two-words.xml", "/index.xml": "/rss.xml", "/tags/c++/rss.xml": "/tags/c++/rss.xml",
		},
		"hugo": {
			"/rss.xml": "/my/feed.xml", "/index.xml": "/my/feed.xml", "/sections/notes/rss.xml": "/notes/feed.xml", "/tags/two-words/rss.xml": "/tags/two-words/feed.xml",
			"/categories/news/rss.xml": "/categories/news/feed.xml", "/feed.xml": "/my/feed.xml", "/atom.xml": "/atom.xml",
		},
	} {
		in := input(post)
		in.Settings.Dialect, in.Settings.FeedPath = dialect, "my/feed.xml"
		e := edition.New(in)
		if id := "<id>https://example.org/my/feed.xml</id>"; bytes.Contains(content(t, e, "/atom.xml").Body, []byte(id)) != (dialect == "jekyll") {
			t.Errorf("%s: the feed has another id", dialect)
		}
		for path, want := range paths {
			got := ""
			if d := e.Find(path); d != nil {
				got = d.Path
			}
			if got != want {
				t.Errorf("%s: %s is %q, want %q", dialect, path, got, want)
			}
		}
	}
}
