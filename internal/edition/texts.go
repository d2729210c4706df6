package edition

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
)

// texts renders the bodies of posts and keeps the results from edition to
// edition: of those in the main feeds always, of others until there is too much
// of them, then those rendered first are forgotten.
type texts struct {
	settings Settings
	renderer *markdown.Renderer

	mu         sync.Mutex
	find       func(p *blog.Post, ref string) (string, bool)
	generation int // how often find was replaced
	serial     uint64
	kept       map[*blog.Post]*text
	order      []*blog.Post        // whose texts are kept besides those of the main feeds, oldest first
	size       int                 // bytes of these
	limit      int                 // bytes
	pinned     map[*blog.Post]bool // those of the main feeds
	measure    func(address string) (width, height int)
	places     any                     // Input.Places of find
	lookups    map[*blog.Post][]lookup // what rendered texts follow from besides their posts
}

// maxTexts is how many bytes of texts are kept besides those of the main feeds.
const maxTexts = 64 << 20

// text is a body, rendered once.
type text struct {
	serial  uint64 // of its own: another text of the same post has another
	once    sync.Once
	content markdown.Content
	err     error
	size    int // about the bytes that it takes, once it is rendered; guarded by the lock of texts
}

// lookup is a relative address in a body and what it was found to mean.
type lookup struct {
	ref, address string
	found        bool
}

// newTexts returns the texts of prev, if they were made by the same settings.
func newTexts(prev *Edition, s Settings) *texts {
	if prev != nil && reflect.DeepEqual(prev.texts.settings, s) {
		return prev.texts
	}
	return &texts{
		settings: s,
		renderer: markdown.New(markdown.Options{Typographer: s.Typography, Emoji: s.Emoji, Highlight: s.Highlight}),
		kept:     map[*blog.Post]*text{},
		lookups:  map[*blog.Post][]lookup{},
	}
}

// update makes the texts those of a new edition, which lacks some posts of the
// one before. It returns the posts whose relative addresses lead elsewhere now,
// and forgets their texts.
func (t *texts) update(in Input, gone []*blog.Post) map[*blog.Post]bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.limit = in.Texts; t.limit <= 0 {
		t.limit = maxTexts
	}
	t.measure = in.Measure
	for _, p := range gone {
		delete(t.kept, p)
		delete(t.lookups, p)
	}
	if t.find = in.Find; t.find == nil {
		t.find = func(*blog.Post, string) (string, bool) { return "", false }
	}
	if t.places != nil && t.places == in.Places {
		return nil
	}
	t.places = in.Places
	t.generation++
	moved := map[*blog.Post]bool{}
	for p, x := range t.kept {
		if x.size == 0 { // being rendered at this moment
			moved[p] = true
		}
	}
	for p, all := range t.lookups {
		if slices.ContainsFunc(all, func(l lookup) bool { return l != t.lookUp(p, l.ref) }) {
			moved[p] = true
			delete(t.kept, p)
			delete(t.lookups, p)
		}
	}
	return moved
}

func (t *texts) lookUp(p *blog.Post, ref string) lookup {
	address, found := t.find(p, ref)
	return lookup{ref, address, found}
}

// sizeOf returns the size of a picture by its address, 0 where it is unknown.
func (t *texts) sizeOf(address string) (width, height int) {
	t.mu.Lock()
	measure := t.measure
	t.mu.Unlock()
	if measure == nil {
		return 0, 0
	}
	return measure(address)
}

// of returns the rendered body of p.
func (t *texts) of(p *blog.Post) (markdown.Content, error) {
	x, err := t.text(p)
	return x.content, err
}

// text returns the same with its serial number.
func (t *texts) text(p *blog.Post) (*text, error) {
	t.mu.Lock()
	x := t.kept[p]
	if x == nil {
		t.serial++
		x = &text{serial: t.serial}
		t.kept[p] = x
	}
	t.mu.Unlock()
	x.once.Do(func() {
		x.content, x.err = t.render(p)
		t.count(p, x)
	})
	return x, x.err
}

// count notes that a text was rendered, and makes room.
func (t *texts) count(p *blog.Post, x *text) {
	t.mu.Lock()
	defer t.mu.Unlock()
	x.size = len(x.content.HTML) + len(x.content.Summary) + 512
	if t.pinned[p] || t.kept[p] != x {
		return
	}
	t.order = append(t.order, p)
	for t.size += x.size; t.size > t.limit && len(t.order) > 1; t.order = t.order[1:] {
		t.drop(t.order[0])
	}
}

// drop forgets one of the texts in order. The caller holds the lock.
func (t *texts) drop(p *blog.Post) {
	if x := t.kept[p]; x != nil && !t.pinned[p] {
		t.size -= x.size
		delete(t.kept, p)
	}
}

// render renders the body of p, and notes what it follows from. If an edition
// came meanwhile for which something else was found, it begins again.
func (t *texts) render(p *blog.Post) (markdown.Content, error) {
	for {
		t.mu.Lock()
		find, generation := t.find, t.generation
		t.mu.Unlock()
		content, lookups, err := t.renderWith(p, find)
		t.mu.Lock()
		current := t.generation == generation || !slices.ContainsFunc(lookups, func(l lookup) bool { return l != t.lookUp(p, l.ref) })
		if current && lookups != nil {
			t.lookups[p] = lookups
		}
		t.mu.Unlock()
		if current {
			return content, err
		}
	}
}

func (t *texts) renderWith(p *blog.Post, find func(*blog.Post, string) (string, bool)) (markdown.Content, []lookup, error) {
	var lookups []lookup
	in := markdown.Source{
		Text: p.Body, Line: p.BodyLine, HTML: p.Markup == blog.HTML, Base: p.URL,
		Find: func(ref string) (string, bool) {
			address, found := find(p, ref)
			lookups = append(lookups, lookup{ref, address, found})
			return address, found
		},
	}
	content, err := t.renderer.Render(in)
	switch {
	case err != nil:
	case p.Excerpt != nil:
		in.Text, in.Find = p.Excerpt, nil
		var excerpt markdown.Content
		excerpt, err = t.renderer.Render(in)
		content.Summary = cmp.Or(markdown.Plain(excerpt.HTML, 0), excerpt.Summary)
	case p.SummaryWords > 0:
		content.Summary = cmp.Or(markdown.Plain(beginning(content.HTML, p.SummaryWords), 0), content.Summary)
	}
	return content, lookups, err
}

// pin makes these the posts of the main feeds.
func (t *texts) pin(main []*blog.Post) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pinned = make(map[*blog.Post]bool, len(main))
	for _, p := range main {
		t.pinned[p] = true
	}
	t.order, t.size = nil, 0
	for p, x := range t.kept {
		if !t.pinned[p] && x.size > 0 {
			t.order = append(t.order, p)
			t.size += x.size
		}
	}
}

// problems returns what the bodies in the main feeds were found to hold.
func (t *texts) problems() []blog.Problem {
	t.mu.Lock()
	pinned := slices.Collect(maps.Keys(t.pinned))
	t.mu.Unlock()
	var problems []blog.Problem
	for _, p := range pinned {
		content, err := t.of(p)
		if err != nil {
			continue // the documents that hold the post say so
		}
		for _, problem := range content.Problems {
			problem.File = p.Path
			problems = append(problems, problem)
		}
	}
	return problems
}
