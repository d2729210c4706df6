package paths_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
)

func site(s settings.Settings) *paths.Site {
	return paths.New(blog.Site{URL: "https://example.org/blög"}, s)
}

func TestFold(t *testing.T) {
	for path, want := range map[string]string{
		"/": "/", "": "/", "//": "/", "/a/": "/a", "/a//b": "/a/b", "/A/B/": "/a/b", "/cafe\u0301": "/café", "/É": "/é", "/a.b/": "/a.b",
		"/" + strings.Repeat("a", 1024): "", "/./a": "/./a", "a": "/a",
	} {
		if got := paths.Fold(path); got != want {
			t.Errorf("%.40q folds to %.40q, want %.40q", path, got, want)
		}
		if again := paths.Fold(paths.Fold(path)); again != want && want != "" {
			t.Errorf("%.40q folds to %.40q when folded twice", path, again)
		}
	}
}

func TestPathsOfFeeds(t *testing.T) {
	tag, section, language := term.Key{Kind: "tags", Slug: "go"}, term.Key{Kind: "sections", Slug: "notes"}, term.Key{Kind: "languages", Slug: "fr"}
	for name, c := range map[string]struct {
		settings settings.Settings
		want     [4]string // RSS of the main feed, a tag, a section, a language
	}{
		"plain":          {settings.Settings{}, [4]string{"/rss.xml", "/tags/go/rss.xml", "/sections/notes/rss.xml", "/languages/fr/rss.xml"}},
		"hugo":           {settings.Settings{Dialect: "hugo"}, [4]string{"/index.xml", "/tags/go/index.xml", "/notes/index.xml", "/languages/fr/rss.xml"}},
		"translated":     {settings.Settings{Dialect: "hugo", Languages: []string{"fr"}}, [4]string{"/index.xml", "/tags/go/index.xml", "/notes/index.xml", "/fr/index.xml"}},
		"hugo elsewhere": {settings.Settings{Dialect: "hugo", FeedPath: "/rss/all.xml"}, [4]string{"/rss/all.xml", "/tags/go/all.xml", "/notes/all.xml", "/languages/fr/rss.xml"}},
		"jekyll":         {settings.Settings{Dialect: "jekyll"}, [4]string{"/rss.xml", "/tags/go/rss.xml", "/sections/notes/rss.xml", "/languages/fr/rss.xml"}},
		"jekyll's Atom at our RSS": {
			settings.Settings{Dialect: "jekyll", FeedPath: "/rss.xml"},
			[4]string{"/index.rss", "/tags/go/rss.xml", "/sections/notes/rss.xml", "/languages/fr/rss.xml"},
		},
	} {
		s := site(c.settings)
		for i, k := range []term.Key{{}, tag, section, language} {
			if got := s.Feed(k, feed.RSS); got != c.want[i] {
				t.Errorf("%s: the feed of %v is at %s, want %s", name, k, got, c.want[i])
			}
		}
	}
	for feedPath, want := range map[string]string{"": "/feed.xml", "feeds/a.xml": "/feeds/a.xml", "/a/": "/feed.xml", "/": "/feed.xml", "/index.html": "/feed.xml", "/a?b": "/feed.xml", "../x.xml": "/x.xml"} {
		if got := site(settings.Settings{Dialect: "jekyll", FeedPath: feedPath}).GeneratorFeed(); got != want {
			t.Errorf("Jekyll's feed is at %s by %q, want %s", got, feedPath, want)
		}
	}
}

// Feeds stay where the settings of a generator had them, and answer by each name that it had for
// a term.
func TestPathsThatSettingsTellOf(t *testing.T) {
	s := site(settings.Settings{Dialect: "jekyll", TermPaths: map[string]string{
		"categories/Release Notes": "/feed/Release Notes.xml", "sections/episodes": "changes.xml", "sections/talks": "/rss.xml",
		"sections/talks/live": "/feed/talks/live.xml", "tags/*": "/tagged/*.xml", "tags/secret": "", "tags/": "/x.xml", "sections/main": "/feed.xml",
		"sections/style": "/feed.css",
	}})
	for _, c := range []struct {
		k      term.Key
		names  []string
		at, id string
		others string
	}{
		{term.Key{Kind: "sections", Slug: "episodes"}, nil, "/changes.xml", "/changes.xml", "/sections/episodes/atom.xml"},
		{term.Key{Kind: "sections", Slug: "talks"}, nil, "/rss.xml", "/rss.xml", "/sections/talks/atom.xml"},
		{term.Key{Kind: "sections", Slug: "talks-live"}, nil, "/feed/talks/live.xml", "/feed/talks/live.xml", "/sections/talks-live/atom.xml"},
		{term.Key{Kind: "sections", Slug: "other"}, nil, "/sections/other/atom.xml", "/sections/other/", "/sections/other/atom.xml"},
		{term.Key{Kind: "sections", Slug: "main"}, nil, "/sections/main/atom.xml", "/sections/main/", "/sections/main/atom.xml"},
		{term.Key{Kind: "sections", Slug: "style"}, nil, "/sections/style/atom.xml", "/sections/style/", "/sections/style/atom.xml"},
		{
			term.Key{Kind: "categories", Slug: "release-notes"}, []string{"Release Notes"}, "/feed/Release Notes.xml", "/categories/release-notes/",
			"/categories/release-notes/atom.xml /feed/release-notes.xml",
		},
		{term.Key{Kind: "categories", Slug: "news"}, []string{"News"}, "/feed/news.xml", "/categories/news/", "/categories/news/atom.xml"},
		{
			term.Key{Kind: "tags", Slug: "web-dev"}, []string{"Web_Dev", "a/b"}, "/tagged/web-dev.xml", "/tags/web-dev/",
			"/tags/web-dev/atom.xml /tagged/Web_Dev.xml",
		},
		{term.Key{Kind: "tags", Slug: "secret"}, []string{"Secret"}, "/tags/secret/atom.xml", "/tags/secret/", "/tags/secret/atom.xml"},
	} {
		if got := s.Feed(c.k, feed.Atom); got != c.at || !slices.Contains(s.TermsAt(got), c.k) {
			t.Errorf("the feed of %v is at %s, want %s; at that path are %v", c.k, got, c.at, s.TermsAt(got))
		}
		if got := s.FeedID(c.k); got != "https://example.org/blög"+c.id && got != (s.Absolute(c.id)) {
			t.Errorf("the feed of %v has the id %s, want %s", c.k, got, c.id)
		}
		others := s.Others(c.k, feed.Atom, c.names)
		if got := strings.Join(others, " "); got != c.others {
			t.Errorf("the feed of %v is also at %s, want %s", c.k, got, c.others)
		}
		for _, at := range others {
			if !slices.Contains(s.TermsAt(at), c.k) {
				t.Errorf("at %s are %v, not %v", at, s.TermsAt(at), c.k)
			}
		}
	}
	if got := s.Feed(term.Key{}, feed.RSS); got != "/index.rss" {
		t.Errorf("the main feed in RSS is at %s, where a section has its own", got)
	}
	for _, a := range s.Aliases() {
		if a.Path == "/rss.xml" || a.Path == "/changes.xml" {
			t.Errorf("%s is an alias of %s", a.Path, a.Canonical)
		}
	}
	r := paths.Reserve(s.Settings, nil)
	if !r.Has("/changes.xml") || !r.Has("/tagged/x.xml") || r.Has("/changes/") {
		t.Error("the paths of the feeds are not reserved, or others are")
	}
}

func TestTermsOfPaths(t *testing.T) {
	s := site(settings.Settings{Dialect: "hugo", Languages: []string{"fr"}})
	for _, kind := range term.Kinds {
		for _, slug := range []string{"notes", "fr", "日本"} {
			k := term.Key{Kind: kind.Folder, Slug: slug}
			for _, f := range feed.Formats {
				if !slices.Contains(s.TermsAt(s.Feed(k, f)), k) {
					t.Errorf("%s is not found to be a feed of %v: %v", s.Feed(k, f), k, s.TermsAt(s.Feed(k, f)))
				}
			}
			if at := paths.Numbered(k.Root(), 2); !slices.Contains(s.TermsAt(at), k) {
				t.Errorf("%s is not found to be a page of %v", at, k)
			}
		}
	}
	if got := s.TermsAt("/2026/a-post/"); got != nil {
		t.Errorf("a post is found to be of %v", got)
	}
}

func TestAddresses(t *testing.T) {
	tag := term.Key{Kind: "tags", Slug: "c#"}
	for name, c := range map[string]struct{ got, want string }{
		"absolute":           {site(settings.Settings{}).Absolute("/tags/c#/ü"), "https://example.org/blög/tags/c%23/%C3%BC"},
		"rooted":             {site(settings.Settings{}).Rooted("/feed.css"), "/bl%C3%B6g/feed.css"},
		"base":               {site(settings.Settings{}).Base(), "/blög"},
		"home":               {site(settings.Settings{Pages: true}).Home(tag), "https://example.org/blög/tags/c%23/"},
		"home without pages": {site(settings.Settings{}).Home(tag), "https://example.org/blög/"},
		"home elsewhere":     {site(settings.Settings{TermPages: map[string]string{"tags": "/topics/*/"}}).Home(tag), "https://example.org/blög/topics/c%23/"},
		"id":                 {site(settings.Settings{}).FeedID(term.Key{}), "https://example.org/blög/"},
		"id of a tag":        {site(settings.Settings{}).FeedID(tag), "https://example.org/blög/tags/c%23/"},
		"first page":         {paths.Numbered("/tags/a/", 1), "/tags/a/"},
		"second page":        {paths.Numbered("/tags/a/", 2), "/tags/a/page/2/"},
		"archive":            {paths.ArchiveOf("/", 3), "/archive/3/"},
		"no archive":         {paths.ArchiveOf("/", 0), ""},
		"feeds of a page":    {paths.FeedRoot("/tags/a/page/2/"), "/tags/a/"},
		"feeds of another":   {paths.FeedRoot("/archive/"), "/"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", name, c.got, c.want)
		}
	}
}

func TestPathsOfPosts(t *testing.T) {
	for permalink, want := range map[string]string{
		"https://example.org/blög/a/": "/a/", "https://example.org/blög/a%20b": "/a b", "https://example.org/blög/caf%C3%A9/": "/café/",
		"https://example.org/blög/a/index.html": "/a/index.html", "https://example.org/blög/page.css": "/page.css",
		"https://example.net/a/": "", "https://example.org/a/": "", "https://example.org/blög": "",
		"https://example.org/blög/a?b": "", "https://example.org/blög/a#b": "", "https://example.org/blög/a%00": "", "https://example.org/blög/%zz": "",
		"https://example.org/blög/../a/": "", "https://example.org/blög/a//b": "", "https://example.org/blög/a/./b": "",
		"https://example.org/blög/index.html": "", "https://example.org/blög/rss.xml/a/": "", "https://example.org/blög/page.css/x": "",
	} {
		if got := site(settings.Settings{}).Post(&blog.Post{URL: permalink}); got != want {
			t.Errorf("%s has the path %q, want %q", permalink, got, want)
		}
	}
}

func TestReservedPaths(t *testing.T) {
	both := []string{"/rss.xml", "/RSS.xml/", "/feed", "/feed.json/x", "/atom.xml/index.html", "/" + strings.Repeat("a", 2000)}
	pages := []string{"/", "/index.html", "/tags", "/tags/x/y", "/archive/3", "/years/2026/", "/page/2/", "/theme.js", "/theme.js/a", "/robots.txt"}
	free := []string{"/a/", "/tagged/", "/archive/old/", "/pages/", "/theme.json"}
	for _, withPages := range []bool{false, true} {
		r := paths.Reserve(settings.Settings{Pages: withPages}, []string{"theme.js"})
		for _, at := range slices.Concat(both, pages, free) {
			want := slices.Contains(both, at) || withPages && slices.Contains(pages, at)
			if got := r.Has(at); got != want {
				t.Errorf("with pages %v: %.30s is reserved: %v, want %v", withPages, at, got, want)
			}
		}
	}
	hugo := paths.Reserve(settings.Settings{Dialect: "hugo"}, nil)
	for at, want := range map[string]bool{"/notes/index.xml": true, "/tags/x/index.xml": true, "/notes/": false} {
		if got := hugo.Has(at); got != want {
			t.Errorf("Hugo: %s is reserved: %v, want %v", at, got, want)
		}
	}
}

// Whatever is an alias is reserved, and no theme's file takes its place.
func TestAliasesAreReserved(t *testing.T) {
	for _, dialect := range []string{"", "plain", "jekyll", "hugo"} {
		s := settings.Settings{Dialect: dialect, Pages: true}
		r := paths.Reserve(s, nil)
		all := site(s).Aliases()
		if len(all) < 10 {
			t.Errorf("%q has %d aliases", dialect, len(all))
		}
		for _, a := range all {
			if !r.Has(a.Path) || !paths.IsTaken(a.Path) {
				t.Errorf("%q: a post or a file may be at %s", dialect, fmt.Sprint(a))
			}
		}
	}
	for at, want := range map[string]bool{"/tags/x.css": true, "/feeds.opml": true, "/archive": true, "/fonts/a.woff2": false, "/page.css": false} {
		if got := paths.IsTaken(at); got != want {
			t.Errorf("%s is taken: %v, want %v", at, got, want)
		}
	}
}

func TestPostsAreFoundBySpelling(t *testing.T) {
	s := site(settings.Settings{})
	var posts []*blog.Post
	for _, permalink := range []string{"/A/", "/a/", "/a", "/A/", "/b", "/B/"} {
		posts = append(posts, &blog.Post{URL: s.URL + permalink})
	}
	x := paths.NewPosts(s, append(posts, &blog.Post{URL: "https://example.net/"}), nil)
	for i, path := range x.Candidates {
		x.Add(i, path)
	}
	if got := x.All(); !slices.Equal(got, []int{0, 1, 2, 4, 5}) || x.Len() != 5 {
		t.Errorf("posts %v of %d are found", got, x.Len())
	}
	for path, want := range map[string][2]int{"/A/": {0, 0}, "/a/": {1, 1}, "/a": {2, 2}, "/A": {-1, 0}, "/b": {4, 4}, "/b/": {-1, 4}, "/B/": {5, 5}, "/c": {-1, -1}} {
		for n, anySpelling := range []bool{false, true} {
			got, ok := x.Find(path, anySpelling)
			if !ok {
				got = -1
			}
			if got != want[n] {
				t.Errorf("at %s, any spelling %v: post %d, want %d", path, anySpelling, got, want[n])
			}
		}
	}
}

func TestLookupStandsForPostsOfTheSamePermalinks(t *testing.T) {
	s := site(settings.Settings{})
	posts := func(permalinks ...string) (all []*blog.Post) {
		for _, permalink := range permalinks {
			all = append(all, &blog.Post{URL: s.URL + permalink})
		}
		return all
	}
	x := paths.NewPosts(s, posts("/a/", "/b/"), []string{"/rss.xml"})
	for name, c := range map[string]struct {
		posts  []*blog.Post
		others []string
		want   bool
	}{
		"the same":         {posts("/a/", "/b/"), []string{"/rss.xml"}, true},
		"another order":    {posts("/b/", "/a/"), []string{"/rss.xml"}, false},
		"one more":         {posts("/a/", "/b/", "/c/"), []string{"/rss.xml"}, false},
		"a permalink":      {posts("/a/", "/b"), []string{"/rss.xml"}, false},
		"another document": {posts("/a/", "/b/"), []string{"/rss.xml", "/b/"}, false},
	} {
		if got := x.StandsFor(c.posts, c.others); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if paths.NewPosts(s, posts("/tags/a/"), nil).StandsFor(posts("/tags/a/"), nil) || (*paths.Posts)(nil).StandsFor(nil, nil) {
		t.Error("a lookup that depends on terms, or none, stands for posts")
	}
}
