package edition_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"

	"github.com/mmcdole/gofeed"
)

var (
	site = blog.Site{URL: "https://example.org", Title: "Example", Authors: []blog.Author{{Name: "The Desk"}}, Zone: time.UTC}
	now  = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
)

// newPost returns a post of day n of 2026.
func newPost(n int, body string) *blog.Post {
	day := time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC)
	slug := fmt.Sprintf("post-%d", n)
	return &blog.Post{
		Path: slug + ".md", ID: "tag:example.org,2026:" + slug, URL: site.URL + "/" + slug + "/", Slug: slug,
		Title: fmt.Sprintf("Post %d", n), Published: day, Updated: day, File: blog.StampOf(day.Add(time.Hour)), Body: []byte(body), BodyLine: 1,
	}
}

func input(posts ...*blog.Post) edition.Input {
	return edition.Input{Site: site, Posts: posts, Now: now}
}

func content(t *testing.T, e *edition.Edition, path string) *edition.Content {
	t.Helper()
	d := e.Find(path)
	if d == nil {
		t.Fatalf("no document %s", path)
	}
	c, err := d.Content()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var feedPaths = []string{"/rss.xml", "/atom.xml", "/feed.json"}

func TestFeedsHoldNewestEntries(t *testing.T) {
	in := input(newPost(3, "three"), newPost(2, "two"), newPost(1, "one"))
	in.Settings.Items = 2
	e := edition.New(in)
	for _, path := range feedPaths {
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(content(t, e, path).Body))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if len(feed.Items) != 2 || feed.Items[0].Title != "Post 3" || feed.Items[1].Title != "Post 2" {
			t.Errorf("%s holds %v", path, feed.Items)
		}
		if got := feed.Items[0].Content; got != "<p>three</p>" && got != "<p>three</p>\n" {
			t.Errorf("%s: content %q", path, got)
		}
	}
}

func TestContentSettingChoosesTexts(t *testing.T) {
	for setting, want := range map[blog.Extent][2]bool{"": {true, true}, blog.Both: {true, true}, blog.Full: {false, true}, blog.Summary: {true, false}} {
		p := newPost(1, "The body.")
		p.Extra().Summary = "The summary."
		in := input(p)
		in.Settings.Content = setting
		text := string(content(t, edition.New(in), "/feed.json").Body)
		if got := [2]bool{strings.Contains(text, "The summary."), strings.Contains(text, "The body.")}; got != want {
			t.Errorf("content %q: summary and body %v, want %v", setting, got, want)
		}
	}
}

func TestPostWithoutBodyKeepsSummary(t *testing.T) {
	p := newPost(1, "")
	p.Extra().Summary = "All there is."
	in := input(p)
	in.Settings.Content = blog.Full
	if text := string(content(t, edition.New(in), "/rss.xml").Body); !strings.Contains(text, p.Summary()) {
		t.Errorf("the entry says nothing:\n%s", text)
	}
}

func TestEmptyFolderGivesValidFeeds(t *testing.T) {
	e := edition.New(input())
	for _, path := range feedPaths {
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(content(t, e, path).Body))
		if err != nil || len(feed.Items) != 0 || feed.Title != "Example" {
			t.Errorf("%s: %v, %v", path, feed, err)
		}
	}
	// Thunderbird asks with this date on its first contact and must not be told
	// that nothing is newer.
	if c := content(t, e, "/rss.xml"); !c.Modified.After(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("modified %v", c.Modified)
	}
}

func TestSameInputGivesSameBytes(t *testing.T) {
	in := input(newPost(2, "two"), newPost(1, "one"))
	a := edition.New(in)
	in.Now = now.Add(48 * time.Hour)
	b := edition.New(in)
	for _, path := range append(feedPaths, "/") {
		x, y := content(t, a, path), content(t, b, path)
		if !bytes.Equal(x.Body, y.Body) || x.Hash != y.Hash || !x.Modified.Equal(y.Modified) {
			t.Errorf("%s differs between two runs", path)
		}
	}
}

func TestUnchangedDocumentIsThePreviousOne(t *testing.T) {
	p := newPost(1, "one")
	a := edition.New(input(p))
	b := edition.New(after(a, input(p)))
	if content(t, a, "/rss.xml") != content(t, b, "/rss.xml") || !b.Same(a) {
		t.Error("the document was made again")
	}
	c := edition.New(after(b, input(newPost(2, "two"), p)))
	if content(t, c, "/rss.xml") == content(t, b, "/rss.xml") || c.Same(b) {
		t.Error("the document stayed though a post came")
	}
}

func TestRewrittenPostWithSameTextChangesNothing(t *testing.T) {
	a := edition.New(input(newPost(1, "one")))
	in := input(newPost(1, "one"))
	in.Now = now.Add(time.Hour)
	b := edition.New(after(a, in))
	if x, y := content(t, a, "/rss.xml"), content(t, b, "/rss.xml"); x.Hash != y.Hash || !x.Modified.Equal(y.Modified) {
		t.Errorf("%v %s became %v %s", x.Modified, x.Hash, y.Modified, y.Hash)
	}
}

func TestFirstDateIsThatOfNewestEntryAndFile(t *testing.T) {
	p := newPost(5, "five")
	p.File = blog.StampOf(now.Add(-time.Minute - 300*time.Millisecond))
	future := newPost(4, "four")
	future.File = blog.StampOf(now.Add(time.Hour))
	c := content(t, edition.New(input(p, future)), "/atom.xml")
	if want := now.Add(-time.Minute); !c.Modified.Equal(want) {
		t.Errorf("header date %v, want %v, the end of the second of the file's %v", c.Modified, want, p.File.Time())
	}
}

// The date inside a feed is that of its newest post, whatever the clock and the
// files say, and however often it was made anew.
func TestDateInsideFollowsFromThePosts(t *testing.T) {
	edited := newPost(2, "two")
	edited.Updated = edited.Published.AddDate(0, 1, 0)
	dateOf := func(e *edition.Edition, path string) time.Time {
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(content(t, e, path).Body))
		if err != nil || feed.UpdatedParsed == nil {
			t.Fatalf("%s: %v, %v", path, feed, err)
		}
		return *feed.UpdatedParsed
	}
	for name, test := range map[string]struct {
		posts []*blog.Post
		want  time.Time
	}{
		"none":                  {nil, time.Date(2000, 1, 2, 0, 0, 0, 0, time.UTC)},
		"the newest":            {[]*blog.Post{newPost(3, "three"), newPost(1, "one")}, newPost(3, "").Published},
		"an older one, updated": {[]*blog.Post{newPost(3, "three"), edited}, edited.Updated},
	} {
		late := input(test.posts...)
		late.Now = now.AddDate(1, 0, 0)
		before := edition.New(input(newPost(9, "gone")))
		for how, e := range map[string]*edition.Edition{
			"alone": edition.New(input(test.posts...)), "a year later": edition.New(late), "after another": edition.New(after(before, late)),
		} {
			for _, path := range []string{"/rss.xml", "/atom.xml"} {
				if got := dateOf(e, path); !got.Equal(test.want) {
					t.Errorf("%s, %s: %s has %v, want %v", name, how, path, got, test.want)
				}
			}
		}
	}
}

// A copy of the folder has other file times, and sees its changes at other times.
func TestFileTimesAndHistoryChangeNoByte(t *testing.T) {
	posts := func(age time.Duration) []*blog.Post {
		one, two := newPost(1, "one"), newPost(2, "two")
		for _, p := range []*blog.Post{one, two} {
			p.File = blog.StampOf(now.Add(-age))
			p.Terms = []blog.Term{{Kind: blog.Tag, Name: "Go"}}
		}
		return []*blog.Post{two, one}
	}
	made := input(posts(time.Hour)...)
	made.Settings.Pages = true
	want := edition.New(made)
	other := input(posts(time.Second)...)
	other.Settings.Pages, other.Now = true, now.Add(3*time.Second)
	earlier := other
	earlier.Posts = posts(time.Minute)[1:]
	got := edition.New(after(edition.New(earlier), other))
	for _, d := range want.Documents() {
		if a, b := content(t, want, d.Path), content(t, got, d.Path); a.Hash != b.Hash || !bytes.Equal(a.Body, b.Body) {
			t.Errorf("%s differs:\n%s\n%s", d.Path, a.Body, b.Body)
		}
	}
}

func TestDatesMoveForwardWithEveryChange(t *testing.T) {
	e := edition.New(input(newPost(1, "one")))
	last := content(t, e, "/rss.xml").Modified
	for i := range 4 { // the clock going backwards
		in := input(newPost(1, strings.Repeat("more ", i+1)))
		in.Now = now.Add(time.Duration(-i) * time.Minute)
		e = edition.New(after(e, in))
		c := content(t, e, "/rss.xml")
		if c.Modified.Sub(last) < time.Second {
			t.Fatalf("change %d: from %v to %v", i, last, c.Modified)
		}
		last = c.Modified
	}
}

// However many changes a second sees, dates are at most two seconds ahead.
func TestDatesDoNotRunAhead(t *testing.T) {
	e := edition.New(input(newPost(1, "one")))
	for i, want := range []time.Duration{1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 9} {
		in := input(newPost(1, fmt.Sprint("change ", i)))
		in.Now = now.Add(time.Duration(i/3) * time.Second).Add(time.Duration(i%3) * 300 * time.Millisecond)
		if i == 10 {
			in.Now = now.Add(8*time.Second + 1)
		}
		e = edition.New(after(e, in))
		if c := content(t, e, "/rss.xml"); !c.Modified.Equal(now.Add(want * time.Second)) {
			t.Errorf("change %d after %v: %v, want %v", i, in.Now.Sub(now), c.Modified.Sub(now), want*time.Second)
		}
	}
}

// A document is dated when it is published, not when it is made.
func TestPublishDatesWhatIsNew(t *testing.T) {
	before := edition.New(input(newPost(1, "one")))
	in := input(newPost(1, "two"))
	in.Settings.Pages = true
	e := edition.New(after(before, in))
	kept := e.Publish(now.Add(time.Minute))
	want := now.Add(time.Minute + time.Second)
	if c := content(t, e, "/rss.xml"); !c.Modified.Equal(want) || kept["/rss.xml"] != (edition.Record{Hash: c.Hash, Modified: want}) {
		t.Errorf("dated %v, kept %v, want %v", c.Modified, kept["/rss.xml"], want)
	}
	again := edition.New(after(e, in))
	if kept := again.Publish(now.Add(time.Hour)); len(kept) != 0 || !content(t, again, "/rss.xml").Modified.Equal(want) {
		t.Errorf("what is not new was dated anew: %v", kept)
	}
}

// A document that is rendered on demand is remembered before it is handed out,
// once; one that was replaced meanwhile is not, and its date hides nothing.
func TestWhatIsRenderedOnDemandIsKept(t *testing.T) {
	kept := edition.Dates{}
	in := input(newPost(1, "one"))
	in.Settings.Pages = true
	in.Keep = func(path string, r edition.Record) {
		if old, known := kept[path]; known {
			t.Errorf("%s was kept as %v, and now as %v", path, old, r)
		}
		kept[path] = r
	}
	in.Dates = kept.Of
	e := edition.New(in)
	e.LimitMemory(1) // everything is forgotten at once
	for range 2 {
		for _, path := range []string{"/archive/", "/post-1/", "/archive/"} {
			c := content(t, e, path)
			if kept[path] != (edition.Record{Hash: c.Hash, Modified: c.Modified}) {
				t.Errorf("%s: kept %v, handed out %s of %v", path, kept[path], c.Hash, c.Modified)
			}
		}
	}
}

func TestReplacedDocumentIsNotKept(t *testing.T) {
	in := input(newPost(1, "one"))
	in.Settings.Pages = true
	in.Keep = func(path string, r edition.Record) {
		if path == "/post-1/" {
			t.Errorf("%s was kept as %v", path, r)
		}
	}
	old := edition.New(in)
	next := in
	next.Posts, next.Now = []*blog.Post{newPost(1, "other")}, now.Add(time.Minute)
	edition.New(after(old, next)).Publish(next.Now)
	if c := content(t, old, "/post-1/"); !c.Modified.Before(newPost(1, "").Published) {
		t.Errorf("a date that may hide what follows: %v", c.Modified)
	}
}

// Nor does its date go back behind one that is ahead of the clock.
func TestReplacedDocumentKeepsItsDate(t *testing.T) {
	in, ahead := input(newPost(1, "one")), now.Add(2*time.Second)
	in.Settings.Pages = true
	for _, hash := range []string{"", "that of other bytes"} {
		in.Dates = func(string) edition.Record { return edition.Record{Hash: hash, Modified: ahead} }
		old := edition.New(in)
		edition.New(after(old, input(newPost(1, "other")))).Publish(now)
		if c := content(t, old, "/post-1/"); c.Modified.Before(ahead) {
			t.Errorf("dated %v, and %v before", c.Modified, ahead)
		}
	}
}

// What may have been handed out by an earlier run, of which nothing is known but
// when it ended, is not older than that.
func TestUnknownDocumentIsNoOlderThanWhatIsLost(t *testing.T) {
	for _, after := range []time.Duration{-time.Hour, time.Second} {
		in, ended := input(newPost(1, "one")), now.Add(after)
		in.Dates = func(string) edition.Record { return edition.Record{Modified: ended} }
		if c := content(t, edition.New(in), "/rss.xml"); !c.Modified.Equal(ended) {
			t.Errorf("dated %v, want %v", c.Modified, ended)
		}
	}
}

func TestDatesOfEarlierRunsStay(t *testing.T) {
	p := newPost(1, "one")
	first := edition.New(input(p))
	changed := edition.New(after(first, input(newPost(1, "two"))))
	in := input(newPost(1, "two"))
	in.Dates, in.Now = changed.Dates().Of, now.Add(time.Hour)
	again := edition.New(in)
	if a, b := content(t, changed, "/rss.xml"), content(t, again, "/rss.xml"); a.Hash != b.Hash || !a.Modified.Equal(b.Modified) {
		t.Errorf("after the restart: %v, before: %v", b.Modified, a.Modified)
	}
	in.Posts = []*blog.Post{newPost(1, "three")}
	if c := content(t, edition.New(in), "/rss.xml"); !c.Modified.Equal(in.Now.Add(time.Second)) {
		t.Errorf("changed while stopped: %v, want the end of that second, %v", c.Modified, in.Now)
	}
}

func TestDocumentThatFailsItsCheckKeepsPreviousBytes(t *testing.T) {
	good := edition.New(input(newPost(1, "one")))
	bad := newPost(1, "two")
	bad.ID = ""
	e := edition.New(after(good, input(bad)))
	if content(t, e, "/rss.xml") != content(t, good, "/rss.xml") {
		t.Error("the previous bytes are gone")
	}
	if p := e.Problems(); len(p) == 0 || p[0].Severity != blog.Error || !strings.Contains(p[0].Message, "/atom.xml") {
		t.Errorf("problems: %v", p)
	}
	mended := edition.New(after(e, input(newPost(1, "three"))))
	if text := string(content(t, mended, "/rss.xml").Body); !strings.Contains(text, "three") || len(mended.Problems()) != 0 {
		t.Errorf("mended: %v\n%s", mended.Problems(), text)
	}
	if _, err := edition.New(input(bad)).Find("/rss.xml").Content(); err == nil {
		t.Error("nothing good to show, but no error")
	}
}

func TestProblemsOfTextsNameTheFile(t *testing.T) {
	e := edition.New(input(newPost(1, "Text.\n\n[x](ttps://example.org/)\n")))
	if p := e.Problems(); len(p) != 1 || p[0].File != "post-1.md" || p[0].Line != 3 {
		t.Errorf("problems: %v", p)
	}
}

func TestAliasesAnswerWithTheSameDocument(t *testing.T) {
	e := edition.New(input(newPost(1, "one")))
	for alias, canonical := range map[string]string{
		"/feed": "/rss.xml", "/feed/": "/rss.xml", "/FEED": "/rss.xml", "//index.xml": "/rss.xml", "/feed.xml": "/rss.xml",
		"/atom": "/atom.xml", "/feeds/posts/default": "/atom.xml", "/index.json": "/feed.json", "/feed/json/": "/feed.json",
		"/Rss.XML": "/rss.xml", "/index.html": "/", "//": "/",
	} {
		if d := e.Find(alias); d == nil || d.Path != canonical {
			t.Errorf("%s leads to %v, want %s", alias, d, canonical)
		}
	}
	for _, unknown := range []string{"", "/no", "/rss.xml/x", "/../rss.xml", "/" + strings.Repeat("a/", 4000), "/rss.xml\x00"} {
		if d := e.Find(unknown); d != nil && unknown != "" {
			t.Errorf("%.20q leads to %s", unknown, d.Path)
		}
	}
}

func TestHomePageLeadsToEverything(t *testing.T) {
	p := newPost(1, "one")
	p.Title, p.Extra().Summary = `<script>alert("x")</script>`, "A & B"
	page := string(content(t, edition.New(input(p)), "/").Body)
	for _, want := range []string{
		"<title>Example</title>", `href="/post-1/"`, "&lt;script&gt;", "A &amp; B",
		`<link rel="alternate" type="application/rss+xml" title="Example (RSS 2.0)" href="https://example.org/rss.xml">`,
		`href="https://example.org/atom.xml"`, `href="https://example.org/feed.json"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	if strings.Contains(page, "<script>alert") {
		t.Error("a title got into the page as markup")
	}
}

func TestOnlyPreviewsShowMarksAndReload(t *testing.T) {
	draft := newPost(1, "one")
	draft.Extra().Mark = blog.Draft
	in := input(draft)
	in.Settings.Pages = true
	plain := edition.New(in)
	in.Settings.Preview = true
	preview := edition.New(after(plain, in))
	for _, d := range preview.Documents() {
		is, was := string(content(t, preview, d.Path).Body), string(content(t, plain, d.Path).Body)
		isPage := strings.HasPrefix(d.ContentType, "text/html")
		if strings.Contains(is, "/_reload") != isPage || strings.Contains(was, "_reload") {
			t.Errorf("%s reloads itself: %v in the preview, %v outside", d.Path, strings.Contains(is, "/_reload"), strings.Contains(was, "_reload"))
		}
		if !isPage && is != was {
			t.Errorf("%s is another in the preview", d.Path)
		}
	}
	for _, path := range []string{"/", "/post-1/", "/archive/"} {
		const mark = `class="mark">Draft<`
		if is, was := string(content(t, preview, path).Body), string(content(t, plain, path).Body); !strings.Contains(is, mark) || strings.Contains(was, mark) {
			t.Errorf("%s: marked: %v in the preview, %v outside", path, strings.Contains(is, mark), strings.Contains(was, mark))
		}
	}
	if !preview.Preview() || plain.Preview() {
		t.Error("a preview is not told from what is published")
	}
}

func TestContentIsRenderedOnceForAll(t *testing.T) {
	d := edition.New(input(newPost(1, "one"))).Find("/rss.xml")
	var group sync.WaitGroup
	contents := make([]*edition.Content, 8)
	for i := range contents {
		group.Go(func() { contents[i], _ = d.Content() })
	}
	group.Wait()
	for _, c := range contents {
		if c == nil || c != contents[0] {
			t.Fatal("two readers got two contents")
		}
	}
}

func TestWriteReplacesOnlyWhatChanged(t *testing.T) {
	dir := t.TempDir()
	e := edition.New(input(newPost(1, "one")))
	if n, err := e.Write(dir); n != 24 || err != nil {
		t.Fatalf("wrote %d, %v", n, err)
	}
	info, err := os.Stat(filepath.Join(dir, "rss.xml"))
	if c := content(t, e, "/rss.xml"); err != nil || !info.ModTime().Equal(c.Modified) {
		t.Errorf("file time %v, want %v (%v)", info.ModTime(), c.Modified, err)
	}
	if n, err := e.Write(dir); n != 0 || err != nil {
		t.Errorf("wrote %d once more, %v", n, err)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Write(filepath.Join(dir, "file")); err == nil {
		t.Error("wrote below a file")
	}
}

func BenchmarkNew(b *testing.B) {
	var posts []*blog.Post
	for i := range 20 {
		posts = append(posts, newPost(28-i, strings.Repeat("Some *words* of a [post](https://example.org/).\n\n", 80)))
	}
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			edition.New(input(posts...))
		}
	})
	before := edition.New(input(posts...))
	b.Run("one edit", func(b *testing.B) {
		for b.Loop() {
			edited := append([]*blog.Post{}, posts...)
			copied := *posts[3]
			copied.Title = "Edited"
			edited[3] = &copied
			edition.New(after(before, input(edited...)))
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			edition.New(after(before, input(posts...)))
		}
	})
}

// after has in follow prev, which is published; nil: nothing.
func after(prev *edition.Edition, in edition.Input) edition.Input {
	if prev != nil {
		prev.PublishOnce()
		in.Cache = prev.Cache()
	}
	return in
}
