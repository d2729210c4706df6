package edition_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
)

// tagged returns a post of day n with tags.
func tagged(n int, tags ...string) *blog.Post {
	p := newPost(n, fmt.Sprint("Body of ", n))
	for _, tag := range tags {
		p.Terms = append(p.Terms, blog.Term{Kind: blog.Tag, Name: tag})
	}
	return p
}

// rootsOf returns the paths of all feeds in Atom but the main one.
func rootsOf(e *edition.Edition) []string {
	var paths []string
	for _, d := range e.Documents() {
		if root, ok := strings.CutSuffix(d.Path, "atom.xml"); ok && root != "/" {
			paths = append(paths, root)
		}
	}
	return paths
}

func TestEveryTermHasItsFeeds(t *testing.T) {
	p := newPost(1, "one")
	p.Path, p.Section = "notes/deep/one.md", "notes"
	p.Terms = []blog.Term{{Kind: blog.Category, Name: "Field Notes"}, {Kind: blog.Tag, Name: "日本語"}}
	p.Authors = []blog.Author{{Name: "Ada Example"}, {Name: "Bo Example"}}
	p.Extra().Language = "pt-BR"
	e := edition.New(input(p))
	want := []string{
		"/categories/field-notes/", "/tags/日本語/", "/authors/ada-example/", "/authors/bo-example/", "/languages/pt-br/", "/sections/notes/",
	}
	if diff := cmp.Diff(want, rootsOf(e)); diff != "" {
		t.Fatal(diff)
	}
	for _, root := range want {
		for _, file := range feedPaths {
			feed, err := gofeed.NewParser().Parse(bytes.NewReader(content(t, e, strings.TrimSuffix(root, "/")+file).Body))
			if err != nil || len(feed.Items) != 1 || feed.Items[0].GUID != p.ID {
				t.Errorf("%s%s: %v, %v", root, file, feed, err)
			}
		}
	}
}

func TestNamesThatDifferHaveFeedsOfTheirOwn(t *testing.T) {
	tests := map[string]struct {
		tags []string
		want []string
	}{
		"punctuation":      {[]string{"C", "C++", "C#", ".net", "a.b"}, []string{"/tags/.net/", "/tags/a.b/", "/tags/c/", "/tags/c#/", "/tags/c++/"}},
		"accents":          {[]string{"Café", "cafe"}, []string{"/tags/cafe/", "/tags/café/"}},
		"case and spaces":  {[]string{"Machine Learning", "machine-learning", "machine_learning "}, []string{"/tags/machine-learning/"}},
		"composed or not":  {[]string{"Caf\u00e9", "Cafe\u0301"}, []string{"/tags/café/"}},
		"slashes":          {[]string{"AC/DC", "../../etc/passwd"}, []string{"/tags/..-..-etc-passwd/", "/tags/ac-dc/"}},
		"dots":             {[]string{".", ".."}, []string{"/tags/dot/", "/tags/dotdot/"}},
		"nothing to name":  {[]string{"", " ", "-", "\x00"}, nil},
		"other scripts":    {[]string{"Ελληνικά", "ΕΛΛΗΝΙΚΆ", "العربية", "😀"}, []string{"/tags/ελληνικά/", "/tags/العربية/", "/tags/😀/"}},
		"marks of a query": {[]string{"100%", "what?"}, []string{"/tags/100%/", "/tags/what?/"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := rootsOf(edition.New(input(tagged(1, tt.tags...))))
			if diff := cmp.Diff(tt.want, slices.DeleteFunc(got, func(p string) bool { return !strings.HasPrefix(p, "/tags/") })); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The address that a feed gives itself must lead back to it, through a real
// client and server, whatever the name.
func TestAddressOfASliceLeadsToIt(t *testing.T) {
	e := edition.New(input(tagged(1, "C#", "100%", "what?", "日本語", "a b", "😀", "c++", "x;y=z,@:!")))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d := e.Find(r.URL.Path); d != nil {
			fmt.Fprint(w, d.Path)
		}
	}))
	defer server.Close()
	for _, root := range rootsOf(e) {
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(content(t, e, root+"feed.json").Body))
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.Get(server.URL + strings.TrimPrefix(feed.FeedLink, site.URL))
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if _, err := got.ReadFrom(response.Body); err != nil || got.String() != root+"feed.json" {
			t.Errorf("%s leads to %q, want %s (%v)", feed.FeedLink, got.String(), root+"feed.json", err)
		}
		response.Body.Close()
	}
}

func TestSliceHasNameIDAndLinksOfItsOwn(t *testing.T) {
	e := edition.New(input(tagged(2, "go"), tagged(1, "Go")))
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(content(t, e, "/tags/go/atom.xml").Body))
	if err != nil {
		t.Fatal(err)
	}
	if feed.Title != "go – Example" || feed.FeedLink != "https://example.org/tags/go/atom.xml" || len(feed.Items) != 2 {
		t.Errorf("title %q, self %q, %d items", feed.Title, feed.FeedLink, len(feed.Items))
	}
	if body := string(content(t, e, "/tags/go/atom.xml").Body); !strings.Contains(body, "<id>https://example.org/tags/go/</id>") {
		t.Errorf("no id of its own:\n%s", body)
	}
	link := e.Find("/tags/go/rss.xml").Link()
	for _, want := range []string{
		`<https://example.org/tags/go/rss.xml>; rel="self"; type="application/rss+xml"`,
		`<https://example.org/tags/go/feed.json>; rel="alternate"; type="application/feed+json"`,
	} {
		if !strings.Contains(link, want) {
			t.Errorf("Link %s lacks %s", link, want)
		}
	}
}

func TestEditChangesOnlyItsOwnSlices(t *testing.T) {
	a, b := tagged(2, "red", "both"), tagged(1, "blue", "both")
	before := edition.New(input(a, b))
	content(t, before, "/tags/blue/atom.xml")
	edited := tagged(2, "red", "both")
	edited.Title = "Edited"
	next := edition.New(after(before, input(edited, b)))
	for path, changes := range map[string]bool{"/tags/red/rss.xml": true, "/tags/both/rss.xml": true, "/rss.xml": true, "/tags/blue/rss.xml": false} {
		x, y := content(t, before, path), content(t, next, path)
		if (x.Hash != y.Hash) != changes {
			t.Errorf("%s: changed %v, want %v", path, x.Hash != y.Hash, changes)
		}
	}
	if content(t, before, "/tags/blue/atom.xml") != content(t, next, "/tags/blue/atom.xml") {
		t.Error("the blue feed is not the previous document")
	}
}

func TestListOfFeedsNamesThemAll(t *testing.T) {
	e := edition.New(input(tagged(1, "A & B", "日本語")))
	var list struct {
		Outlines []struct {
			Text     string `xml:"text,attr"`
			Feed     string `xml:"xmlUrl,attr"`
			Outlines []struct {
				Text string `xml:"text,attr"`
				Feed string `xml:"xmlUrl,attr"`
			} `xml:"outline"`
		} `xml:"body>outline"`
	}
	if err := xml.Unmarshal(content(t, e, "/feeds.opml").Body, &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Outlines) != 2 || list.Outlines[0].Feed != "https://example.org/atom.xml" || list.Outlines[1].Text != "Tags" {
		t.Fatalf("list: %+v", list)
	}
	for i, want := range []string{"A & B – Example https://example.org/tags/a-&-b/atom.xml", "日本語 – Example https://example.org/tags/%E6%97%A5%E6%9C%AC%E8%AA%9E/atom.xml"} {
		if got := list.Outlines[1].Outlines[i]; got.Text+" "+got.Feed != want {
			t.Errorf("got %+v, want %s", got, want)
		}
	}
	if page := string(content(t, e, "/subscribe/").Body); !strings.Contains(page, "https://example.org/feeds.opml") || !strings.Contains(page, "日本語") {
		t.Error("the page does not lead to the list")
	}
}

func TestMuchThatWasAskedForIsForgottenAndComesBackTheSame(t *testing.T) {
	var posts []*blog.Post
	for i := range 24 {
		p := tagged(28, fmt.Sprint("tag ", i))
		p.ID, p.Path = fmt.Sprint("id:", i), fmt.Sprint(i, ".md")
		posts = append(posts, p)
	}
	in := input(posts...)
	in.Settings.Items = 1
	e := edition.New(in)
	e.LimitMemory(10_000)
	first := content(t, e, "/tags/tag-1/rss.xml")
	for i := range 24 {
		content(t, e, fmt.Sprint("/tags/tag-", i, "/rss.xml"))
	}
	again := content(t, e, "/tags/tag-1/rss.xml")
	if again == first {
		t.Error("everything was kept")
	}
	if again.Hash != first.Hash || !again.Modified.Equal(first.Modified) || !bytes.Equal(again.Body, first.Body) {
		t.Error("it came back different")
	}
}
