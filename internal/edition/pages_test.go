package edition_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/page"
)

func pagesOf(posts ...*blog.Post) edition.Input {
	in := input(posts...)
	in.Settings.Pages = true
	return in
}

func TestEveryPostHasItsPage(t *testing.T) {
	p := newPost(2, "Some *text*.")
	p.Terms = []blog.Term{{Kind: blog.Tag, Name: "Go"}}
	p.Authors = []blog.Author{{Name: "Ada", URL: "https://ada.example/"}}
	e := edition.New(pagesOf(newPost(3, "three"), p, newPost(1, "one")))
	body := string(content(t, e, "/post-2/").Body)
	for _, want := range []string{
		"<em>text</em>", `<link rel="canonical" href="https://example.org/post-2/">`, `href="/tags/go/"`, `href="/authors/ada/"`,
		`href="/post-1/"`, `href="/post-3/"`, `"@type":"BlogPosting"`, `href="/subscribe/"`, `href="/archive/"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of the post lacks %s:\n%s", want, body)
		}
	}
	for path, want := range map[string]string{
		"/": "Post 3", "/tags/go/": "Post 2", "/authors/ada/": "Post 2", "/archive/": "Post 1", "/years/2026/": "Post 1",
		"/subscribe/": "https://example.org/feeds.opml", "/404.html": "Example", "/page.css": "body", "/feed.css": "channel",
	} {
		if body := string(content(t, e, path).Body); !strings.Contains(body, want) {
			t.Errorf("%s lacks %s:\n%s", path, want, body)
		}
	}
	if !strings.Contains(string(content(t, e, "/rss.xml").Body[:200]), `<?xml-stylesheet type="text/css" href="/feed.css"?>`) {
		t.Error("the feed names no style sheet")
	}
}

func TestWithoutPagesTheFirstPageLeadsToThePosts(t *testing.T) {
	e := edition.New(input(newPost(1, "one")))
	if body := string(content(t, e, "/").Body); !strings.Contains(body, `href="/post-1/"`) || !strings.Contains(body, "/subscribe/") || strings.Contains(body, "/archive/") {
		t.Errorf("the page: %s", body)
	}
	for _, path := range []string{"/post-1/", "/archive/", "/years/2026/", "/languages/en/"} {
		if d := e.Find(path); d != nil {
			t.Errorf("%s is there", path)
		}
	}
}

func TestListsArePaged(t *testing.T) {
	var posts []*blog.Post
	for n := range 5 {
		posts = append(posts, newPost(28-n, "text"))
	}
	in := pagesOf(posts...)
	in.Settings.Items = 2
	e := edition.New(in)
	for path, want := range map[string][]string{
		"/": {"/post-28/", "/post-27/", `href="/page/2/"`}, "/page/2/": {"/post-26/", `href="/page/3/"`, `rel="prev" href="/"`}, "/page/3/": {"/post-24/"},
	} {
		body := string(content(t, e, path).Body)
		for _, one := range want {
			if !strings.Contains(body, one) {
				t.Errorf("%s lacks %s", path, one)
			}
		}
	}
	if e.Find("/page/4/") != nil {
		t.Error("there is a page too much")
	}
}

func TestUnlistedPostHasAPageAndNoMore(t *testing.T) {
	in := pagesOf(newPost(1, "one"))
	hidden := newPost(2, "Hidden text.")
	in.Unlisted = []*blog.Post{hidden}
	e := edition.New(in)
	body := string(content(t, e, "/post-2/").Body)
	if !strings.Contains(body, "Hidden text.") || !strings.Contains(body, `content="noindex"`) || strings.Contains(body, "canonical") {
		t.Errorf("its page: %s", body)
	}
	for _, d := range e.Documents() {
		if c, err := d.Content(); err != nil || d.Path != "/post-2/" && strings.Contains(string(c.Body), "post-2") {
			t.Errorf("%s leads to it (%v)", d.Path, err)
		}
	}
}

func TestPagesGiveWayToFeeds(t *testing.T) {
	for _, url := range []string{"/rss.xml", "/", "/subscribe/", "/tags/x/", "/feeds.opml", "/%2e%2e/x", "/?p=1", "/a#b", "/index.html", "/rss.xml/", "/a%00b", "/a//b/"} {
		p, other := newPost(1, "one"), newPost(2, "two")
		p.URL = site.URL + url
		other.Terms = []blog.Term{{Kind: blog.Tag, Name: "x"}}
		e := edition.New(pagesOf(other, p))
		paths := map[string]int{}
		for _, d := range e.Documents() {
			paths[d.Path]++
			if _, err := d.Content(); err != nil {
				t.Errorf("%s: %v", url, err)
			}
		}
		for path, n := range paths {
			if n > 1 || strings.Contains(path, "..") {
				t.Errorf("%s: %d documents %s", url, n, path)
			}
		}
	}
}

func TestPageOfANeighbourFollowsANewTitle(t *testing.T) {
	first, second := newPost(1, "one"), newPost(2, "two")
	before := edition.New(pagesOf(second, first))
	content(t, before, "/post-1/")
	edited := *second
	edited.Title = "Another title"
	in := pagesOf(&edited, first)
	in.Now = now.Add(time.Hour)
	next := edition.New(after(before, in))
	if body := string(content(t, next, "/post-1/").Body); !strings.Contains(body, "Another title") {
		t.Errorf("the page names the old title: %s", body)
	}
	if content(t, next, "/post-2/") == content(t, before, "/post-2/") {
		t.Error("the page of the edited post stayed")
	}
}

// A file of a theme is never taken for a feed, nor does it take one's address.
func TestThemeTakesNoFeedsAddress(t *testing.T) {
	theme, problems := page.Load(fstest.MapFS{"rss.xml": {Data: []byte("theirs")}, "feed.xml": {Data: []byte("theirs")}, "logo.txt": {Data: []byte("logo")}}, "theme")
	in := pagesOf(newPost(1, "one"))
	in.Theme = theme
	e := edition.New(in)
	for _, path := range []string{"/rss.xml", "/feed.xml"} {
		if body := string(content(t, e, path).Body); !strings.Contains(body, "<rss") || len(problems) > 0 {
			t.Errorf("%s: %s %v", path, body, problems)
		}
	}
	if string(content(t, e, "/logo.txt").Body) != "logo" {
		t.Error("another file is not handed out")
	}
}

// The bytes that a page may have, whatever the number of terms: its feeds have three
// formats each, and names up to 25 bytes here.
func TestListsOfTermsAreBounded(t *testing.T) {
	const terms, most = 5000, 256 << 10
	for _, kind := range []string{"tags", "categories", "authors", "sections"} {
		t.Run(kind, func(t *testing.T) {
			in := input(inTerms(kind, terms)...)
			in.Settings.Pages = true
			e := edition.New(in)
			for _, path := range []string{"/", "/subscribe/"} {
				body := string(content(t, e, path).Body)
				if len(body) > most {
					t.Errorf("%s has %d bytes", path, len(body))
				}
				at, last := regexp.MustCompile(`<a href="/`+kind+`/(of-each-[^/]*)/"><bdi>`), ""
				if path == "/" {
					at = regexp.MustCompile(`href="/` + kind + `/(of-each-[^/]*)/"`)
				}
				for _, found := range at.FindAllStringSubmatch(body, -1) {
					if path == "/subscribe/" && found[1] <= last {
						t.Errorf("%s: %s comes after %s", path, found[1], last)
					}
					last = found[1]
				}
				if n := strings.Count(body, "/"+kind+"/of-two/"); n == 0 {
					t.Errorf("%s lacks the biggest", path)
				}
			}
			for _, path := range []string{"/", "/subscribe/"} {
				if body := string(content(t, e, path).Body); strings.Count(body, `href="/`+kind+`/">All 5001 `+kind+`</a>`) != 1 {
					t.Errorf("%s does not lead to the list of all", path)
				}
			}
			slices.Reverse(in.Posts)
			slices.SortStableFunc(in.Posts, func(a, b *blog.Post) int { return b.Published.Compare(a.Published) })
			if again := edition.New(in); content(t, again, "/subscribe/").Hash != content(t, e, "/subscribe/").Hash {
				t.Error("another edition lists others")
			}
		})
	}
}

// inTerms are posts in so many terms of a kind, and two in one more.
func inTerms(kind string, count int) []*blog.Post {
	var posts []*blog.Post
	for i := range count + 2 {
		name := fmt.Sprintf("of each %d", i)
		if i >= count {
			name = "of two"
		}
		p := tagged(28, "")
		p.ID, p.Path, p.URL, p.Terms = fmt.Sprint("id:", i), fmt.Sprintf("%05d.md", i), fmt.Sprintf("https://example.org/p%d/", i), nil
		p.Published = p.Published.Add(-time.Duration(i) * time.Minute)
		switch kind {
		case "tags":
			p.Terms = []blog.Term{{Kind: blog.Tag, Name: name}}
		case "categories":
			p.Terms = []blog.Term{{Kind: blog.Category, Name: name}}
		case "authors":
			p.Authors = []blog.Author{{Name: name}}
		case "sections":
			p.Section = name
		}
		posts = append(posts, p)
	}
	return posts
}
