package bodies_test

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/lru"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/markdown"
	"broadsheet/internal/media"
	"broadsheet/internal/source"
)

// renderer counts what it renders. It fails and panics on texts that say so.
type renderer struct {
	*markdown.Renderer
	mu       sync.Mutex
	rendered int
}

func (r *renderer) Render(s markdown.Source) (markdown.Content, error) {
	r.mu.Lock()
	r.rendered++
	r.mu.Unlock()
	switch {
	case bytes.Contains(s.Text, []byte("fail")):
		return markdown.Content{}, errors.New("it fails")
	case bytes.Contains(s.Text, []byte("panic")):
		panic("it panics")
	}
	return r.Renderer.Render(s)
}

// count returns how often a body was rendered since the last call.
func (r *renderer) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.rendered
	r.rendered = 0
	return n
}

// world is what bodies are rendered in.
type world struct {
	renderer *renderer
	store    *bodies.Store
}

func newWorld(limit int) world {
	return world{&renderer{Renderer: markdown.New(markdown.Options{})}, bodies.NewStore(lru.New(limit))}
}

// bodies returns those of an edition whose folder holds a picture of this width; 0: none.
func (w world) bodies(width int, s settings.Settings) *bodies.Bodies {
	site := blog.Site{URL: "https://example.org"}
	o := address.Options{Site: site}
	if width > 0 {
		o.Files = address.NewFiles([]blog.Media{{Path: "a.png"}})
		o.Facts = map[string]media.Facts{"a.png": {Width: width, Height: 10}}
	}
	return bodies.New(bodies.Options{Site: site, Settings: s, Renderer: w.renderer, Book: address.New(o), Store: w.store})
}

func post(id, text string) *blog.Post {
	return &blog.Post{ID: id, Path: id + ".md", URL: "https://example.org/" + id + "/", Title: id, Body: []byte(text), BodyLine: 1}
}

func TestBodiesAreRenderedOnceForEachKey(t *testing.T) {
	w := newWorld(1 << 20)
	plain, picture := post("plain", "Words."), post("picture", "![](/a.png)")
	for _, step := range []struct {
		name     string
		width    int
		settings settings.Settings
		want     int // rendered
	}{
		{"at first", 100, settings.Settings{}, 2},
		{"again", 100, settings.Settings{}, 0},
		{"a picture of another size", 200, settings.Settings{}, 0}, // the page needs that, the body does not
		{"a picture that is gone", 0, settings.Settings{}, 1},
		{"a picture that is back", 100, settings.Settings{}, 0},
		{"other settings of texts", 100, settings.Settings{Typography: true}, 2},
		{"other settings", 100, settings.Settings{Items: 3, Pages: true}, 0},
	} {
		b := w.bodies(step.width, step.settings)
		for _, p := range []*blog.Post{plain, picture, plain} {
			x, err := b.Get(p)
			if err != nil || x.Content.HTML == "" {
				t.Errorf("%s: %v, %v", step.name, x, err)
			}
		}
		if got := w.renderer.count(); got != step.want {
			t.Errorf("%s: %d bodies were rendered, want %d", step.name, got, step.want)
		}
	}
}

// State says whether what a document shows of a post is still the same.
func TestState(t *testing.T) {
	w := newWorld(1 << 20)
	p := post("picture", "![](/a.png)")
	b := w.bodies(100, settings.Settings{})
	if _, known := b.State(p, false); known {
		t.Error("the state of a text is known that was never rendered")
	}
	if _, err := b.Get(p); err != nil {
		t.Fatal(err)
	}
	b.Shows(p, []string{"https://example.org/a.png", "https://example.org/a.png"})
	inFeed, known := b.State(p, false)
	onPage, _ := b.State(p, true)
	if !known {
		t.Error("the state of a text is not known that was rendered")
	}
	for width, same := range map[int][2]bool{100: {true, true}, 200: {true, false}, 0: {false, false}} {
		other := w.bodies(width, settings.Settings{})
		feed, _ := other.State(p, false)
		page, _ := other.State(p, true)
		if got := [2]bool{feed == inFeed, page == onPage}; got != same {
			t.Errorf("with a width of %d, the same in feeds and on the page: %v, want %v", width, got, same)
		}
		if got := other.SamePosts(b, []*blog.Post{p}, []*blog.Post{p}); got != same[1] {
			t.Errorf("with a width of %d, the same: %v, want %v", width, got, same[1])
		}
	}
}

func TestFaultyPostKeepsItsLastGoodBody(t *testing.T) {
	w := newWorld(1 << 20)
	good, err := w.bodies(0, settings.Settings{}).Get(post("a", "Good."))
	if err != nil {
		t.Fatal(err)
	}
	for text, message := range map[string]string{
		"It will fail.":  "the text cannot be rendered: it fails",
		"It will panic.": "the text cannot be rendered: a fault of this program, please report it: it panics in ",
	} {
		w.renderer.count()
		b := w.bodies(0, settings.Settings{})
		for range 2 { // what failed is not tried again
			if x, err := b.Get(post("a", text)); x != good || err != nil {
				t.Errorf("%s: got %v, %v", text, x, err)
			}
			x, err := b.Get(post("b", text))
			var problem blog.Problem
			if x != nil || !errors.As(err, &problem) || problem.File != "b.md" || !strings.HasPrefix(problem.Message, message) {
				t.Errorf("%s: a post without a good version: %v, %v", text, x, err)
			}
		}
		if n := w.renderer.count(); n != 2 { // one of each post
			t.Errorf("%s: rendered %d times", text, n)
		}
		if !b.HasFailures() || len(b.Problems()) == 0 {
			t.Errorf("%s: problems %v", text, b.Problems())
		}
		later := w.bodies(0, settings.Settings{})
		later.Recall([]*blog.Post{post("c", "Unseen."), post("a", text)})
		if got := later.Problems(); len(got) != 1 || got[0].File != "a.md" || !strings.HasSuffix(got[0].Message, "; the last good version of it stays") {
			t.Errorf("%s: a later edition recalls %v", text, got)
		}
	}
}

// A disk that hangs, and then fails, says nothing of the text: the next edition reads it again.
func TestTextThatComesLateAndThenNotAtAllIsReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, p, disk := newWorld(1<<20), post("a", "Words."), make(chan error)
		hangs := bodies.New(bodies.Options{
			Renderer: w.renderer, Store: w.store,
			Whole: func(*blog.Post) (*blog.Post, error) { return nil, <-disk },
		})
		if x, err := hangs.Get(p); err == nil || !strings.Contains(err.Error(), "took longer than") {
			t.Errorf("while the disk hangs: %v, %v", x, err)
		}
		disk <- source.ErrChanged
		synctest.Wait()
		x, err := w.bodies(0, settings.Settings{}).Get(p)
		if err != nil || !strings.Contains(x.Content.HTML, "Words.") {
			t.Errorf("once the disk answers: %v, %v", x, err)
		}
	})
}

// What the main feeds are made of stays, however small the store is.
func TestMainBodiesStay(t *testing.T) {
	w := newWorld(2000)
	main := []*blog.Post{post("m1", "Main one."), post("m2", "Main two.")}
	b := w.bodies(0, settings.Settings{})
	b.SetMain(main)
	b.Prepare(main)
	b.Pin()
	for _, id := range strings.Split("abcdefghij", "") {
		if _, err := b.Get(post(id, "Other words of "+id)); err != nil {
			t.Fatal(err)
		}
	}
	w.renderer.count()
	for i, posts := range [][]*blog.Post{main, {post("a", "Other words of a"), post("b", "Other words of b")}} {
		for _, p := range posts {
			if _, err := b.Get(p); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.renderer.count(); n != 2*i {
			t.Errorf("%d bodies from %s on were rendered again, want %d", n, posts[0].ID, 2*i)
		}
	}
}

func TestSummaries(t *testing.T) {
	b := newWorld(1<<20).bodies(0, settings.Settings{Markdown: true})
	long := "One two three.\n\nFour five six.\n\nSeven."
	excerpt, words, own, none := post("a", long), post("b", long), post("c", long), post("d", "![](x.png)")
	excerpt.Extra().Excerpt, words.Extra().SummaryWords, own.Extra().Summary, none.Extra().Description = []byte("An *excerpt*."), 4, "Own words.", "A description."
	for p, want := range map[*blog.Post]string{excerpt: "An excerpt.", words: "One two three. Four five six.", own: "Own words.", none: "A description."} {
		x, err := b.Get(p)
		if err != nil || x.Summary(p) != want {
			t.Errorf("%s: %q, %v, want %q", p.ID, x.Summary(p), err, want)
		}
		if x.Source != string(p.Body) && p.Markup == blog.Markdown {
			t.Errorf("%s: the source is %q", p.ID, x.Source)
		}
	}
}
