package edition

import (
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/edition/internal/lint"
)

// Lint renders every post and every document. It returns what readers would stumble
// over, Problems and Clashes included: links that lead nowhere, files that are not
// there, posts that say next to nothing. It may repeat problems.
func (e *Edition) Lint() []blog.Problem {
	for _, d := range e.Documents() {
		_, _ = d.Content() // an error stays with the document; Problems tells it
	}
	s := e.inputs.Site.Settings
	c := lint.New(lint.Options{
		Dialect: dialect.Kind(s.Dialect), Pages: s.Pages, Known: e.addresses(),
		Whole: e.bodies.Whole,
	})
	for _, p := range e.Posts {
		if x, err := e.bodies.Get(p); err == nil { // Problems tells the error
			c.Add(p, x.Content)
		}
	}
	problems := slices.Concat(c.Problems(), e.Problems(), e.Clashes())
	blog.SortProblems(problems)
	return problems
}

// addresses returns the absolute addresses of posts and documents.
func (e *Edition) addresses() []string {
	all := make([]string, 0, len(e.Posts)+e.Len())
	for _, p := range e.Posts {
		all = append(all, p.URL)
	}
	for _, d := range e.Documents() {
		all = append(all, d.URL())
	}
	return all
}
