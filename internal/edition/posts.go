package edition

import (
	"maps"
	"slices"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/pages"
	"broadsheet/internal/edition/internal/paths"
)

// postPages are the pages of posts. They are looked up rather than listed: a path leads
// to its post, and the document is made when somebody asks for it.
type postPages struct {
	*routes
	site   *paths.Site
	posts  []*blog.Post // the listed ones, then the others
	listed int
	made   sync.Map // the documents that were asked for, by path
}

// findPosts finds out which posts have a page: those whose permalinks lie below the site
// and are not the paths of other documents. Of several posts with one path the newest has
// it.
func findPosts(e *Edition) *postPages {
	all := &postPages{site: e.inputs.site, posts: slices.Concat(e.Posts, e.unlisted), listed: len(e.Posts)}
	all.routes = e.routes(all)
	return all
}

// add notes that a post has its page at a path, unless a newer post has.
func (r *routes) add(all *postPages, i int32, path string) {
	folded := paths.Fold(path)
	first, taken := r.at[folded]
	if !taken {
		r.at[folded] = i
		return
	}
	if all.site.Post(all.posts[first]) == path {
		return
	}
	if _, known := r.twins[path]; !known {
		r.twins[path] = i
	}
}

// find returns which post has its page at a path: as it is written, or, if any spelling
// will do, at one that folds alike.
func (all *postPages) find(path string, anySpelling bool) (int, bool) {
	if all == nil {
		return 0, false
	}
	if i, ok := all.twins[path]; ok {
		return int(i), true
	}
	i, ok := all.at[paths.Fold(path)]
	return int(i), ok && (anySpelling || all.site.Post(all.posts[i]) == path)
}

// postPage returns the page of a post, by its number.
func (e *Edition) postPage(i int) *Document {
	all := e.pages
	path := all.site.Post(all.posts[i])
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
	numbers := slices.AppendSeq(slices.Collect(maps.Values(e.pages.at)), maps.Values(e.pages.twins))
	slices.Sort(numbers)
	documents := make([]*Document, len(numbers))
	for n, i := range numbers {
		documents[n] = e.postPage(int(i))
	}
	return documents
}
