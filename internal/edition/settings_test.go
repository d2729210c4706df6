package edition_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/markdown"

	"github.com/mmcdole/gofeed"
)

// item is what the tests look at in an item of JSON Feed.
type item struct {
	ID, URL, Title, Summary string
	HTML                    string  `json:"content_html"`
	Text                    *string `json:"content_text"`
}

func items(t *testing.T, e *edition.Edition, path string) []item {
	t.Helper()
	var feed struct{ Items []item }
	if err := json.Unmarshal(content(t, e, path).Body, &feed); err != nil {
		t.Fatal(err)
	}
	return feed.Items
}

func titles(all []item) string {
	var names []string
	for _, one := range all {
		names = append(names, one.Title)
	}
	return strings.Join(names, ", ")
}

func TestFeedStaysBelowItsSizeAndTheRestIsArchived(t *testing.T) {
	var posts []*blog.Post
	for n := 9; n > 0; n-- {
		posts = append(posts, newPost(n, strings.Repeat("Some \"words\" in a line.\n\n", 400))) // 10 kB, more as JSON
	}
	for _, limit := range []int{20 << 10, 50 << 10, 100 << 10} {
		in := input(posts...)
		in.Settings.Bytes = limit
		e := edition.New(in)
		seen := map[string]bool{}
		for _, path := range feedPaths {
			body := content(t, e, path).Body
			if len(body) > limit {
				t.Errorf("%s takes %d bytes, more than %d", path, len(body), limit)
			}
		}
		for _, path := range []string{"/feed.json", "/archive/1/feed.json"} {
			for _, one := range items(t, e, path) {
				if seen[one.ID] {
					t.Errorf("%s is there twice", one.ID)
				}
				seen[one.ID] = true
			}
		}
		if len(seen) != len(posts) {
			t.Errorf("%d bytes: %d posts in feed and archive, want %d", limit, len(seen), len(posts))
		}
	}
}

func TestHugePostDoesNotEmptyTheFeed(t *testing.T) {
	in := input(newPost(2, strings.Repeat("word ", 1<<19)), newPost(1, "one"))
	in.Patience = time.Hour // the race detector and a busy machine take their time
	e := edition.New(in)
	if got := titles(items(t, e, "/feed.json")); got != "Post 2" {
		t.Errorf("the feed holds %s", got)
	}
	if got := titles(items(t, e, "/archive/1/feed.json")); got != "Post 1" {
		t.Errorf("the archive holds %s", got)
	}
	in.Settings.Bytes = -1
	if got := titles(items(t, edition.New(in), "/feed.json")); got != "Post 2, Post 1" {
		t.Errorf("without a limit the feed holds %s", got)
	}
}

func TestExcludedTermIsInItsOwnFeedOnly(t *testing.T) {
	in := input(tagged(3, "Notes"), tagged(2, "other"), newPost(1, "one"))
	in.Settings.ExcludeFromMain = []blog.Term{{Kind: blog.Tag, Name: "notes"}}
	e := edition.New(in)
	if got := titles(items(t, e, "/feed.json")); got != "Post 2, Post 1" {
		t.Errorf("the main feed holds %s", got)
	}
	if got := titles(items(t, e, "/tags/notes/feed.json")); got != "Post 3" {
		t.Errorf("the tag's feed holds %s", got)
	}
	if bytes.Contains(content(t, e, "/").Body, []byte("Post 3")) {
		t.Error("the home page lists the excluded post")
	}
}

func TestPostDecidesWhatItsEntriesCarry(t *testing.T) {
	short, full := newPost(2, "two\n\nmore"), newPost(1, "one\n\nmore")
	short.Extra().Carry, full.Extra().Carry = blog.Summary, blog.Full
	all := items(t, edition.New(input(short, full)), "/feed.json")
	if all[0].Summary != "two" || all[0].HTML != "" {
		t.Errorf("summary only: %+v", all[0])
	}
	if all[1].Summary != "" || !strings.Contains(all[1].HTML, "more") {
		t.Errorf("full only: %+v", all[1])
	}
}

func TestMarkdownIsCarriedBesideTheHTML(t *testing.T) {
	in := input(newPost(1, "some *words*"))
	in.Settings.Markdown = true
	e := edition.New(in)
	if one := items(t, e, "/feed.json")[0]; one.Text == nil || *one.Text != "some *words*" || !strings.Contains(one.HTML, "<em>") {
		t.Errorf("%+v", one)
	}
	if body := content(t, e, "/rss.xml").Body; !bytes.Contains(body, []byte("<source:markdown>some *words*</source:markdown>")) {
		t.Errorf("%s", body)
	}
}

func TestLinkPostLeadsOutwardBySetting(t *testing.T) {
	post := newPost(1, "one")
	post.Extra().ExternalURL = "https://elsewhere.example/"
	for outward, want := range map[bool]string{false: post.URL, true: post.ExternalURL()} {
		in := input(post)
		in.Settings.ExternalLinks = outward
		e := edition.New(in)
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(content(t, e, "/rss.xml").Body))
		if err != nil {
			t.Fatal(err)
		}
		if got := feed.Items[0].Link; got != want {
			t.Errorf("outward %v: leads to %s", outward, got)
		}
		if got := items(t, e, "/feed.json")[0].URL; got != post.URL {
			t.Errorf("outward %v: in JSON Feed, whose external_url says it, to %s", outward, got)
		}
	}
}

// bookOf knows where one picture and another post are.
func bookOf(picture string, other *blog.Post) *address.Book {
	return address.New(address.Options{
		Site: site, Files: address.NewFiles([]blog.Media{{Path: picture, Type: "image/png"}}), Posts: map[string]*blog.Post{other.Path: other},
	})
}

func TestRelativeAddressesAreThoseOfTheBook(t *testing.T) {
	post, other := newPost(1, "![](cat.png) and [the other](b.md), [a page](c.html), [here](#top)"), newPost(2, "")
	other.Path = "b.md"
	in := input(post)
	in.Book = bookOf("cat.png", other)
	e := edition.New(in)
	html := items(t, e, "/feed.json")[0].HTML
	for _, want := range []string{
		`src="https://example.org/cat.png"`, `href="https://example.org/post-2/"`, `href="https://example.org/post-1/c.html"`, `href="https://example.org/post-1/#top"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
	// Where nothing moved, everything stays; where something did, the documents follow.
	in.Book = bookOf("cat.png", other)
	next := edition.New(after(e, in))
	if content(t, next, "/feed.json") != content(t, e, "/feed.json") || !next.Same(e) {
		t.Error("a document was made anew although nothing moved")
	}
	renamed := *other
	renamed.URL = "https://example.org/renamed/"
	in.Book = bookOf("cat.png", &renamed)
	moved := edition.New(after(next, in))
	if html := items(t, moved, "/feed.json")[0].HTML; !strings.Contains(html, `href="https://example.org/renamed/"`) || moved.Same(next) {
		t.Errorf("the link stays behind: %s", html)
	}
	in.Cache = nil
	fresh := edition.New(in)
	if !bytes.Equal(content(t, fresh, "/feed.json").Body, content(t, moved, "/feed.json").Body) {
		t.Error("a restart would give other entries")
	}
}

// An edition that nobody publishes leaves no trace in those that are, whether it
// came before or after them.
func TestEditionThatIsNotPublishedLeavesNoTrace(t *testing.T) {
	other := newPost(9, "")
	input := func(picture, text string) edition.Input {
		in := input(newPost(2, "![]("+picture+") "+text), newPost(1, "one"))
		in.Settings.Pages = true
		in.Book = bookOf(picture, other)
		return in
	}
	served := edition.New(input("cat.png", "a"))
	served.Publish(now)
	before := contents(t, served)
	in := input("dog.png", "b")
	in.Cache = served.Cache()
	edition.New(in)
	for path, body := range contents(t, served) {
		if before[path] != body {
			t.Errorf("%s of the edition that is served changed:\n%s\n%s", path, body, before[path])
		}
	}
	in = input("cat.png", "c")
	in.Cache = served.Cache()
	next, fresh := edition.New(in), edition.New(input("cat.png", "c"))
	want := contents(t, fresh)
	for path, body := range contents(t, next) {
		if want[path] != body {
			t.Errorf("%s is not that of a fresh process:\n%s\n%s", path, body, want[path])
		}
	}
}

func contents(t *testing.T, e *edition.Edition) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, d := range e.Documents() {
		all[d.Path] = string(content(t, e, d.Path).Body)
	}
	return all
}

// slowly renders when it is let.
type slowly struct {
	*markdown.Renderer
	asked, let chan bool
}

func (s slowly) Render(text markdown.Source) (markdown.Content, error) {
	if bytes.Contains(text.Text, []byte("cat.png")) {
		s.asked <- true
		<-s.let
	}
	return s.Renderer.Render(text)
}

func TestTextThatIsRenderedWhileAnEditionComesIsThatOfTheNewOne(t *testing.T) {
	post, other := tagged(1, "y"), newPost(3, "")
	post.Body, other.Path = []byte("![](cat.png) [x](b.md)"), "b.md"
	in := input(newPost(2, "two"), post)
	in.Settings.Items = 1 // the post is not in the main feed
	in.Patience = time.Hour
	r := slowly{markdown.New(markdown.Options{}), make(chan bool), make(chan bool)}
	in.Renderer, in.Book = r, bookOf("cat.png", other)
	first := edition.New(in)
	done := make(chan bool)
	go func() {
		defer close(done)
		_, _ = first.Find("/tags/y/feed.json").Content()
	}()
	<-r.asked // rendering has begun
	moved := *other
	moved.URL = "https://example.org/new/"
	in.Book = bookOf("cat.png", &moved)
	second := edition.New(after(first, in))
	r.let <- true
	<-done
	go func() { <-r.asked; r.let <- true }()
	if html := items(t, second, "/tags/y/feed.json")[0].HTML; !strings.Contains(html, "/new/") {
		t.Errorf("the new edition says %s", html)
	}
}

func TestOnlyTheMainFeedBearsTheIdentityOfThePodcast(t *testing.T) {
	in := input(tagged(1, "y"))
	in.Site.Podcast = blog.Podcast{Kind: "episodic", GUID: "9b024349-ccf0-5f69-a609-6b82873eab3c"}
	e := edition.New(in)
	if !bytes.Contains(content(t, e, "/rss.xml").Body, []byte(in.Site.Podcast.GUID)) {
		t.Error("the main feed has another guid")
	}
	if bytes.Contains(content(t, e, "/tags/y/rss.xml").Body, []byte(in.Site.Podcast.GUID)) {
		t.Error("the tag's feed has the guid of the main feed")
	}
}

func TestPathOfTheFeedDoesNotChangeTheIdentityOfThePodcast(t *testing.T) {
	for _, dialect := range []string{"", "hugo", "jekyll"} {
		in := input(tagged(1, "y"))
		in.Site.Podcast = blog.Podcast{Kind: "episodic"}
		in.Settings.Dialect = dialect
		e := edition.New(in)
		for path, guid := range map[string]string{ // of example.org/rss.xml and example.org/tags/y/rss.xml
			"/rss.xml":        "c01e137b-d456-572f-9dcf-07e857dc2292",
			"/tags/y/rss.xml": "40bc94b7-f83b-5b1a-b3e8-e507dfda85ac",
		} {
			if !bytes.Contains(content(t, e, path).Body, []byte("<podcast:guid>"+guid+"<")) {
				t.Errorf("%q: what %s leads to has another guid than %s", dialect, path, guid)
			}
		}
	}
}
