package edition

import (
	"slices"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/pages"
	"broadsheet/internal/edition/internal/paths"
)

// postPages are the pages of posts. They are looked up rather than listed: a path leads
// to its post, and the document is made when somebody asks for it.
type postPages struct {
	posts  []*blog.Post // the listed ones, then the others
	listed int
	at     *paths.Posts
	made   sync.Map // the documents that were asked for, by path
}

// findPosts finds out which posts have a page: those whose permalinks lie below the site
// and are not the paths of other documents. Of several posts with one path the newest has
// it.
func findPosts(e *Edition) *postPages {
	all := &postPages{posts: slices.Concat(e.Posts, e.unlisted), listed: len(e.Posts)}
	others := make([]string, len(e.top.Order))
	for i, d := range e.top.Order {
		others[i] = d.Path
	}
	l := e.cache.layout()
	if l != nil && l.key == e.inputs.Key && l.routes.StandsFor(all.posts, others) {
		all.at = l.routes
		return all
	}
	all.at = paths.NewPosts(e.inputs.Site, all.posts, others)
	for i, path := range all.at.Candidates {
		d := e.listed(path)
		if d == nil || d.Path != path {
			all.at.Add(i, path)
		}
	}
	return all
}

// pageAt returns the page of the post at a path as it is written, or, if any spelling will
// do, at one that folds alike; nil: there is none.
func (e *Edition) pageAt(path string, anySpelling bool) *Document {
	if e.pages == nil {
		return nil
	}
	i, ok := e.pages.at.Find(path, anySpelling)
	if !ok {
		return nil
	}
	return e.postPage(i)
}

// postPage returns the page of a post, by its number.
func (e *Edition) postPage(i int) *Document {
	all := e.pages
	path := e.inputs.Site.Post(all.posts[i])
	if d, made := all.made.Load(path); made {
		return d.(*Document) //nolint:forcetypeassert // nothing else is stored
	}
	shown := pages.Post{Path: path, Posts: all.posts[i : i+1], Unlisted: i >= all.listed}
	if i > 0 && !shown.Unlisted {
		shown.Newer = all.posts[i-1]
	}
	if i+1 < all.listed {
		shown.Older = all.posts[i+1]
	}
	d, _ := all.made.LoadOrStore(path, e.pageDocument(e.writer.Post(shown)))
	return d.(*Document) //nolint:forcetypeassert // nothing else is stored
}

// postPages returns the pages of all posts that have one, in the order of the posts.
func (e *Edition) postPages() []*Document {
	if e.pages == nil {
		return nil
	}
	var documents []*Document
	for _, i := range e.pages.at.All() {
		documents = append(documents, e.postPage(i))
	}
	return documents
}
