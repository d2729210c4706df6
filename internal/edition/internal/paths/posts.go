package paths

import (
	"slices"

	"broadsheet/internal/blog"
)

// Posts says which post has its page at a path. It knows posts by their number and keeps
// nothing of them but their permalinks.
type Posts struct {
	site   *Site
	urls   []string         // of the posts
	folded map[string]int32 // by folded path
	twins  map[string]int32 // by path as written, of those whose folded path another post has

	others  []string // paths of documents that are those of no term and no post
	ofTerms bool     // a post's path may be that of a term's document, so that these matter too
}

// NewPosts returns the lookup of these posts, which finds none of them yet. There are
// documents at other paths already.
func NewPosts(site *Site, posts []*blog.Post, others []string) *Posts {
	x := &Posts{
		site: site, urls: make([]string, len(posts)), others: others,
		folded: make(map[string]int32, len(posts)), twins: map[string]int32{},
	}
	for i, p := range posts {
		x.urls[i] = p.URL
		x.ofTerms = x.ofTerms || len(site.TermsAt(site.Post(p))) > 0
	}
	return x
}

// Candidates yields the numbers and paths of the posts that can have a page: those whose
// permalinks lie below the site.
func (x *Posts) Candidates(yield func(i int, path string) bool) {
	for i, url := range x.urls {
		path := x.site.at(url)
		if path != "" && !yield(i, path) {
			return
		}
	}
}

// StandsFor reports whether the lookup is also that of these posts beside documents at
// other paths. Nil stands for none.
func (x *Posts) StandsFor(posts []*blog.Post, others []string) bool {
	return x != nil && !x.ofTerms && slices.Equal(x.others, others) &&
		slices.EqualFunc(x.urls, posts, func(url string, p *blog.Post) bool { return url == p.URL })
}

// Add lets a post be found at its path. Of several with one path the first is found.
func (x *Posts) Add(i int, path string) {
	n, folded := int32(i), Fold(path) //nolint:gosec // there are not so many posts
	first, taken := x.folded[folded]
	switch {
	case !taken:
		x.folded[folded] = n
	case x.site.at(x.urls[first]) != path:
		if _, known := x.twins[path]; !known {
			x.twins[path] = n
		}
	}
}

// Find returns which post has its page at a path: as it is written, or, if any spelling
// will do, at one that folds alike.
func (x *Posts) Find(path string, anySpelling bool) (int, bool) {
	if i, ok := x.twins[path]; ok {
		return int(i), true
	}
	i, ok := x.folded[Fold(path)]
	return int(i), ok && (anySpelling || x.site.at(x.urls[i]) == path)
}

// Len returns how many posts are found.
func (x *Posts) Len() int { return len(x.folded) + len(x.twins) }

// All returns which posts are found, in their order.
func (x *Posts) All() []int {
	all := make([]int, 0, x.Len())
	for _, of := range []map[string]int32{x.folded, x.twins} {
		for _, i := range of {
			all = append(all, int(i))
		}
	}
	slices.Sort(all)
	return all
}
