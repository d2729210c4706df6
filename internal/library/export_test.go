package library

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/source"
)

// BuildWhole makes a library without regard to how little changed.
var BuildWhole = build

// ReadWith reads a file, and then another version of it, with a reader that may
// have faults. It returns the post after each, and what is told after the second.
func ReadWith(first, second source.File, reader func(source.File) (dialect.Result, error)) (a, b *blog.Post, problems []blog.Problem) {
	before := parseFile(&first, nil, reader)
	after := parseFile(&second, before, reader)
	return before.post, after.post, after.problems
}

// FillWith renders the template text of a post with what may have faults, after a
// version that came to a text; nil: there was none. It returns the text, whether
// there is still a post, and what is told.
func FillWith(p *blog.Post, before []byte, render templater) (body []byte, there bool, problems []blog.Problem) {
	holding := &parsed{post: p}
	r := fill(holding, render)
	if r.raw != nil {
		return r.body, true, r.problems
	}
	var prev *Library
	if before != nil {
		prev = &Library{rendered: map[string]*rendered{p.Path: {body: before}}}
	}
	now, r := faulty(prev, holding, r)
	if r == nil {
		return nil, now.post != nil, now.problems
	}
	return r.body, now.post != nil, r.problems
}

// Present is what Build makes of files first.
func (l *Library) Present(files []source.File) []source.File { return l.present(files) }

// Held reports whether the library shows what the one before did; see held.
func (l *Library) Held() bool { return !l.heldSince.IsZero() }
