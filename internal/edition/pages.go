package edition

import (
	"bytes"
	"cmp"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
	"broadsheet/internal/page"

	"golang.org/x/net/html"
)

// Paths of pages that are those of no slice and no post.
const (
	subscribePath = "/subscribe/"
	archivePath   = "/archive/"
	NotFoundPath  = "/404.html" // said to whoever asks for a page that is not there
	robotsPath    = "/robots.txt"
	feedStylePath = "/feed.css" // shows feeds to people
)

// builtIn is the theme of editions that are given none.
var builtIn = sync.OnceValue(func() *page.Theme {
	theme, _ := page.Load(nil, "") // what is part of the program has no faults
	return theme
})

// singular is what one slice of a kind is called on pages.
var singular = map[string]string{
	"categories": "category", "tags": "tag", "authors": "author", "languages": "language", "sections": "section",
}

// pagesOfLists takes the pages that are those of no slice and no post.
func (p *planner) pagesOfLists() {
	p.listPages("/", page.Index, named{}, p.main.posts)
	p.page(subscribePath, p.newest(), place{names: p.names}, page.Subscribe, p.writer().subscribe(p.names))
	p.page(NotFoundPath, nil, place{}, page.NotFound, func([]*blog.Post) (page.Page, error) { return page.Page{}, nil })
	p.assets()
	if p.in.settings.Pages {
		p.pagesOfTerms()
		p.archive()
	}
}

// writer makes pages.
type writer struct {
	in    *inputs
	texts *texts
}

func (e *Edition) writer() writer {
	return writer{e.in, e.texts}
}

// page takes a page about these posts.
func (p *planner) page(path string, posts []*blog.Post, at place, kind page.Kind, fill func(posts []*blog.Post) (page.Page, error)) {
	p.take(p.pageOf(path, posts, at, kind, fill))
}

// pageOf returns a page about these posts, which fill makes of them.
func (e *Edition) pageOf(path string, posts []*blog.Post, at place, kind page.Kind, fill func(posts []*blog.Post) (page.Page, error)) *Document {
	root := feedRoot(path)
	if kind == page.Post || kind == page.Listing {
		root = "/"
	}
	d := &Document{
		Path: path, ContentType: "text/html; charset=utf-8", isPage: true,
		root: root, eager: path == "/", leisurely: true, in: e.in, texts: e.texts, edition: e, place: at, check: checkPage, posts: posts,
	}
	d.render = func() ([]byte, error) { return d.renderPage(kind, fill) }
	return d
}

// renderPage renders d with what fill makes of its posts.
func (d *Document) renderPage(kind page.Kind, fill func(posts []*blog.Post) (page.Page, error)) ([]byte, error) {
	values, err := fill(d.posts)
	if err != nil {
		return nil, err
	}
	values.Site, values.Preview = d.in.pages, d.in.settings.Preview
	switch {
	case d.place.unlisted:
		values.URL = ""
	case values.URL == "" && kind != page.NotFound:
		values.URL = absolute(d.in.site, d.Path)
	}
	document, err := d.in.theme.Render(kind, values)
	var problem blog.Problem
	if document != nil && errors.As(err, &problem) { // the built-in template served instead
		return document, nil
	}
	return document, err
}

// linksAt is the Link of a page. Nearly all have the same one.
func (in *inputs) linksAt(root string) string {
	if root == "/" {
		return in.links
	}
	return links(part{of: keyAt(root)}, in, feed.Format{})
}

// keyAt is the slice whose folder root is.
func keyAt(root string) key {
	kind, slug, _ := strings.Cut(strings.Trim(root, "/"), "/")
	return key{kind, slug}
}

// feedRoot is the folder of the feeds of what a page shows: its own where it is
// that of a slice, else that of the main feeds.
func feedRoot(path string) string {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	if len(segments) >= 2 && singular[segments[0]] != "" {
		return "/" + segments[0] + "/" + segments[1] + "/"
	}
	return "/"
}

// listPages takes the pages that list posts, so many on each. Where posts have
// no pages there is the first alone.
func (p *planner) listPages(root string, kind page.Kind, about named, posts []*blog.Post) {
	size := p.in.settings.Items
	of := max(1, (len(posts)+size-1)/size)
	last := of
	if !p.in.settings.Pages {
		last = 1
	}
	w := p.writer()
	for n := 1; n <= last; n++ {
		at := place{name: about.name, number: n, of: last}
		if kind == page.Index && n == 1 {
			at.names = p.names
		}
		part := posts[min(len(posts), (n-1)*size):min(len(posts), n*size)]
		p.page(numbered(root, n), part, at, kind, w.list(root, about, at))
	}
}

// numbered is the path of page n of a list.
func numbered(root string, n int) string {
	if n == 1 {
		return root
	}
	return root + "page/" + strconv.Itoa(n) + "/"
}

// list fills page n of a list.
func (w writer) list(root string, about named, at place) func([]*blog.Post) (page.Page, error) {
	return func(posts []*blog.Post) (page.Page, error) {
		entries := w.entries(posts)
		values := page.Page{Posts: entries, Number: at.number, Of: at.of, Title: about.name}
		if about.kind != "" {
			values.Term = page.Listed{Kind: singular[about.kind], Name: about.name, URL: absolute(w.in.site, root)}
			values.Feeds = feedsAt(about.key, about.name, w.in)
		}
		w.turn(&values, root)
		if at.names != nil && at.number == 1 && w.in.settings.Pages {
			values.Lists = w.lists(at.names)
		}
		return values, nil
	}
}

func (w writer) listed(k key, name string, count int) page.Listed {
	l := page.Listed{Kind: singular[k.kind], Name: name, Count: count}
	if w.in.settings.Pages && k.slug != "" {
		l.URL = absolute(w.in.site, k.root())
	}
	return l
}

// entries are posts as lists show them, without those whose texts cannot be
// rendered.
func (w writer) entries(posts []*blog.Post) []page.Entry {
	entries := make([]page.Entry, 0, len(posts))
	for _, p := range posts {
		if e, _, err := w.entry(p); err == nil {
			entries = append(entries, e)
		}
	}
	return entries
}

// entry is a post as lists show it, and the HTML of its content.
func (w writer) entry(p *blog.Post) (page.Entry, string, error) {
	content, err := w.texts.of(p)
	if err != nil {
		return page.Entry{}, "", err
	}
	e := page.Entry{
		Title: p.Title, URL: p.URL, ExternalURL: p.ExternalURL, Published: p.Published, Updated: p.Updated, Language: p.Language,
		Summary: summary(p, content), Image: page.Image{URL: p.Image.URL, Alt: p.Image.Alt}, Enclosures: p.Enclosures,
	}
	if w.in.settings.Preview {
		e.Mark = string(p.Mark)
	}
	e.Image.Width, e.Image.Height = w.texts.sizeOf(p.Image.URL)
	for _, a := range p.Authors {
		l := w.listed(key{"authors", slugOf(a.Name)}, a.Name, 0)
		l.Home = a.URL
		e.Authors = append(e.Authors, l)
	}
	for _, t := range p.Terms {
		switch t.Kind {
		case blog.Category:
			e.Terms = append(e.Terms, w.listed(key{"categories", slugOf(t.Name)}, t.Name, 0))
		case blog.Tag:
			e.Terms = append(e.Terms, w.listed(key{"tags", slugOf(t.Name)}, t.Name, 0))
		}
	}
	return e, content.HTML, nil
}

// subscribe fills the page of all feeds.
func (w writer) subscribe(all *names) func([]*blog.Post) (page.Page, error) {
	return func(posts []*blog.Post) (page.Page, error) {
		offer := page.Feeds{OPML: absolute(w.in.site, opmlPath), Count: all.posts}
		if len(posts) > 0 {
			offer.Newest = posts[0].Published
		}
		for _, kind := range kinds {
			group := page.FeedGroup{Kind: kind.folder}
			for _, s := range all.biggest(kind.folder, maxListed) {
				group.Rows = append(group.Rows, page.FeedRow{
					Listed: w.listed(s.key, s.name, s.count), Newest: time.Unix(s.newest, 0).In(cmp.Or(w.in.site.Zone, time.UTC)),
					Feeds: feedsAt(s.key, s.name, w.in),
				})
			}
			group.Total = len(all.of(kind.folder))
			if group.Total > len(group.Rows) && w.in.settings.Pages {
				group.URL = absolute(w.in.site, termsPath(kind.folder))
			}
			if group.Rows != nil {
				offer.Groups = append(offer.Groups, group)
			}
		}
		return page.Page{Subscribe: offer}, nil
	}
}

// feedsAt lists the feeds of a slice.
func feedsAt(k key, title string, in *inputs) []page.Feed {
	var list []page.Feed
	for _, f := range feed.Formats {
		list = append(list, page.Feed{Title: title, Format: f.Label, Type: f.MediaType, URL: absolute(in.site, in.settings.feedPath(k, f))})
	}
	return list
}

// pageSite is what all pages say of the site.
func pageSite(in *inputs) page.Site {
	s := page.Site{Site: in.site, Feeds: feedsAt(key{}, "", in), Subscribe: absolute(in.site, subscribePath)}
	if in.settings.Pages {
		s.Archive = absolute(in.site, archivePath)
	}
	for _, a := range in.site.Authors {
		if a.URL != "" {
			s.Me = append(s.Me, page.Link{URL: a.URL, Text: a.Name})
		}
	}
	return s
}

// newest are the posts that lists begin with.
func (e *Edition) newest() []*blog.Post {
	return e.main.posts[:min(len(e.main.posts), e.in.settings.Items)]
}

// checkPage holds a page to what the templates promise: one title with text.
func checkPage(document []byte) error {
	root, err := html.Parse(bytes.NewReader(document))
	if err != nil {
		return err
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "title" && n.FirstChild != nil {
			return nil
		}
	}
	return errors.New("the page has no title")
}

// pathBelow is the address of a path below the site, without scheme and host.
func pathBelow(site blog.Site, path string) string {
	u, err := url.Parse(site.URL)
	if err != nil {
		return path
	}
	return strings.TrimSuffix(u.EscapedPath(), "/") + path
}
