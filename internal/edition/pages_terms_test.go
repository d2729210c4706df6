package edition_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
)

// listing returns the paths of the terms that a page lists, and of the pages beside it.
func listing(t *testing.T, e *edition.Edition, path, kind string) (terms []string, previous, next string) {
	t.Helper()
	body := string(content(t, e, path).Body)
	for _, found := range regexp.MustCompile(`<li><a href="(/`+kind+`/[^"/]+/)"><bdi>`).FindAllStringSubmatch(body, -1) {
		terms = append(terms, found[1])
	}
	turn := func(relation string) string {
		if found := regexp.MustCompile(`<a rel="` + relation + `" href="([^"]*)"`).FindStringSubmatch(body); found != nil {
			return found[1]
		}
		return ""
	}
	return terms, turn("prev"), turn("next")
}

// Whoever follows the pages of a kind comes by each term once, in order.
func TestPagesOfTermsListThemAll(t *testing.T) {
	for _, kind := range []string{"tags", "categories", "authors", "sections"} {
		in := pagesOf(append(inTerms(kind, 1203), inTerms("tags", 1)...)...)
		e := edition.New(in)
		var all, paths []string
		for path := "/" + kind + "/"; path != ""; {
			terms, previous, next := listing(t, e, path, kind)
			if before := append([]string{""}, paths...); previous != before[len(before)-1] {
				t.Errorf("%s leads back to %q", path, previous)
			}
			if n := len(content(t, e, path).Body); n > 100<<10 {
				t.Errorf("%s has %d bytes", path, n)
			}
			all, paths = append(all, terms...), append(paths, path)
			path = next
		}
		if want := []string{"/" + kind + "/", "/" + kind + "/page/2/", "/" + kind + "/page/3/"}; !slices.Equal(paths, want) {
			t.Errorf("pages %q, want %q", paths, want)
		}
		if len(all) < 1204 || len(slices.Compact(slices.Clone(all))) != len(all) || !slices.IsSorted(all) {
			t.Errorf("%s: %d terms, in order: %v", kind, len(all), slices.IsSorted(all))
		}
		for _, term := range all {
			if e.Find(term) == nil {
				t.Errorf("%s leads nowhere", term)
			}
		}
	}
}

func TestPageOfTermsIsADocumentLikeOthers(t *testing.T) {
	names := []string{"page", "2"}
	for i := range 499 {
		names = append(names, fmt.Sprint("a", i))
	}
	in := pagesOf(tagged(28, names...))
	e := edition.New(in)
	second := e.Find("/tags/page/2/")
	for _, path := range []string{"/tags/page/2", "/TAGS/page/2/", "//tags/page/2/index.html"} {
		if e.Find(path) != second || second == nil {
			t.Fatalf("%s is %v", path, e.Find(path))
		}
	}
	if got, want := second.Link(), e.Find("/").Link(); got != want {
		t.Errorf("feeds of the page: %s, want %s", got, want)
	}
	if got := string(content(t, e, "/tags/page/").Body); !strings.Contains(got, "<h1><bdi>page</bdi>") {
		t.Errorf("a tag called page lost its page: %s", got)
	}
	body := string(content(t, e, "/tags/page/2/").Body)
	for _, want := range []string{"<title>Tags – Page 2 of 2 – Example</title>", `<link rel="canonical" href="https://example.org/tags/page/2/">`, "<small>501</small>"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if at := content(t, e, "/tags/page/2/").Modified; !at.Equal(in.Posts[0].File.Time()) {
		t.Errorf("its date is %v, want that of the file of the newest post, %v", at, in.Posts[0].File.Time())
	}
	again := edition.New(after(e, in))
	again.Publish(now.Add(time.Hour))
	if content(t, again, "/tags/").Hash != content(t, e, "/tags/").Hash || !content(t, again, "/tags/").Modified.Equal(content(t, e, "/tags/").Modified) {
		t.Error("the same terms are another document")
	}
	if clashes := e.Clashes(); clashes != nil {
		t.Errorf("clashes: %v", clashes)
	}
	files := e.Files()
	for path, want := range map[string]string{"/tags/": "tags/index.html", "/tags/page/2/": "tags/page/2/index.html", "/tags/page/": "tags/page/index.html"} {
		if got := files[path]; len(got) != 1 || got[0] != want {
			t.Errorf("build writes %s to %q, want %s", path, got, want)
		}
	}
}

func TestFewTermsHaveNoPageThatListsThem(t *testing.T) {
	for count, want := range map[int]bool{99: false, 100: true} { // and one more, which two posts have
		e := edition.New(pagesOf(inTerms("tags", count)...))
		if got := e.Find("/tags/") != nil; got != want {
			t.Errorf("%d terms: a page of terms is there: %v", count+1, got)
		}
		for _, path := range []string{"/", "/subscribe/"} {
			body := string(content(t, e, path).Body)
			if got := strings.Contains(body, `<a href="/tags/">All 101 tags</a>`); got != want {
				t.Errorf("%d terms: %s leads to it: %v", count+1, path, got)
			}
		}
	}
}

func TestWithoutPagesTheListOfFeedsHasTheOtherTerms(t *testing.T) {
	e := edition.New(input(inTerms("tags", 200)...))
	if d := e.Find("/tags/"); d != nil {
		t.Errorf("there is %s", d.Path)
	}
	if body := string(content(t, e, "/subscribe/").Body); strings.Contains(body, `href="/tags/"`) || strings.Count(body, `href="https://example.org/feeds.opml"`) != 2 {
		t.Error("the group does not lead to the list of feeds")
	}
}

// Of very many terms the list of feeds has those with the most posts.
func TestListOfFeedsIsBounded(t *testing.T) {
	var posts []*blog.Post
	for i := range 24 {
		p := tagged(i+1, "both of two")
		p.ID, p.URL = fmt.Sprint("id:", i), fmt.Sprintf("https://example.org/p%d/", i)
		for n := range 500 {
			p.Terms = append(p.Terms, blog.Term{Kind: blog.Tag, Name: fmt.Sprint("a", i*500+n)})
		}
		posts = append(posts, p)
	}
	body := string(content(t, edition.New(input(posts...)), "/feeds.opml").Body)
	if got := strings.Count(body, "/tags/"); got != 2*10_000 && got != 10_000 {
		t.Errorf("the list names %d", got)
	}
	if !strings.Contains(body, "/tags/both-of-two/atom.xml") || len(body) > 4<<20 {
		t.Errorf("the biggest is not in the list of %d bytes", len(body))
	}
}
