// Package bodies renders the texts of posts.
//
// In go posts, the settings that texts are rendered by, and a Book of addresses; out come
// Bodies, rendered on demand and kept in a Store that editions share. The key of a body
// stands for all that it is made of: its text, these settings, and what the Book says of
// the addresses in it. So editions that know other posts share what is the same for both.
//
// A post is rendered off the caller's goroutine and for a bounded time, and a panic is an
// error like others. A post that cannot be rendered keeps its last good body, if there is
// one; Problems names it.
package bodies

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/markdown"
	"broadsheet/internal/source"

	"golang.org/x/sync/errgroup"
)

// Options say how bodies are rendered.
type Options struct {
	Site     blog.Site
	Settings settings.Settings
	Renderer Renderer      // nil: that of the package markdown, as Settings say
	Patience time.Duration // processor time that one text may take; 0 means 2 s
	Book     *address.Book // nil: only the rules of the web resolve references

	// Whole returns a post with its text; nil: posts have their texts. See edition.Input.
	Whole func(*blog.Post) (*blog.Post, error)

	Store *Store
}

// Renderer turns the body of a post into HTML. It is safe for concurrent use. If it
// panics, fails or takes too long, only that post suffers.
type Renderer interface {
	Render(s markdown.Source) (markdown.Content, error)
}

// Bodies are the rendered bodies of the posts of an edition. They are safe for concurrent
// use.
type Bodies struct {
	settings settings.Settings
	key      blog.Key // of the settings that bodies depend on
	renderer Renderer
	patience time.Duration
	book     *address.Book
	store    *Store
	whole    func(*blog.Post) (*blog.Post, error)

	mu     sync.Mutex
	failed map[*blog.Post]blog.Problem // posts whose texts could not be rendered
	main   []*blog.Post                // see Pin

	misses atomic.Uint64 // how often there was no text to render
	missed atomic.Bool   // a text was not there any more when it was to be rendered
}

// New returns the bodies of an edition.
func New(o Options) *Bodies {
	s := o.Settings
	b := &Bodies{
		settings: s, key: keyOfSettings(s), renderer: o.Renderer, patience: o.Patience, book: o.Book, store: o.Store,
		whole: o.Whole, failed: map[*blog.Post]blog.Problem{},
	}
	if b.renderer == nil {
		b.renderer = markdown.New(markdown.Options{Typographer: s.Typography, Emoji: s.Emoji, Highlight: s.Highlight, Syntax: s.Syntax, Flavour: s.Flavour})
	}
	if b.patience <= 0 {
		b.patience = maxPatience
	}
	if b.whole == nil {
		b.whole = func(p *blog.Post) (*blog.Post, error) { return p, nil }
	}
	if b.book == nil {
		b.book = address.New(address.Options{Site: o.Site})
	}
	return b
}

// Get returns the rendered body of a post, or that of an earlier version if the present
// one cannot be rendered. An error is a blog.Problem unless it IsTemporary. Get may take as
// long as the patience of the Options.
func (b *Bodies) Get(p *blog.Post) (*Body, error) {
	x, err := b.render(p)
	if err == nil {
		return x, nil
	}
	var without noText
	if errors.As(err, &without) {
		b.misses.Add(1)
	}
	before := b.lastGood(p)
	if IsTemporary(err) {
		b.missed.Store(true)
	} else {
		b.noteFailure(p, err, before != nil)
	}
	switch {
	case before != nil:
		return before, nil
	case IsTemporary(err):
		return nil, err
	}
	return nil, problemOf(p, err)
}

// IsTemporary reports whether an error lasts only until the next edition, which is made of
// what the file of the post holds by now.
func IsTemporary(err error) bool { return errors.Is(err, source.ErrChanged) }

// maxPrepared is how many posts Prepare renders. It is called before it is known whether
// all of them fit into a feed.
const maxPrepared = 50

// Prepare renders the first of these posts, on all processors.
func (b *Bodies) Prepare(posts []*blog.Post) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, p := range posts[:min(len(posts), maxPrepared)] {
		group.Go(func() error {
			_, _ = b.Get(p) // an error stays with the text
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
}

// lastGood returns the last body of a post that could be rendered; nil: none that is
// known.
func (b *Bodies) lastGood(p *blog.Post) *Body {
	s := b.store
	s.cache.Lock()
	defer s.cache.Unlock()
	x := s.bodies[s.good[p.ID]]
	if x != nil {
		x.item.Used.Store(true)
	}
	return x
}

// noteFailure notes that the text of a post cannot be rendered, and what is shown instead.
func (b *Bodies) noteFailure(p *blog.Post, err error, hasLastGood bool) {
	problem := problemOf(p, err)
	if hasLastGood {
		problem.Message += "; the last good version of it stays"
	} else {
		problem.Message += "; the post is left out"
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failed[p] = problem
}

// Recall notes which of the posts are known to have texts that cannot be rendered.
func (b *Bodies) Recall(posts []*blog.Post) {
	if !b.store.hasFailures() {
		return
	}
	for _, p := range posts {
		err := b.store.failure(b.keyOfText(p))
		if err != nil {
			b.noteFailure(p, err, b.lastGood(p) != nil)
		}
	}
}

// errUnknown says that a body is not in the store.
var errUnknown = errors.New("its text is not rendered")

// Known returns the body of a post if the store has it.
func (b *Bodies) Known(p *blog.Post) (*Body, error) {
	text, s := b.keyOfText(p), b.store
	s.cache.Lock()
	defer s.cache.Unlock()
	if n := s.needs[text]; n != nil {
		if x := s.bodies[b.keyOfBody(text, p, n.refs)]; x != nil {
			x.item.Used.Store(true)
			return x, nil
		}
	}
	return nil, errUnknown
}

// Mends returns how many bodies of the store came so late that documents were made without
// them.
func (b *Bodies) Mends() int { return b.store.Mends() }

// Misses returns how often there was no text to render by now. What is made of bodies is not
// made of those that their posts have if there were more meanwhile.
func (b *Bodies) Misses() uint64 { return b.misses.Load() }

// Missed reports whether a text was not there any more when it was to be rendered.
func (b *Bodies) Missed() bool { return b.missed.Load() }

// HasFailures reports whether a text could not be rendered, if only for a moment: an
// earlier version may stand for it in a document.
func (b *Bodies) HasFailures() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.failed) > 0 || b.missed.Load()
}

// SetMain says which posts are those of the main feeds: the ones that Pin and Problems
// are about.
func (b *Bodies) SetMain(posts []*blog.Post) { b.main = posts }

// Pin makes the bodies of the main feeds stay in the store, and no others.
func (b *Bodies) Pin() {
	stay, texts := map[*Body]bool{}, map[blog.Key]bool{}
	for _, p := range b.main {
		if x, err := b.Get(p); err == nil {
			stay[x], texts[b.keyOfText(x.post)] = true, true
		}
	}
	s := b.store
	s.cache.Lock()
	defer s.cache.Unlock()
	for _, x := range s.bodies {
		s.cache.Pin(&x.item, stay[x])
	}
	for text, n := range s.needs { // a body is found by them
		s.cache.Pin(&n.item, texts[text])
	}
}

// Problems returns what the bodies of the main feeds were found to hold, and which bodies
// could not be rendered.
func (b *Bodies) Problems() []blog.Problem {
	var problems []blog.Problem
	for _, p := range b.main {
		if x, err := b.Get(p); err == nil && x.isOf(p) {
			problems = append(problems, x.problems(p)...)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, problem := range b.failed {
		problems = append(problems, problem)
	}
	blog.SortProblems(problems)
	return slices.Compact(problems)
}

// problemOf says that the text of a post cannot be rendered, and why.
func problemOf(p *blog.Post, why error) blog.Problem {
	message := fmt.Sprintf("the text cannot be rendered: %v", why)
	return blog.Problem{File: p.Path, Severity: blog.Error, Message: message}
}
