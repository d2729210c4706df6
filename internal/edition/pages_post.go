package edition

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"broadsheet/internal/blog"
	"broadsheet/internal/page"
)

// postPages are the pages of posts. They are found rather than listed: a path leads
// to its post, and the document is made when somebody asks for it.
type postPages struct {
	posts  []*blog.Post // the listed ones, then the others
	listed int
	at     map[string]int32 // which post has its page at a folded path
	twins  map[string]int32 // the same for paths as written, of those that fold alike
	made   sync.Map         // the documents that were asked for, by path
}

// pagesOfPosts finds out which posts have a page: those whose permalinks lie below the
// site, and are not the paths of other documents. Of several with one path it is the
// newest.
func pagesOfPosts(e *Edition) *postPages {
	pages := &postPages{posts: slices.Concat(e.Posts, e.unlisted), listed: len(e.Posts), twins: map[string]int32{}}
	pages.at = make(map[string]int32, len(pages.posts))
	for i, p := range pages.posts {
		path := pathOf(p, e.in.site)
		if path == "" {
			continue
		}
		if d := e.listed(path); d != nil && d.Path == path {
			continue
		}
		folded := fold(path)
		first, taken := pages.at[folded]
		switch n := int32(i); { //nolint:gosec // there are not so many posts
		case !taken:
			pages.at[folded] = n
		case pathOf(pages.posts[first], e.in.site) != path:
			if _, known := pages.twins[path]; !known {
				pages.twins[path] = n
			}
		}
	}
	return pages
}

// postAt returns which post has its page at a path: as it is written, or, if any
// spelling will do, at one that folds alike.
func (e *Edition) postAt(path string, anySpelling bool) (int, bool) {
	if e.pages == nil {
		return 0, false
	}
	if i, ok := e.pages.twins[path]; ok {
		return int(i), true
	}
	i, ok := e.pages.at[fold(path)]
	return int(i), ok && (anySpelling || pathOf(e.pages.posts[i], e.in.site) == path)
}

// postPage returns the page of a post, by its number.
func (e *Edition) postPage(i int) *Document {
	all := e.pages
	path := pathOf(all.posts[i], e.in.site)
	if d, made := all.made.Load(path); made {
		return d.(*Document) //nolint:forcetypeassert // nothing else is stored
	}
	at := place{isPost: i < all.listed, unlisted: i >= all.listed}
	if at.isPost && i > 0 {
		at.newer = all.posts[i-1]
	}
	if at.isPost && i+1 < all.listed {
		at.older = all.posts[i+1]
	}
	d, _ := all.made.LoadOrStore(path, e.pageOf(path, all.posts[i:i+1], at, page.Post, e.writer().post(at.newer, at.older)))
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

// pathOf returns the path of a post's page; empty where it is none of this site.
func pathOf(p *blog.Post, site blog.Site) string {
	rest, below := strings.CutPrefix(p.URL, site.URL+"/")
	if !below || strings.ContainsAny(rest, "?#") {
		return ""
	}
	if whole := p.URL[len(site.URL):]; plain(whole) && !isBelowFile(whole) {
		return whole
	}
	decoded, err := url.PathUnescape(rest)
	if err != nil || strings.ContainsFunc(decoded, unicode.IsControl) {
		return ""
	}
	decoded = "/" + decoded
	if clean := path.Clean(decoded); decoded != clean && decoded != clean+"/" { // dots and doubled slashes lead elsewhere
		return ""
	}
	if isBelowFile(decoded) {
		return ""
	}
	return decoded
}

// isBelowFile reports whether a path is that of the first page's file, or leads through
// a file, which is no folder.
func isBelowFile(path string) bool {
	first, _, _ := strings.Cut(path[1:], "/")
	return path == "/index.html" || slices.Contains(files, first) && path != "/"+first
}

// files are the documents at the top that are no folders.
var files = []string{"rss.xml", "atom.xml", "feed.json", opmlPath[1:], feedStylePath[1:], NotFoundPath[1:], "page.css", "icon.svg"}

// post fills the page of one post.
func (w writer) post(newer, older *blog.Post) func([]*blog.Post) (page.Page, error) {
	return func(posts []*blog.Post) (page.Page, error) {
		p := posts[0]
		entry, html, err := w.entry(p)
		if err != nil {
			return page.Page{}, err
		}
		var pictures []string
		entry.Content = page.Content(html, p.URL, func(at string) (int, int) {
			pictures = append(pictures, at)
			return w.texts.sizeOf(at)
		})
		w.texts.shows(p, pictures)
		values := page.Page{Post: &entry, URL: p.URL, Title: p.Title, Description: entry.Summary}
		if newer != nil {
			values.Newer = page.Link{URL: newer.URL, Text: nameOf(newer)}
		}
		if older != nil {
			values.Older = page.Link{URL: older.URL, Text: nameOf(older)}
		}
		return values, nil
	}
}

// nameOf is what a link to a post says.
func nameOf(p *blog.Post) string {
	return cmp.Or(p.Title, p.Published.Format(time.DateOnly))
}
