package edition

import (
	"maps"
	"slices"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
	"broadsheet/internal/markdown"
)

// texts renders the bodies of posts and keeps the results from edition to
// edition: of those in the main feeds always, of others as long as there are
// not too many.
type texts struct {
	settings Settings
	renderer *markdown.Renderer

	mu     sync.Mutex
	kept   map[*blog.Post]*text
	pinned map[*blog.Post]bool // those of the main feeds
}

// maxUnpinned is how many texts are kept besides those of the main feeds.
const maxUnpinned = 500

// text is a body, rendered once.
type text struct {
	once    sync.Once
	content markdown.Content
	err     error
}

// newTexts returns the texts of prev, if they were made by the same settings.
func newTexts(prev *Edition, s Settings) *texts {
	if prev != nil && prev.texts.settings == s {
		return prev.texts
	}
	return &texts{
		settings: s,
		renderer: markdown.New(markdown.Options{Typographer: s.Typography, Highlight: s.Highlight}),
		kept:     map[*blog.Post]*text{},
	}
}

// entries pairs each post with its texts.
func (t *texts) entries(posts []*blog.Post) ([]feed.Entry, error) {
	entries := make([]feed.Entry, len(posts))
	for i, p := range posts {
		content, err := t.of(p)
		if err != nil {
			return nil, err
		}
		entries[i] = t.entry(p, content)
	}
	return entries, nil
}

// entry chooses among the texts. A post without text of its own keeps its
// summary whatever the setting: an entry that says nothing helps nobody.
func (t *texts) entry(p *blog.Post, content markdown.Content) feed.Entry {
	e := feed.Entry{Post: p, Summary: p.Summary, HTML: content.HTML}
	if e.Summary == "" {
		e.Summary = content.Summary
	}
	switch {
	case t.settings.Content == Full && e.HTML != "":
		e.Summary = ""
	case t.settings.Content == Summary && e.Summary != "":
		e.HTML = ""
	}
	return e
}

// of returns the rendered body of p.
func (t *texts) of(p *blog.Post) (markdown.Content, error) {
	t.mu.Lock()
	x := t.kept[p]
	if x == nil {
		if len(t.kept) >= len(t.pinned)+maxUnpinned {
			t.trim()
		}
		x = &text{}
		t.kept[p] = x
	}
	t.mu.Unlock()
	x.once.Do(func() {
		x.content, x.err = t.renderer.Render(markdown.Source{
			Text: p.Body, Line: p.BodyLine, HTML: p.Markup == blog.HTML, Base: p.URL,
		})
	})
	return x.content, x.err
}

// pin makes these the posts of the main feeds, and forgets the texts of all
// others.
func (t *texts) pin(posts []*blog.Post) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pinned = make(map[*blog.Post]bool, len(posts))
	for _, p := range posts {
		t.pinned[p] = true
	}
	t.trim()
}

// trim forgets the texts that are not pinned. The caller holds the lock.
func (t *texts) trim() {
	maps.DeleteFunc(t.kept, func(p *blog.Post, _ *text) bool { return !t.pinned[p] })
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
