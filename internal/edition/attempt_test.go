package edition_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/markdown"
)

// faulty is a renderer with faults: it panics on a body that holds "panic", and
// does not return while one holds "slow" and it is not let go.
type faulty struct {
	*markdown.Renderer
	mended bool
	letGo  chan struct{}

	mu    sync.Mutex
	tried int // how often such a body was rendered
}

func newFaulty() *faulty {
	return &faulty{Renderer: markdown.New(markdown.Options{}), letGo: make(chan struct{})}
}

func (f *faulty) Render(s markdown.Source) (markdown.Content, error) {
	bad, slow := bytes.Contains(s.Text, []byte("panic")), bytes.Contains(s.Text, []byte("slow"))
	f.mu.Lock()
	mended := f.mended
	if bad || slow {
		f.tried++
	}
	f.mu.Unlock()
	switch {
	case bad && !mended:
		var nothing []int
		_ = nothing[len(s.Text)]
	case slow:
		<-f.letGo
	}
	return f.Renderer.Render(s)
}

// series are so many posts, the newest first, old enough ones on pages alone.
func series(n int) []*blog.Post {
	var posts []*blog.Post
	for ; n > 0; n-- {
		posts = append(posts, newPost(n, "The text of a good post."))
	}
	return posts
}

// faultyInput shows two posts in the main feeds and all in the archive.
func faultyInput(r edition.Renderer, posts []*blog.Post) edition.Input {
	in := input(posts...)
	in.Settings.Items, in.Settings.ArchiveItems, in.Settings.Pages = 2, 2, true
	in.Renderer = r
	return in
}

// edited replaces one of the posts by another version.
func edited(posts []*blog.Post, i int, body string) []*blog.Post {
	next := append([]*blog.Post{}, posts...)
	p := *posts[i]
	p.Body = []byte(body)
	next[i] = &p
	return next
}

// told returns the problems of a file.
func told(e *edition.Edition, file string) string {
	var all []string
	for _, p := range e.Problems() {
		if p.File == file {
			all = append(all, string(p.Severity)+": "+p.Message)
		}
	}
	return strings.Join(all, "\n")
}

// bodies returns what all documents say; those that cannot be had are missing.
func bodies(e *edition.Edition) map[string]string {
	all := map[string]string{}
	for _, d := range e.Documents() {
		if c, err := d.Content(); err == nil {
			all[d.Path] = string(c.Body)
		}
	}
	return all
}

// holds reports which documents hold a text.
func holds(e *edition.Edition, text string) map[string]bool {
	found := map[string]bool{}
	for path, body := range bodies(e) {
		if strings.Contains(body, text) {
			found[path] = true
		}
	}
	return found
}

// The posts that the tests break: one that is rendered before the edition is
// published, and one that is rendered on demand.
var broken = map[string]int{"the newest": 0, "an old one": 5}

func TestPostThatPanicsIsLeftOutAndNamed(t *testing.T) {
	for name, i := range broken {
		posts := edited(series(6), i, "Here is panic.")
		bad := posts[i]
		e := edition.New(faultyInput(newFaulty(), posts))
		page := strings.TrimPrefix(bad.URL, site.URL)
		var group sync.WaitGroup
		for range 8 { // the second request is not better off than the first
			group.Go(func() {
				if c, err := e.Find(page).Content(); err == nil {
					t.Errorf("%s: its page says %q", name, c.Body)
				}
			})
		}
		group.Wait()
		documents := bodies(e)
		for _, d := range e.Documents() {
			if documents[d.Path] == "" && d.Path != page {
				t.Errorf("%s: %s is missing", name, d.Path)
			}
		}
		for path, body := range documents {
			if strings.HasSuffix(path, ".xml") && path != "/sitemap.xml" && strings.Contains(body, bad.ID) {
				t.Errorf("%s: %s holds the post", name, path)
			}
		}
		if found := holds(e, "The text of a good post."); !found["/rss.xml"] || !found["/archive/1/rss.xml"] {
			t.Errorf("%s: the others are in %v", name, found)
		}
		want := "error: the text cannot be rendered: a fault of this program, please report it: runtime error: index out of range [14] with length 0" +
			" in broadsheet/internal/edition_test.(*faulty).Render; the post is left out"
		if got := told(e, bad.Path); got != want {
			t.Errorf("%s: told %q", name, got)
		}
	}
}

func TestLastGoodTextStays(t *testing.T) {
	for name, i := range broken {
		r, posts := newFaulty(), edited(series(6), 0, "The newest text.")
		posts = edited(posts, i, "The last good text.")
		e := edition.New(faultyInput(r, posts))
		before := holds(e, "The last good text.")
		posts = edited(posts, i, "Here is panic.")
		for n := range 4 {
			switch n {
			case 1: // an edition for another reason
				posts = edited(posts, 2, "A correction.")
			case 2: // broken in another way
				posts = edited(posts, i, "Still panic.")
			case 3: // all is rendered anew
				in := faultyInput(r, posts)
				in.Settings.Emoji = true
				e = edition.New(after(e, in))
			}
			if n < 3 {
				e = edition.New(after(e, faultyInput(r, posts)))
			}
			after := holds(e, "The last good text.")
			if len(after) != len(before) || len(before) < 4 {
				t.Errorf("%s, edition %d: its last good text is in %v, was in %v", name, n, after, before)
			}
			if got := told(e, posts[i].Path); !strings.HasSuffix(got, "Render; the last good version of it stays") {
				t.Errorf("%s, edition %d: told %q", name, n, got)
			}
		}
		posts = edited(posts, i, "The fault is mended.")
		e = edition.New(after(e, faultyInput(r, posts)))
		if after := holds(e, "The fault is mended."); len(after) != len(before) || len(holds(e, "The last good text.")) > 0 {
			t.Errorf("%s: once mended, its text is in %v", name, after)
		}
		if got := told(e, posts[i].Path); got != "" {
			t.Errorf("%s: once mended, told %q", name, got)
		}
	}
}

// A version that nobody asked for is not at hand when the next one cannot be rendered.
func TestVersionNeverSeenIsNoneToStay(t *testing.T) {
	r, posts := newFaulty(), edited(series(6), 5, "Nobody asked for this text.")
	e := edition.New(faultyInput(r, posts))
	posts = edited(posts, 5, "Here is panic.")
	e = edition.New(after(e, faultyInput(r, posts)))
	if c, err := e.Find("/post-1/").Content(); err == nil {
		t.Errorf("its page says %s", c.Body)
	}
	if got := told(e, posts[5].Path); !strings.HasSuffix(got, "; the post is left out") {
		t.Errorf("told %q", got)
	}
}

func TestBrokenPostThatGoesIsForgotten(t *testing.T) {
	posts := edited(series(6), 0, "Here is panic.")
	e := edition.New(faultyInput(newFaulty(), posts))
	next := edition.New(after(e, faultyInput(newFaulty(), posts[1:])))
	if got := next.Problems(); len(got) > 0 {
		t.Errorf("told %v", got)
	}
	if found := holds(next, "The text of a good post."); !found["/rss.xml"] {
		t.Errorf("the others are in %v", found)
	}
}

// TestSlowPostHoldsUpNobody lives in virtual time: the clock moves only while
// everybody waits.
func TestSlowPostHoldsUpNobody(t *testing.T) {
	for name, i := range broken {
		synctest.Test(t, func(t *testing.T) {
			r, posts := newFaulty(), edited(series(6), i, "This is slow.")
			began := time.Now()
			e := edition.New(faultyInput(r, posts))
			all := bodies(e)
			if took := time.Since(began); took > 11*time.Second {
				t.Errorf("%s: everything else took %v", name, took)
			}
			if len(holds(e, "This is slow.")) > 0 || all["/rss.xml"] == "" {
				t.Errorf("%s: the documents are %v", name, all)
			}
			if got := told(e, posts[i].Path); got != "error: the text cannot be rendered: its text took longer than 2s to render; the post is left out" {
				t.Errorf("%s: told %q", name, got)
			}
			began = time.Now()
			for n := range 3 {
				posts = edited(posts, 2, strings.Repeat("Urgent. ", n+1))
				e = edition.New(after(e, faultyInput(r, posts)))
				bodies(e)
			}
			if took := time.Since(began); took > 0 || r.tried != 1 {
				t.Errorf("%s: the same post held up the next editions for %v, and was rendered %d times", name, took, r.tried)
			}
			close(r.letGo) // what came late is shown by the next edition
			synctest.Wait()
			e = edition.New(after(e, faultyInput(r, posts)))
			if found := holds(e, "This is slow."); len(found) < 4 {
				t.Errorf("%s: once rendered, it is in %v", name, found)
			}
			if got := told(e, posts[i].Path); got != "" {
				t.Errorf("%s: once rendered, told %q", name, got)
			}
		})
	}
}

func TestSlowPostsOccupyFewProcessors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, posts := newFaulty(), series(30)
		for i := range 25 {
			posts = edited(posts, i, "slow slow <!--"+strings.Repeat("x", 64<<10+i)+"-->") // large, with little to render
		}
		in := faultyInput(r, posts)
		in.Settings.Items = 30
		began := time.Now()
		e := edition.New(in)
		if took := time.Since(began); took > 40*time.Second {
			t.Errorf("25 slow posts held up the others for %v", took)
		}
		if r.tried > 8 {
			t.Errorf("%d are at work", r.tried)
		}
		if found := holds(e, "The text of a good post."); !found["/rss.xml"] {
			t.Errorf("the good ones are in %v", found)
		}
		for _, p := range posts[:25] {
			if told(e, p.Path) == "" {
				t.Errorf("nobody tells of %s", p.Path)
			}
		}
		close(r.letGo)
		synctest.Wait()
		for range 2 { // those that waited, then those that came
			e = edition.New(after(e, in))
			synctest.Wait()
		}
		if found := holds(e, "slow slow"); !found["/rss.xml"] {
			t.Errorf("once rendered, they are in %v", found)
		}
	})
}

// A page whose post cannot be rendered keeps the bytes that were handed out at its address,
// be they those of another post; also where somebody else keeps the records.
func TestPageOfAFaultyPostKeepsTheBytesOfItsAddress(t *testing.T) {
	r := newFaulty()
	in := input(newPost(2, "Good words."), newPost(1, "Words that were here before."))
	in.Settings.Pages, in.Renderer, in.Cache = true, r, edition.NewCache(0)
	records := edition.Dates{}
	in.Keep = func(path string, r edition.Record) { records[path] = r }
	in.Dates = records.Of
	before := content(t, edition.New(in), "/post-1/")
	other := newPost(1, "panic")
	other.ID = "tag:example.org,2026:other"
	in.Posts = []*blog.Post{in.Posts[0], other}
	e := edition.New(in)
	if after := content(t, e, "/post-1/"); after != before {
		t.Errorf("handed out %s after %s", after.Hash, before.Hash)
	}
	if got := records["/post-1/"]; got.Hash != before.Hash || !got.Modified.Equal(before.Modified) {
		t.Errorf("the record is %v, want that of %s at %v", got, before.Hash, before.Modified)
	}
	if problems := e.Problems(); len(problems) == 0 || problems[0].File != other.Path {
		t.Errorf("problems: %v", problems)
	}
}
