package edition

import (
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
	"broadsheet/internal/markdown"
)

// texts renders the bodies of posts and keeps the results of those in the main
// feeds, which all three formats share, from edition to edition.
type texts struct {
	settings Settings
	renderer *markdown.Renderer

	mu   sync.Mutex
	kept map[*blog.Post]*text
}

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

// keep forgets the texts of all posts but these.
func (t *texts) keep(posts []*blog.Post) {
	wanted := make(map[*blog.Post]bool, len(posts))
	for _, p := range posts {
		wanted[p] = true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for p := range t.kept {
		if !wanted[p] {
			delete(t.kept, p)
		}
	}
}

// problems returns what the bodies rendered and kept were found to hold.
func (t *texts) problems() []blog.Problem {
	t.mu.Lock()
	defer t.mu.Unlock()
	var problems []blog.Problem
	for p, x := range t.kept {
		for _, problem := range x.content.Problems {
			problem.File = p.Path
			problems = append(problems, problem)
		}
	}
	return problems
}
