package edition

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/term"
)

// layout is which terms there are, with their posts, and which post has its page where.
// Finding that out anew is most of what an edition of very many posts costs, and an edit
// seldom changes it. It depends on nothing but what it is kept with. So it makes no
// difference whose layout it is.
type layout struct {
	key    blog.Key     // of the inputs
	posts  []*blog.Post // the listed ones, in their order
	terms  []*term.Term
	routes *paths.Posts // where posts have their pages; nil: nowhere
}

// layout returns the layout of the edition that was made last; nil: of none.
func (c *Cache) layout() *layout {
	c.kept.Lock()
	defer c.kept.Unlock()
	return c.last
}

// keepLayout has the cache keep the layout of e for the edition after it.
func (e *Edition) keepLayout() {
	l := &layout{key: e.inputs.Key, posts: e.Posts, terms: e.sorted}
	if e.pages != nil {
		l.routes = e.pages.at
	}
	e.cache.kept.Lock()
	defer e.cache.kept.Unlock()
	e.cache.last = l
}

// sortTerms returns the terms of the posts.
func (e *Edition) sortTerms() []*term.Term {
	if l := e.cache.layout(); l != nil && l.key == e.inputs.Key {
		if terms, ok := term.Follow(l.terms, l.posts, e.Posts); ok {
			return terms
		}
	}
	return term.Sort(e.Posts, e.inputs.Site.Site, e.inputs.Titles)
}
