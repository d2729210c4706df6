package edition

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
	"broadsheet/internal/source"
)

// texts are the rendered bodies of the posts of an edition. They are taken from the
// cache where it has them: a body's key is that of its text, of the settings, and of
// what the book said of the addresses in it.
type texts struct {
	settings Settings
	key      blog.Key // of the settings that bodies follow from
	renderer Renderer
	patience time.Duration // that one text may take
	whole    func(*blog.Post) (*blog.Post, error)
	book     *address.Book
	cache    *Cache

	mu     sync.Mutex
	failed map[*blog.Post]blog.Problem // posts whose texts could not be rendered
	main   []*blog.Post                // those of the main feeds
}

func newTexts(in Input, s Settings, cache *Cache) *texts {
	t := &texts{
		settings: s, key: keyOfTexts(s), renderer: in.Renderer, patience: in.Patience, whole: in.Whole, book: in.Book, cache: cache, failed: map[*blog.Post]blog.Problem{},
	}
	if t.renderer == nil {
		t.renderer = markdown.New(markdown.Options{Typographer: s.Typography, Emoji: s.Emoji, Highlight: s.Highlight})
	}
	if t.patience <= 0 {
		t.patience = maxPatience
	}
	if t.whole == nil {
		t.whole = func(p *blog.Post) (*blog.Post, error) { return p, nil }
	}
	if t.book == nil {
		t.book = address.New(address.Options{Site: in.Site})
	}
	return t
}

// needs are the addresses that a text was found to hold: what its body follows from
// besides itself.
type needs struct {
	item
	refs     []string // as they are written
	pictures []string // absolute, of those that its page shows; nil: it has shown none yet
}

// size is about how many bytes the needs take.
func (n *needs) weigh() int {
	size := 256
	for _, s := range n.refs {
		size += len(s) + 16
	}
	for _, s := range n.pictures {
		size += len(s) + 16
	}
	return size
}

// keyOfText returns the key of the text of a post, as these texts render it.
func (t *texts) keyOfText(p *blog.Post) blog.Key {
	var k blog.Keyer
	return k.Key(textKeyOf(p), t.key).Sum()
}

func textKeyOf(p *blog.Post) blog.Key {
	if p.Text != (blog.Key{}) {
		return p.Text
	}
	return p.TextKey()
}

// keyOfBody returns the key of a text's body, given the addresses in it.
func (t *texts) keyOfBody(text blog.Key, p *blog.Post, refs []string) blog.Key {
	var k blog.Keyer
	k.Key(text)
	for _, ref := range refs {
		at, found := t.book.Find(p.Path, ref)
		k.Text(at).Bool(found)
	}
	return k.Sum()
}

// state returns the key of what documents show of a text: its body, or what stands
// in for that, and on pages the sizes of its pictures. It is false while that is not
// known.
func (t *texts) state(p *blog.Post, onPage bool) (blog.Key, bool) {
	text := t.keyOfText(p)
	t.cache.mu.Lock()
	defer t.cache.mu.Unlock()
	var k blog.Keyer
	if onPage {
		t.addSize(&k, p.Image.URL)
	}
	if t.cache.failed[text] != nil {
		return k.Key(text, t.cache.good[p.ID]).Sum(), true
	}
	n := t.cache.needs[text]
	if n == nil {
		return blog.Key{}, false
	}
	n.used.Store(true)
	k.Key(t.keyOfBody(text, p, n.refs))
	if onPage {
		for _, at := range n.pictures {
			t.addSize(&k, at)
		}
	}
	return k.Sum(), true
}

func (t *texts) addSize(k *blog.Keyer, at string) {
	if at != "" {
		facts := t.book.FactsAt(at)
		k.Int(int64(facts.Width), int64(facts.Height))
	}
}

// sizeOf returns the size of the picture at an address, 0 where it is unknown.
func (t *texts) sizeOf(at string) (width, height int) {
	facts := t.book.FactsAt(at)
	return facts.Width, facts.Height
}

// shows notes which pictures the page of p shows: it follows from their sizes too.
func (t *texts) shows(p *blog.Post, pictures []string) {
	slices.Sort(pictures)
	pictures = slices.Compact(pictures)
	text := t.keyOfText(p)
	t.cache.mu.Lock()
	defer t.cache.mu.Unlock()
	n := t.cache.needs[text]
	if n == nil || slices.Equal(n.pictures, pictures) {
		return
	}
	t.cache.remove(&n.item)
	n.pictures = pictures
	n.size = n.weigh()
	t.cache.add(&n.item)
}

// of returns the rendered body of p.
func (t *texts) of(p *blog.Post) (markdown.Content, error) {
	x, err := t.text(p)
	if err != nil {
		return markdown.Content{}, err
	}
	return x.content, nil
}

// text returns the same with what it was made from: that of an earlier version of
// the post where the present one cannot be rendered. An error is a blog.Problem.
func (t *texts) text(p *blog.Post) (*body, error) {
	x, err := t.attempt(p)
	if err == nil {
		return x, nil
	}
	before := t.lastGood(p)
	if !isPassing(err) {
		t.fail(p, err, before != nil)
	}
	if before != nil {
		return before, nil
	}
	if isPassing(err) {
		return nil, err
	}
	return nil, problemOf(p, err)
}

// isPassing reports whether there is an error only until the next edition, which is made of
// what the file holds by now.
func isPassing(err error) bool { return errors.Is(err, source.ErrChanged) }

// lastGood returns the last body of a post that could be rendered; nil: none that is
// known.
func (t *texts) lastGood(p *blog.Post) *body {
	t.cache.mu.Lock()
	defer t.cache.mu.Unlock()
	x := t.cache.bodies[t.cache.good[p.ID]]
	if x != nil {
		x.used.Store(true)
	}
	return x
}

// fail notes that the text of p cannot be rendered, and what is shown for it.
func (t *texts) fail(p *blog.Post, err error, stays bool) {
	problem := problemOf(p, err)
	if stays {
		problem.Message += "; the last good version of it stays"
	} else {
		problem.Message += "; the post is left out"
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failed[p] = problem
}

// recall notes which of the posts are known to have texts that cannot be rendered.
func (t *texts) recall(posts []*blog.Post) {
	t.cache.mu.Lock()
	none := len(t.cache.failed) == 0
	t.cache.mu.Unlock()
	if none {
		return
	}
	for _, p := range posts {
		t.cache.mu.Lock()
		err := t.cache.failed[t.keyOfText(p)]
		t.cache.mu.Unlock()
		if err != nil {
			t.fail(p, err, t.lastGood(p) != nil)
		}
	}
}

// pin has the bodies of the main feeds stay in the cache, and no others.
func (t *texts) pin() {
	stay := map[*body]bool{}
	for _, p := range t.main {
		if x, err := t.text(p); err == nil {
			stay[x] = true
		}
	}
	t.cache.mu.Lock()
	defer t.cache.mu.Unlock()
	for _, x := range t.cache.bodies {
		t.cache.pin(&x.item, stay[x])
	}
}

// problems returns what the bodies in the main feeds were found to hold, and which
// bodies could not be rendered.
func (t *texts) problems() []blog.Problem {
	var problems []blog.Problem
	for _, p := range t.main {
		if x, err := t.text(p); err == nil && x.sayOf(p) {
			problems = append(problems, x.problems(p)...)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, problem := range t.failed {
		problems = append(problems, problem)
	}
	blog.SortProblems(problems)
	return slices.Compact(problems)
}

func tooSlow(limit time.Duration) error {
	return fmt.Errorf("its text took longer than %v to render", limit)
}

// problemOf says that the text of p cannot be rendered, and why.
func problemOf(p *blog.Post, why error) blog.Problem {
	return blog.Problem{File: p.Path, Severity: blog.Error, Message: fmt.Sprintf("the text cannot be rendered: %v", why)}
}
