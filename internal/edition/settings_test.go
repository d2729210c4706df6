package edition_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"

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
		e := edition.New(nil, in)
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
	e := edition.New(nil, in)
	if got := titles(items(t, e, "/feed.json")); got != "Post 2" {
		t.Errorf("the feed holds %s", got)
	}
	if got := titles(items(t, e, "/archive/1/feed.json")); got != "Post 1" {
		t.Errorf("the archive holds %s", got)
	}
	in.Settings.Bytes = -1
	if got := titles(items(t, edition.New(nil, in), "/feed.json")); got != "Post 2, Post 1" {
		t.Errorf("without a limit the feed holds %s", got)
	}
}

func TestExcludedTermIsInItsOwnFeedOnly(t *testing.T) {
	in := input(tagged(3, "Notes"), tagged(2, "other"), newPost(1, "one"))
	in.Settings.ExcludeFromMain = []blog.Term{{Kind: blog.Tag, Name: "notes"}}
	e := edition.New(nil, in)
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
	short.Carry, full.Carry = blog.Summary, blog.Full
	all := items(t, edition.New(nil, input(short, full)), "/feed.json")
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
	e := edition.New(nil, in)
	if one := items(t, e, "/feed.json")[0]; one.Text == nil || *one.Text != "some *words*" || !strings.Contains(one.HTML, "<em>") {
		t.Errorf("%+v", one)
	}
	if body := content(t, e, "/rss.xml").Body; !bytes.Contains(body, []byte("<source:markdown>some *words*</source:markdown>")) {
		t.Errorf("%s", body)
	}
}

func TestLinkPostLeadsOutwardBySetting(t *testing.T) {
	post := newPost(1, "one")
	post.ExternalURL = "https://elsewhere.example/"
	for outward, want := range map[bool]string{false: post.URL, true: post.ExternalURL} {
		in := input(post)
		in.Settings.ExternalLinks = outward
		e := edition.New(nil, in)
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

func TestRelativeAddressesAreThoseOfTheFolder(t *testing.T) {
	post := newPost(1, "![](cat.png) and [the other](b.md), [a page](c.html), [here](#top)")
	in := input(post)
	where := map[string]string{"cat.png": "https://example.org/posts/cat.png", "b.md": "https://example.org/b/"}
	asked := map[string]int{}
	in.Find = func(p *blog.Post, ref string) (string, bool) {
		asked[ref]++
		address, ok := where[ref]
		return address, ok && p == post
	}
	e := edition.New(nil, in)
	html := items(t, e, "/feed.json")[0].HTML
	for _, want := range []string{
		`src="https://example.org/posts/cat.png"`, `href="https://example.org/b/"`, `href="https://example.org/post-1/c.html"`, `href="https://example.org/post-1/#top"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
	if fmt.Sprint(asked) != "map[b.md:1 c.html:1 cat.png:1]" {
		t.Errorf("asked for %v", asked)
	}
	// Where nothing moved, everything stays; where something did, the documents follow.
	next := edition.New(e, in)
	if next.Find("/feed.json") != e.Find("/feed.json") {
		t.Error("a document was made anew although nothing moved")
	}
	where["b.md"] = "https://example.org/renamed/"
	moved := edition.New(next, in)
	if html := items(t, moved, "/feed.json")[0].HTML; !strings.Contains(html, `href="https://example.org/renamed/"`) {
		t.Errorf("the link stays behind: %s", html)
	}
	fresh := edition.New(nil, in)
	if !bytes.Equal(content(t, fresh, "/feed.json").Body, content(t, moved, "/feed.json").Body) {
		t.Error("a restart would give other entries")
	}
}

func TestTextThatIsRenderedWhileAnEditionComesIsThatOfTheNewOne(t *testing.T) {
	post := tagged(1, "y")
	post.Body = []byte("![](cat.png)")
	in := input(newPost(2, "![](dog.png)"), post)
	in.Settings.Items = 1 // the post is not in the main feed
	asked, answer := make(chan bool), make(chan string)
	in.Find = func(p *blog.Post, _ string) (string, bool) {
		if p != post {
			return "", false
		}
		asked <- true
		return <-answer, true
	}
	first := edition.New(nil, in)
	done := make(chan bool)
	go func() {
		defer close(done)
		_, _ = first.Find("/tags/y/feed.json").Content()
	}()
	<-asked // rendering has begun, and New asks about the dog before it waits for that
	release := sync.OnceFunc(func() { go func() { answer <- "https://example.org/old.png" }() })
	in.Find = func(*blog.Post, string) (string, bool) {
		release()
		return "https://example.org/new.png", true
	}
	second := edition.New(first, in)
	<-done
	if html := items(t, second, "/tags/y/feed.json")[0].HTML; !strings.Contains(html, "new.png") {
		t.Errorf("the new edition says %s", html)
	}
}

func TestOnlyTheMainFeedBearsTheIdentityOfThePodcast(t *testing.T) {
	in := input(tagged(1, "y"))
	in.Site.Podcast = blog.Podcast{Kind: "episodic", GUID: "9b024349-ccf0-5f69-a609-6b82873eab3c"}
	e := edition.New(nil, in)
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
		e := edition.New(nil, in)
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
