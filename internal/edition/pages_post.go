package edition

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"broadsheet/internal/blog"
	"broadsheet/internal/page"
)

// postPages takes the pages of the posts whose permalinks lie below the site.
func (p *planner) postPages() {
	if p.postPagesAgain() {
		return
	}
	taken := make(map[string]bool, len(p.order)+len(p.Posts))
	for _, d := range p.order {
		taken[d.Path] = true
	}
	p.postDocs = make([]*Document, len(p.Posts))
	for i, post := range p.Posts {
		path := pathOf(post, p.in.site)
		if path == "" || taken[path] {
			p.crowded = p.crowded || path != ""
			continue
		}
		taken[path] = true
		p.postDocs[i] = p.postPage(i, path)
	}
}

// postPagesAgain takes the pages of the edition before, but for the posts that
// came or changed and their neighbours. It returns false where the page of a post
// would have the path of another document, which only a look at all can settle.
func (p *planner) postPagesAgain() bool {
	prev := p.prev
	if prev == nil || prev.in != p.in || prev.crowded || len(p.moved) > 0 || len(prev.postDocs) != len(prev.Posts) {
		return false
	}
	from, after := 0, 0 // how many posts are the same at the beginning and at the end
	for least := min(len(p.Posts), len(prev.Posts)); from < least && p.Posts[from] == prev.Posts[from]; {
		from++
	}
	for least := min(len(p.Posts), len(prev.Posts)) - from; after < least && p.Posts[len(p.Posts)-1-after] == prev.Posts[len(prev.Posts)-1-after]; {
		after++
	}
	gone := map[string]bool{}
	for _, d := range prev.postDocs[from : len(prev.postDocs)-after] {
		if d != nil {
			gone[d.Path] = true
		}
	}
	added := map[string]bool{}
	for _, post := range p.Posts[from : len(p.Posts)-after] {
		path := pathOf(post, p.in.site)
		if path != "" && (added[path] || !gone[path] && prev.documents[path] != nil) {
			return false
		}
		added[path] = true
	}
	for _, d := range p.fresh {
		if before := prev.documents[d.Path]; added[d.Path] || before != nil && before.place.isPost {
			return false
		}
	}
	first, last := max(from-1, 0), min(len(p.Posts)-after+1, len(p.Posts))
	p.postDocs = make([]*Document, len(p.Posts))
	copy(p.postDocs[:first], prev.postDocs)
	copy(p.postDocs[last:], prev.postDocs[len(prev.postDocs)-(len(p.Posts)-last):])
	p.keepAll(p.postDocs[:first])
	for i := first; i < last; i++ {
		if path := pathOf(p.Posts[i], p.in.site); path != "" {
			p.postDocs[i] = p.postPage(i, path)
		}
	}
	p.keepAll(p.postDocs[last:])
	return true
}

// unlistedPages takes the pages of posts that no list leads to. Search engines are
// asked to leave them alone.
func (p *planner) unlistedPages() {
	if len(p.input.Unlisted) == 0 {
		return
	}
	taken := make(map[string]bool, len(p.order))
	for _, d := range p.order {
		taken[d.Path] = true
	}
	for _, post := range p.input.Unlisted {
		if path := pathOf(post, p.in.site); path != "" && !taken[path] {
			taken[path] = true
			at := place{unlisted: true}
			p.page(path, []*blog.Post{post}, at, page.Post, p.writer().post(at.newer, at.older))
		}
	}
}

// keepAll keeps those of the documents that there are.
func (p *planner) keepAll(documents []*Document) {
	for _, d := range documents {
		if d != nil {
			p.order = append(p.order, d)
		}
	}
}

// postPage takes the page of a post.
func (p *planner) postPage(i int, path string) *Document {
	at := place{isPost: true}
	if i > 0 {
		at.newer = p.Posts[i-1]
	}
	if i+1 < len(p.Posts) {
		at.older = p.Posts[i+1]
	}
	p.page(path, p.Posts[i:i+1], at, page.Post, p.writer().post(at.newer, at.older))
	return p.order[len(p.order)-1]
}

// pathOf returns the path of a post's page; empty where it is none of this site.
func pathOf(p *blog.Post, site blog.Site) string {
	rest, below := strings.CutPrefix(p.URL, site.URL+"/")
	if !below || strings.ContainsAny(rest, "?#") {
		return ""
	}
	decoded, err := url.PathUnescape(rest)
	if err != nil || strings.ContainsFunc(decoded, unicode.IsControl) {
		return ""
	}
	decoded = "/" + decoded
	if clean := path.Clean(decoded); decoded != clean && decoded != clean+"/" { // dots and doubled slashes lead elsewhere
		return ""
	}
	first, _, _ := strings.Cut(decoded[1:], "/")
	if decoded == "/index.html" || slices.Contains(files, first) && decoded != "/"+first { // a file is no folder
		return ""
	}
	return decoded
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
		entry.Content = page.Content(html, p.URL, func(at string) (int, int) { return w.texts.sizeOf(p, at) })
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
