package edition

import (
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
)

// texts renders the bodies of posts and keeps the results from edition to
// edition: of those in the main feeds always, of others until there is too much
// of them, then those rendered first are forgotten.
type texts struct {
	settings Settings
	renderer Renderer
	patience time.Duration // that one text may take

	mu         sync.Mutex
	find       func(p *blog.Post, ref string) (string, bool)
	generation int // how often find was replaced
	serial     uint64
	kept       map[*blog.Post]*text
	order      []*blog.Post            // whose texts are kept besides those of the main feeds, oldest first
	size       int                     // bytes of these
	limit      int                     // bytes
	pinned     map[*blog.Post]bool     // those of the main feeds
	places     any                     // Input.Places of find
	lookups    map[*blog.Post][]lookup // what rendered texts follow from besides their posts

	sizes
	faults
}

// maxTexts is how many bytes of texts are kept besides those of the main feeds.
const maxTexts = 64 << 20

// lookup is a relative address in a body and what it was found to mean.
type lookup struct {
	ref, address string
	found        bool
}

// newTexts returns the texts of prev, if they were made by the same settings.
func newTexts(prev *Edition, in Input, s Settings) *texts {
	if prev != nil && reflect.DeepEqual(prev.texts.settings, s) {
		return prev.texts
	}
	t := &texts{
		settings: s, renderer: in.Renderer, patience: in.Patience,
		kept: map[*blog.Post]*text{}, lookups: map[*blog.Post][]lookup{},
		sizes: sizes{said: map[*blog.Post][]size{}}, faults: newFaults(),
	}
	if prev != nil { // what stood in for a broken post stands in for it still
		t.former, t.latter, t.held = prev.texts.versions()
	}
	if t.renderer == nil {
		t.renderer = markdown.New(markdown.Options{Typographer: s.Typography, Emoji: s.Emoji, Highlight: s.Highlight})
	}
	if t.patience <= 0 {
		t.patience = maxPatience
	}
	return t
}

// update makes the texts those of a new edition, which lacks some posts of the
// one before and has others. It returns the posts whose texts say something else
// now though the posts are the same, and forgets these texts.
func (t *texts) update(in Input, d difference) map[*blog.Post]bool {
	moved, elsewhere := t.replace(in, d)
	if elsewhere {
		for _, p := range t.resized() {
			moved[p] = true
		}
	}
	return moved
}

// replace does so, but for the sizes of pictures. It tells whether files may be
// elsewhere now, or others.
func (t *texts) replace(in Input, d difference) (moved map[*blog.Post]bool, elsewhere bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.limit = in.Texts; t.limit <= 0 {
		t.limit = maxTexts
	}
	t.measure = in.Measure
	t.succeed(d)
	t.clear(in, d)
	if t.find = in.Find; t.find == nil {
		t.find = func(*blog.Post, string) (string, bool) { return "", false }
	}
	moved = t.takeMended()
	if t.places != nil && t.places == in.Places {
		return moved, false
	}
	t.places = in.Places
	t.generation++
	t.round++
	t.relocate(moved)
	return moved, true
}

// relocate notes the posts whose relative addresses lead elsewhere now. The caller
// holds the lock.
func (t *texts) relocate(moved map[*blog.Post]bool) {
	for p, x := range t.kept {
		if !x.made() && !x.late { // being rendered at this moment
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
	for p, before := range t.former {
		if moved[before] {
			moved[p] = true
		}
	}
}

// clear lets go of the posts that are gone. The caller holds the lock.
func (t *texts) clear(in Input, d difference) {
	here := map[*blog.Post]bool{}
	for _, p := range d.added { // those that changed from one list to another
		here[p] = true
	}
	for _, p := range d.gone {
		if here[p] {
			continue
		}
		if before := t.release(p); before != nil {
			t.forget(before)
		}
		if t.latter[p] == nil {
			t.forget(p)
		}
	}
	if len(t.failed) == 0 {
		return
	}
	for _, p := range slices.Concat(in.Posts, in.Unlisted) {
		here[p] = true
	}
	for p := range t.failed { // documents of editions long ago may ask for any
		if !here[p] && t.latter[p] == nil {
			delete(t.failed, p)
		}
	}
}

// forget lets go of all that is known of a post. The caller holds the lock.
func (t *texts) forget(p *blog.Post) {
	delete(t.failed, p)
	delete(t.mended, p)
	delete(t.kept, p)
	delete(t.lookups, p)
	delete(t.said, p)
}

func (t *texts) lookUp(p *blog.Post, ref string) lookup {
	address, found := t.find(p, ref)
	return lookup{ref, address, found}
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
func (t *texts) text(p *blog.Post) (*text, error) {
	x, err := t.attempt(p)
	if err == nil {
		return x, nil
	}
	if before := t.before(p); before != nil {
		if x, err := t.attempt(before); err == nil {
			return x, nil
		}
	}
	return nil, err
}

// count notes that a text was rendered, and makes room. The caller holds the lock.
func (t *texts) count(p *blog.Post, x *text) {
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
		if !t.pinned[p] && x.made() {
			t.order = append(t.order, p)
			t.size += x.size
		}
	}
}

// problems returns what the bodies in the main feeds were found to hold, and which
// bodies could not be rendered.
func (t *texts) problems() []blog.Problem {
	t.mu.Lock()
	pinned := slices.Collect(maps.Keys(t.pinned))
	t.mu.Unlock()
	var problems []blog.Problem
	for _, p := range pinned {
		x, err := t.text(p)
		if err != nil || !x.sayOf(p) {
			continue
		}
		problems = append(problems, x.problems(p)...)
	}
	return append(problems, t.failures()...)
}
