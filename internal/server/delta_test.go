package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
)

// gazette publishes one edition after the other.
type gazette struct {
	tb      testing.TB
	posts   []*blog.Post
	edition *edition.Edition
	title   string
	minutes int
}

// newGazette publishes ten posts.
func newGazette(tb testing.TB) *gazette {
	tb.Helper()
	g := &gazette{tb: tb, title: "Example"}
	for n := range 10 {
		g.posts = slices.Insert(g.posts, 0, g.post(n+1, "First."))
	}
	g.publish()
	return g
}

func (g *gazette) post(n int, text string) *blog.Post {
	day := time.Date(2020, 1, n, 9, 0, 0, 0, time.UTC)
	slug := fmt.Sprintf("post-%d", n)
	return &blog.Post{
		Path: slug + ".md", Published: day, Updated: day, ID: "tag:example.org,2020:" + slug, URL: "https://example.org/" + slug + "/",
		Title: fmt.Sprintf("Post %d", n), Body: []byte(strings.Repeat(text+" ", 60)), BodyLine: 1,
	}
}

func (g *gazette) publish() {
	g.minutes++
	site := blog.Site{Title: g.title, URL: "https://example.org", Authors: []blog.Author{{Name: "Ada Example"}}, Zone: time.UTC}
	g.edition = edition.New(edition.Input{
		Cache: cacheOf(g.edition),
		Site:  site, Posts: slices.Clone(g.posts), Now: published.Add(time.Duration(g.minutes) * time.Minute),
	})
}

func (g *gazette) tag(path string) string { _, c := content(g.tb, g.edition, path); return c.Hash }

func (g *gazette) serve() string {
	return start(g.tb, server.New(server.Options{Edition: func() *edition.Edition { return g.edition }}))
}

// titles reads the titles of a feed in any format.
func titles(t *testing.T, body string) []string {
	t.Helper()
	parsed, err := gofeed.NewParser().ParseString(body)
	if err != nil {
		t.Fatalf("%v in %.300s", err, body)
	}
	var list []string
	for _, item := range parsed.Items {
		list = append(list, item.Title)
	}
	return list
}

func TestDeltaHoldsWhatIsNewOrChanged(t *testing.T) {
	for _, path := range []string{"/rss.xml", "/atom.xml", "/feed.json"} {
		g := newGazette(t)
		before := g.tag(path)
		g.posts = slices.Insert(g.posts, 0, g.post(11, "New."))
		g.posts[4] = g.post(7, "Changed.") // and the oldest goes, which a delta cannot say
		g.posts = g.posts[:10]
		g.publish()
		address := g.serve()
		d, c := content(t, g.edition, path)
		r := ask(t, address, "GET", path, "A-IM: feed", `If-None-Match: "`+before+`"`)
		if r.status != http.StatusIMUsed {
			t.Fatalf("%s: status %d", path, r.status)
		}
		if diff := cmp.Diff([]string{"Post 11", "Post 7"}, titles(t, r.body)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		want := http.Header{
			"Im": {"feed"}, "Delta-Base": {`"` + before + `"`}, "Etag": {`"` + c.Hash + `"`}, "Last-Modified": {c.Modified.Format(http.TimeFormat)},
			"Cache-Control": {"no-store, im"}, "Vary": {"Accept-Encoding, A-IM"}, "Content-Type": {d.ContentType},
			"Content-Length": {fmt.Sprint(len(r.body))}, "Link": {d.Link()}, "Accept-Ranges": {"none"}, "X-Content-Type-Options": {"nosniff"},
			"Access-Control-Allow-Origin": {"*"}, "Access-Control-Expose-Headers": {"ETag, Last-Modified, Link"},
		}
		got := http.Header{}
		for name, value := range r.header {
			got.Set(name, value[0])
		}
		if diff := cmp.Diff(want, got); diff != "" || r.get("IM") == "" || r.get("ETag") == "" {
			t.Errorf("%s: %s", path, diff)
		}
		packed := ask(t, address, "GET", path, "A-IM: feed", `If-None-Match: W/"`+before+`-gzip"`, "Accept-Encoding: gzip")
		if packed.status != http.StatusIMUsed || packed.get("ETag") != `"`+c.Hash+`-gzip"` || decoded(t, packed.get("Content-Encoding"), packed.body) != r.body {
			t.Errorf("%s: status %d, %v", path, packed.status, packed.header)
		}
	}
}

func TestWholeFeedWhereThereIsNoDelta(t *testing.T) {
	g := newGazette(t)
	first := g.tag("/rss.xml")
	g.posts = slices.Insert(g.posts, 0, g.post(11, "New."))
	g.publish()
	second := g.tag("/rss.xml")
	g.posts = slices.Delete(g.posts, 3, 4)
	g.publish()
	address := g.serve()
	tag := func(hash string) string { return `If-None-Match: "` + hash + `"` }
	for name, lines := range map[string][]string{
		"an entry went and no more":           {"A-IM: feed", tag(second)},
		"a tag that nobody gave out":          {"A-IM: feed", tag(strings.Repeat("0", 32))},
		"a tag of another feed":               {"A-IM: feed", tag(g.tag("/atom.xml"))},
		"two tags":                            {"A-IM: feed", `If-None-Match: "` + first + `", "` + second + `"`},
		"two lines of tags":                   {"A-IM: feed", tag(first), tag(second)},
		"no tag":                              {"A-IM: feed"},
		"a date":                              {"A-IM: feed", "If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT"},
		"another manipulation":                {"A-IM: vcdiff", tag(first)},
		"a weight of nothing":                 {"A-IM: feed;q=0", tag(first)},
		"not asked":                           {tag(first)},
		"rss2email, which cannot read deltas": {"A-IM: feed", tag(first), "User-Agent: feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/"},
	} {
		r := ask(t, address, "GET", "/rss.xml", lines...)
		if r.status != 200 || len(titles(t, r.body)) != 10 || r.get("IM") != "" || r.get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: status %d, %v", name, r.status, r.header)
		}
	}
	if r := ask(t, address, "HEAD", "/rss.xml", "A-IM: feed", tag(first)); r.status != 200 {
		t.Errorf("HEAD: status %d", r.status)
	}
	if r := ask(t, address, "GET", "/rss.xml", "A-IM: feed", tag(g.tag("/rss.xml"))); r.status != 304 {
		t.Errorf("unchanged: status %d", r.status)
	}
	if r := ask(t, address, "GET", "/", "A-IM: feed", tag(first)); r.status != 200 {
		t.Errorf("the page: status %d", r.status)
	}
	if r := ask(t, address, "GET", "/rss.xml", "A-IM: feed", tag(first)); r.status != http.StatusIMUsed || len(titles(t, r.body)) != 1 {
		t.Errorf("what is new since the first edition: status %d", r.status)
	}
	g.title = "Another Example"
	g.publish()
	if r := ask(t, address, "GET", "/rss.xml", "A-IM: feed", tag(first)); r.status != 200 {
		t.Errorf("the feed has another title: status %d", r.status)
	}
}

// A feed that holds all there is says so; a delta of it must not, or a reader
// would drop everything else.
func TestDeltaNeverClaimsToBeComplete(t *testing.T) {
	g := newGazette(t)
	before := g.tag("/atom.xml")
	g.posts[2] = g.post(8, "Changed.")
	g.publish()
	address := g.serve()
	if whole := ask(t, address, "GET", "/atom.xml"); !strings.Contains(whole.body, "fh:complete") {
		t.Error("the whole feed does not claim to be complete")
	}
	r := ask(t, address, "GET", "/atom.xml", "A-IM: feed", `If-None-Match: "`+before+`"`)
	if r.status != http.StatusIMUsed || strings.Contains(r.body, "fh:complete") {
		t.Errorf("status %d, %.400s", r.status, r.body)
	}
}

func TestDeltasAreKnownForSixtyFourVersions(t *testing.T) {
	g := newGazette(t)
	var tags []string
	for n := range 66 {
		tags = append(tags, g.tag("/rss.xml"))
		g.posts[0] = g.post(10, fmt.Sprint("Changed ", n))
		g.publish()
	}
	address := g.serve()
	for i, want := range map[int]int{0: 200, 1: 200, 2: 226, 65: 226} {
		if r := ask(t, address, "GET", "/rss.xml", "A-IM: feed", `If-None-Match: "`+tags[i]+`"`); r.status != want {
			t.Errorf("version %d: status %d, want %d", i, r.status, want)
		}
	}
}

// A post that is written anew with the same text changes nothing, not even what a
// delta can be made from.
func TestDeltaAfterARewriteThatSaysTheSame(t *testing.T) {
	g := newGazette(t)
	before := g.tag("/rss.xml")
	g.posts[0] = g.post(10, "Changed.")
	g.publish()
	g.posts[1] = g.post(9, "First.")
	g.publish()
	r := ask(t, g.serve(), "GET", "/rss.xml", "A-IM: feed", "If-None-Match: W/"+`"`+before+`-gzip"`)
	if r.status != http.StatusIMUsed || !slices.Contains(titles(t, r.body), "Post 10") || r.get("Delta-Base") != `W/"`+before+`-gzip"` {
		t.Errorf("status %d, base %s, %v", r.status, r.get("Delta-Base"), titles(t, r.body))
	}
}

func TestDeltasCanBeSwitchedOff(t *testing.T) {
	g := newGazette(t)
	before := g.tag("/rss.xml")
	g.posts[0] = g.post(10, "Changed.")
	g.publish()
	address := start(t, server.New(server.Options{Edition: always(g.edition), NoDeltas: true}))
	if r := ask(t, address, "GET", "/rss.xml", "A-IM: feed", `If-None-Match: "`+before+`"`); r.status != 200 {
		t.Errorf("status %d", r.status)
	}
}
