package edition_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
)

// many returns n posts, an hour apart, newest first.
func many(n int) []*blog.Post {
	posts := make([]*blog.Post, n)
	for i := range posts {
		p := newPost(1, fmt.Sprint("Body of ", n-i))
		p.Path, p.ID = fmt.Sprintf("%d.md", n-i), fmt.Sprintf("tag:example.org,2026:%d", n-i)
		p.Published = p.Published.Add(time.Duration(n-i) * time.Hour)
		p.Updated, p.File = p.Published, blog.StampOf(p.Published)
		posts[i] = p
	}
	return posts
}

// pageOf is what a client that follows archives looks at.
type pageOf struct {
	ids      []string
	previous string // path of the next older document; empty: none
	next     string
	marks    []string
}

// read reads a document as such a client does.
func read(t *testing.T, e *edition.Edition, path string) pageOf {
	t.Helper()
	body := content(t, e, path).Body
	var p pageOf
	if strings.HasSuffix(path, ".json") {
		var f struct {
			Next  string `json:"next_url"`
			Items []struct {
				ID string `json:"id"`
			}
		}
		if err := json.Unmarshal(body, &f); err != nil {
			t.Fatal(err)
		}
		for _, item := range f.Items {
			p.ids = append(p.ids, item.ID)
		}
		p.previous = pathOf(t, f.Next)
		return p
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	for token, err := d.Token(); err == nil; token, err = d.Token() {
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch element.Name.Local {
		case "guid":
			var id string
			if err := d.DecodeElement(&id, &element); err != nil {
				t.Fatal(err)
			}
			p.ids = append(p.ids, id)
		case "complete", "archive":
			p.marks = append(p.marks, element.Name.Local)
		case "link":
			p.link(t, element)
		}
	}
	return p
}

func (p *pageOf) link(t *testing.T, element xml.StartElement) {
	attributes := map[string]string{}
	for _, a := range element.Attr {
		attributes[a.Name.Local] = a.Value
	}
	switch attributes["rel"] {
	case "prev-archive":
		p.previous = pathOf(t, attributes["href"])
	case "next-archive":
		p.next = pathOf(t, attributes["href"])
	}
}

func pathOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Path
}

func TestFollowingArchivesYieldsEveryPostOnce(t *testing.T) {
	for _, n := range []int{0, 1, 20, 21, 119, 120, 121, 220, 350} {
		for _, start := range []string{"/rss.xml", "/feed.json", "/tags/all/rss.xml", "/tags/all/feed.json"} {
			posts := many(n)
			var want []string
			for _, p := range posts {
				want = append(want, p.ID)
				p.Terms = []blog.Term{{Kind: blog.Tag, Name: "all"}}
			}
			e := edition.New(input(posts...))
			if n == 0 && strings.HasPrefix(start, "/tags/") {
				continue // no post, no tag
			}
			var got []string
			for path, steps := start, 0; path != ""; steps++ {
				if steps > 10 {
					t.Fatalf("%d posts, %s: no end", n, start)
				}
				page := read(t, e, path)
				got = append(got, page.ids...)
				path = page.previous
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d posts, from %s: got %v", n, start, got)
			}
		}
	}
}

func TestFeedThatHoldsEverythingSaysSo(t *testing.T) {
	if page := read(t, edition.New(input(many(20)...)), "/rss.xml"); !slices.Equal(page.marks, []string{"complete"}) {
		t.Errorf("20 posts: %v", page.marks)
	}
	e := edition.New(input(many(21)...))
	if page := read(t, e, "/rss.xml"); page.marks != nil || page.previous != "/archive/2/rss.xml" {
		t.Errorf("21 posts: %v, previous %q", page.marks, page.previous)
	}
	// An archive without a neighbour would be taken for one that lacks some.
	if page := read(t, e, "/archive/2/rss.xml"); len(page.ids) != 0 || page.previous != "/archive/1/rss.xml" || page.next != "" {
		t.Errorf("the newest archive: %+v", page)
	}
	if page := read(t, e, "/archive/1/rss.xml"); !slices.Equal(page.marks, []string{"archive"}) || len(page.ids) != 1 || page.previous != "" || page.next != "/archive/2/rss.xml" {
		t.Errorf("the oldest archive: %+v", page)
	}
}

func TestArchivesLinkForward(t *testing.T) {
	e := edition.New(input(many(250)...))
	for path, next := range map[string]string{
		"/archive/1/rss.xml": "/archive/2/rss.xml", "/archive/2/rss.xml": "/archive/3/rss.xml", "/archive/3/rss.xml": "",
	} {
		if page := read(t, e, path); page.next != next {
			t.Errorf("%s leads on to %q, want %q", path, page.next, next)
		}
	}
	if e.Find("/archive/0/rss.xml") != nil || e.Find("/archive/4/rss.xml") != nil {
		t.Error("there are archives that hold nothing")
	}
}

func TestFullArchiveNeverChangesAgain(t *testing.T) {
	posts := many(330)
	first := edition.New(input(posts[110:]...)) // 220: two full archives
	full := map[string]string{}
	for _, n := range []string{"1", "2"} {
		for _, file := range feedPaths {
			full["/archive/"+n+file] = content(t, first, "/archive/"+n+file).Hash
		}
	}
	e := first
	for i := 105; i >= 0; i -= 5 { // 110 more, a few at a time
		e = edition.New(after(e, input(posts[i:]...)))
	}
	for path, hash := range full {
		if got := content(t, e, path).Hash; got != hash {
			t.Errorf("%s changed", path)
		}
		if content(t, e, path) != content(t, first, path) {
			t.Errorf("%s was made again", path)
		}
	}
}
