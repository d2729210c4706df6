package edition

import (
	"bytes"
	"cmp"
	"errors"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

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
	feedStylePath = "/feed.css" // shows feeds to people
)

// wholeArchive is up to how many posts the archive lists them all on one page.
const wholeArchive = 300

// builtIn is the theme of editions that are given none.
var builtIn = sync.OnceValue(func() *page.Theme {
	theme, _ := page.Load(nil, "") // what is part of the program has no faults
	return theme
})

// singular is what one slice of a kind is called on pages.
var singular = map[string]string{
	"categories": "category", "tags": "tag", "authors": "author", "languages": "language", "sections": "section",
}

// pages takes the pages that are those of no slice.
func (p *planner) pages() {
	p.listPages("/", page.Index, named{}, p.main.posts)
	p.page(subscribePath, p.newest(), place{names: p.names}, page.Subscribe, p.writer().subscribe(p.names))
	p.page(NotFoundPath, nil, place{}, page.NotFound, func([]*blog.Post) (page.Page, error) { return page.Page{}, nil })
	p.assets()
	if p.in.settings.Pages {
		p.archive()
		p.postPages()
		p.unlistedPages()
	}
}

// writer makes pages. It knows nothing of the edition, which its documents may
// outlive.
type writer struct {
	in    *inputs
	texts *texts
}

func (p *planner) writer() writer {
	return writer{p.in, p.texts}
}

// page takes a page about these posts, or that of the edition before.
func (p *planner) page(path string, posts []*blog.Post, at place, kind page.Kind, fill func(posts []*blog.Post) (page.Page, error)) {
	if before := p.prev.document(path); before != nil && before.saysOf(posts, p.in, at, p.moved) {
		p.keep([]*Document{before})
		return
	}
	root := feedRoot(path)
	if kind == page.Post {
		root = "/"
	}
	d := &Document{
		Path: path, ContentType: "text/html; charset=utf-8", Link: p.in.linksAt(root),
		root: root, eager: path == "/", leisurely: true, in: p.in, place: at, check: checkPage,
		posts: slices.Clone(posts), // they are kept for longer than the list that they come from
	}
	d.render = func() ([]byte, error) { return d.page(kind, fill) }
	p.take(d)
}

// page renders d with what fill makes of its posts.
func (d *Document) page(kind page.Kind, fill func(posts []*blog.Post) (page.Page, error)) ([]byte, error) {
	values, err := fill(d.posts)
	if err != nil {
		return nil, err
	}
	values.Site, values.Preview = d.in.pages, d.in.settings.Preview
	switch {
	case d.place.unlisted:
		values.URL = ""
	case values.URL == "" && kind != page.NotFound:
		values.URL = address(d.in.site, d.Path)
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
	return links(root, in.site, feed.Format{})
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
		entries, err := w.entries(posts)
		values := page.Page{Posts: entries, Number: at.number, Of: at.of, Title: about.name}
		if about.kind != "" {
			values.Term = page.Listed{Kind: singular[about.kind], Name: about.name, URL: address(w.in.site, root)}
			values.Feeds = feedsAt(root, about.name, w.in.site)
		}
		if at.number > 1 {
			values.Newer.URL = address(w.in.site, numbered(root, at.number-1))
		}
		if at.number < at.of {
			values.Older.URL = address(w.in.site, numbered(root, at.number+1))
		}
		if at.names != nil && at.number == 1 && w.in.settings.Pages {
			values.Lists = w.lists(at.names)
		}
		return values, err
	}
}

// lists are the ways on from the first page. A list of one is none.
func (w writer) lists(all *names) []page.List {
	var lists []page.List
	for _, kind := range kinds {
		list := page.List{Kind: kind.folder}
		for _, s := range all.list {
			if s.kind == kind.folder {
				list.Items = append(list.Items, w.listed(s.key, s.name, s.count))
			}
		}
		if len(list.Items) > 1 {
			lists = append(lists, list)
		}
	}
	return lists
}

func (w writer) listed(k key, name string, count int) page.Listed {
	l := page.Listed{Kind: singular[k.kind], Name: name, Count: count}
	if w.in.settings.Pages && k.slug != "" {
		l.URL = address(w.in.site, k.root())
	}
	return l
}

func (w writer) entries(posts []*blog.Post) ([]page.Entry, error) {
	entries := make([]page.Entry, len(posts))
	for i, p := range posts {
		e, _, err := w.entry(p)
		if err != nil {
			return nil, err
		}
		entries[i] = e
	}
	return entries, nil
}

// entry is a post as lists show it, and the HTML of its content.
func (w writer) entry(p *blog.Post) (page.Entry, string, error) {
	content, err := w.texts.of(p)
	if err != nil {
		return page.Entry{}, "", err
	}
	e := page.Entry{
		Title: p.Title, URL: p.URL, ExternalURL: p.ExternalURL, Published: p.Published, Updated: p.Updated, Language: p.Language,
		Summary: cmp.Or(p.Summary, content.Summary), Image: page.Image{URL: p.Image.URL, Alt: p.Image.Alt}, Enclosures: p.Enclosures,
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
		entry.Content = page.Content(html, p.URL, w.texts.sizeOf)
		values := page.Page{Post: &entry, URL: p.URL, Title: p.Title, Description: entry.Summary}
		if newer != nil {
			values.Newer = page.Link{URL: newer.URL, Text: nameOf(newer)}
		}
		if older != nil {
			values.Older = page.Link{URL: older.URL, Text: nameOf(older)}
		}
		return values, err
	}
}

// nameOf is what a link to a post says.
func nameOf(p *blog.Post) string {
	return cmp.Or(p.Title, p.Published.Format(time.DateOnly))
}

// archive takes a page for each year, and one that leads to them.
func (p *planner) archive() {
	w, zone := p.writer(), cmp.Or(p.in.site.Zone, time.UTC)
	var years []yearOf
	for i, post := range p.main.posts {
		year := post.Published.In(zone).Year()
		if n := len(years); n == 0 || years[n-1].year != year {
			years = append(years, yearOf{year: year, from: i})
		}
		years[len(years)-1].to = i + 1
	}
	for _, y := range years {
		p.page(yearPath(y.year), p.main.posts[y.from:y.to], place{number: y.year}, page.Archive, w.year(y))
	}
	posts := p.main.posts
	if len(posts) > wholeArchive {
		posts = nil
	}
	of := &counts{years}
	if before := p.prev.document(archivePath); before != nil && before.place.counts != nil && slices.Equal(before.place.counts.years, years) {
		of = before.place.counts
	}
	p.page(archivePath, posts, place{counts: of}, page.Archive, w.years(years))
}

// yearOf is a year, and which of the posts are of it.
type yearOf struct{ year, from, to int }

// counts is how many posts each year has.
type counts struct{ years []yearOf }

func yearPath(year int) string { return "/years/" + strconv.Itoa(year) + "/" }

func (w writer) year(y yearOf) func([]*blog.Post) (page.Page, error) {
	return func(posts []*blog.Post) (page.Page, error) {
		entries, err := w.entries(posts)
		return page.Page{Title: strconv.Itoa(y.year), Years: []page.Year{{Year: y.year, Count: len(posts), Posts: entries}}}, err
	}
}

func (w writer) years(years []yearOf) func([]*blog.Post) (page.Page, error) {
	return func(posts []*blog.Post) (page.Page, error) {
		entries, err := w.entries(posts)
		var values page.Page
		for _, y := range years {
			one := page.Year{Year: y.year, URL: address(w.in.site, yearPath(y.year)), Count: y.to - y.from}
			if len(entries) > 0 {
				one.Posts = entries[y.from:y.to]
			}
			values.Years = append(values.Years, one)
		}
		return values, err
	}
}

// subscribe fills the page of all feeds.
func (w writer) subscribe(all *names) func([]*blog.Post) (page.Page, error) {
	return func(posts []*blog.Post) (page.Page, error) {
		offer := page.Feeds{OPML: address(w.in.site, opmlPath), Count: all.posts}
		if len(posts) > 0 {
			offer.Newest = posts[0].Published
		}
		for _, kind := range kinds {
			group := page.FeedGroup{Kind: kind.folder}
			for _, s := range all.list {
				if s.kind == kind.folder {
					group.Rows = append(group.Rows, page.FeedRow{
						Listed: w.listed(s.key, s.name, s.count), Newest: time.Unix(s.newest, 0).In(cmp.Or(w.in.site.Zone, time.UTC)),
						Feeds: feedsAt(s.root(), s.name, w.in.site),
					})
				}
			}
			if group.Rows != nil {
				offer.Groups = append(offer.Groups, group)
			}
		}
		return page.Page{Subscribe: offer}, nil
	}
}

// feedsAt lists the feeds of a slice.
func feedsAt(root, title string, site blog.Site) []page.Feed {
	var list []page.Feed
	for _, f := range feed.Formats {
		list = append(list, page.Feed{Title: title, Format: f.Label, Type: f.MediaType, URL: address(site, root+f.File)})
	}
	return list
}

// assets takes the files that pages and feeds refer to.
func (p *planner) assets() {
	in := p.in
	p.asset(feedStylePath, func() ([]byte, error) {
		style, err := in.theme.FeedStyle(in.pages)
		var problem blog.Problem
		if style != nil && errors.As(err, &problem) {
			return style, nil
		}
		return style, err
	})
	for _, a := range in.theme.Assets() {
		if path := "/" + a.Name; !reserved(path) {
			p.asset(path, func() ([]byte, error) { return a.Data, nil })
		}
	}
}

// reserved reports whether a path is that of a feed, or one under which feeds and
// pages are asked for: no file of a theme takes its place.
func reserved(path string) bool {
	first, _, _ := strings.Cut(path[1:], "/")
	if singular[first] != "" || first == "archive" || first == "years" || first == "page" || path == opmlPath {
		return true
	}
	for canonical, others := range aliases {
		if path == canonical || slices.Contains(others, path) {
			return true
		}
	}
	for _, theirs := range generatorFeeds {
		if slices.Contains(theirs.main, path) {
			return true
		}
	}
	return false
}

func (p *planner) asset(path string, render func() ([]byte, error)) {
	if before := p.prev.document(path); before != nil && before.saysOf(nil, p.in, place{}, nil) {
		p.keep([]*Document{before})
		return
	}
	p.take(&Document{
		Path: path, ContentType: typeOf(path), in: p.in, leisurely: true, root: "/",
		render: render, check: func([]byte) error { return nil },
	})
}

// pageSite is what all pages say of the site.
func pageSite(in *inputs) page.Site {
	s := page.Site{Site: in.site, Feeds: feedsAt("/", "", in.site), Subscribe: address(in.site, subscribePath)}
	if in.settings.Pages {
		s.Archive = address(in.site, archivePath)
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
	return slices.Clone(e.main.posts[:min(len(e.main.posts), e.in.settings.Items)])
}

// contentTypes are those of the files of a theme.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon",
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif",
	".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8", ".json": "application/json", ".webmanifest": "application/manifest+json",
}

func typeOf(name string) string {
	return cmp.Or(contentTypes[strings.ToLower(path.Ext(name))], "application/octet-stream")
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
