package edition

import (
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/term"
)

// layout is which terms there are, with their posts, and which post has its page where.
// To find that out anew is most of what an edition of very many posts costs, and an edit
// seldom changes it. It depends on what it is kept with and on nothing else, so that it
// makes no difference whose layout it is.
type layout struct {
	key    blog.Key     // of the inputs
	posts  []*blog.Post // the listed ones, in their order
	terms  []*term.Term
	routes *routes // of the pages of posts; nil: they have none
}

// layout returns the layout of the edition that was made last; nil: of none.
func (c *Cache) layout() *layout {
	c.kept.Lock()
	defer c.kept.Unlock()
	return c.last
}

// keepLayout has the cache keep the layout of e for the edition after it.
func (e *Edition) keepLayout() {
	l := &layout{key: e.inputs.key, posts: e.Posts, terms: make([]*term.Term, len(e.terms))}
	for i, t := range e.terms {
		l.terms[i] = t.Term
	}
	if e.pages != nil {
		l.routes = e.pages.routes
	}
	e.cache.kept.Lock()
	defer e.cache.kept.Unlock()
	e.cache.last = l
}

// sortTerms returns the terms of the posts.
func (e *Edition) sortTerms() []*term.Term {
	if l := e.cache.layout(); l != nil && l.key == e.inputs.key {
		if terms, ok := term.Follow(l.terms, l.posts, e.Posts); ok {
			return terms
		}
	}
	return term.Sort(e.Posts, e.inputs.site.Site, e.inputs.titles)
}

// routes are which posts have a page at which path.
type routes struct {
	at    map[string]int32 // which post has its page at a folded path
	twins map[string]int32 // the same for paths as written, of those that fold alike

	urls   []string // of the posts
	top    []string // paths of the documents that are those of no term and no post
	amidst bool     // a post's path may be that of a term's document, so that these matter too
}

// routes returns those of the posts that have pages, which all are: the ones that are
// known, if they are those of the same addresses.
func (e *Edition) routes(all *postPages) *routes {
	top := make([]string, len(e.top.order))
	for i, d := range e.top.order {
		top[i] = d.Path
	}
	if l := e.cache.layout(); l != nil && l.key == e.inputs.key && l.routes != nil {
		known := l.routes
		if !known.amidst && slices.Equal(known.top, top) && slices.EqualFunc(known.urls, all.posts, func(url string, p *blog.Post) bool { return url == p.URL }) {
			return known
		}
	}
	r := &routes{at: make(map[string]int32, len(all.posts)), twins: map[string]int32{}, urls: make([]string, len(all.posts)), top: top}
	for i, p := range all.posts {
		r.urls[i] = p.URL
	}
	return r.find(e, all)
}

// find looks for the path of each post.
func (r *routes) find(e *Edition, all *postPages) *routes {
	for i, p := range all.posts {
		path := all.site.Post(p)
		if path == "" {
			continue
		}
		r.amidst = r.amidst || len(e.inputs.site.TermsAt(path)) > 0
		d := e.listed(path)
		if d == nil || d.Path != path {
			r.add(all, int32(i), path) //nolint:gosec // there are not so many posts
		}
	}
	return r
}
