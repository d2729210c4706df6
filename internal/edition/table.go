package edition

import (
	"maps"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/feeds"
	"broadsheet/internal/edition/internal/lookup"
	"broadsheet/internal/edition/internal/pages"
	"broadsheet/internal/edition/internal/static"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
)

// table holds documents, and the paths under which they are found.
type table = lookup.Table[*Document]

// termDocuments are a term and its documents, which are made when somebody asks for one.
type termDocuments struct {
	*term.Term
	lookup.Lazy[*Document]
}

// maxPlanned is how many documents of terms an edition knows at once, of some 700 bytes each.
const maxPlanned = 4096

// plan makes the table of the documents that are those of no term and no post, the main
// feeds first, and the tables by which the others are found.
func (e *Edition) plan() {
	order := append(e.feeds(e.main), e.outputDocuments()...)
	e.head = len(order)
	order = append(order, e.pageDocuments(e.writer.SitePages(e.main.Posts, e.newest()))...)
	e.top = lookup.New(order, (*Document).paths)
	for _, a := range e.inputs.Site.Aliases() {
		e.top.AddAlias(a.Path, a.Canonical)
	}
	e.byKey = make(map[term.Key]*termDocuments, len(e.terms))
	for _, t := range e.terms {
		e.byKey[t.Key] = t
	}
	for _, t := range e.terms { // some scripts are folded to capitals, which paths are not
		lower := term.Key{Kind: t.Kind, Slug: strings.ToLower(t.Slug)}
		if e.byKey[lower] == nil {
			e.byKey[lower] = t
		}
	}
	if e.inputs.Site.Settings.Pages {
		e.pages = findPosts(e)
	}
	e.keepLayout()
}

// feeds returns the feeds of a term, the archives included.
func (e *Edition) feeds(t *term.Term) []*Document {
	var all []*Document
	for _, s := range e.entries.Split(t) {
		for _, f := range feed.Formats {
			all = append(all, e.feed(feeds.Feed{Site: e.inputs.Site, Segment: s, Format: f}))
		}
	}
	return all
}

// feed returns the document of a feed.
func (e *Edition) feed(f feeds.Feed) *Document {
	d := &Document{
		Path: f.Path(), ContentType: f.Format.ContentType, edition: e,
		feed: &f, feedRoot: f.Segment.Root,
		posts: f.Segment.Posts, extra: f.Key(), check: f.Format.Check, when: lately,
	}
	var k blog.Keyer
	d.versions = k.Key(e.inputs.Key).Text(f.Segment.Name).Sum()
	if f.Segment.Term.Kind == "" && !f.Segment.Archive {
		d.when = always
	}
	return d
}

// pageDocuments returns the documents of pages and files of the theme.
func (e *Edition) pageDocuments(all []pages.Document) []*Document {
	documents := make([]*Document, len(all))
	for i, p := range all {
		documents[i] = e.pageDocument(p)
	}
	return documents
}

func (e *Edition) pageDocument(p pages.Document) *Document {
	d := &Document{
		Path: p.Path, ContentType: p.ContentType, edition: e,
		feedRoot: p.FeedRoot, posts: p.Posts, extra: p.Key, render: p.Render, when: onDemand,
	}
	if static.IsPage(p.ContentType) {
		d.check = pages.Check
	}
	if p.Path == "/" {
		d.when = always
	}
	return d
}

// documentsOf returns the documents of a term: its feeds, and the pages that list it.
func (e *Edition) documentsOf(t *termDocuments) *table {
	return e.planned.Table(&t.Lazy, func() *table { return e.newDocumentsOf(t.Term) })
}

func (e *Edition) newDocumentsOf(t *term.Term) *table {
	order := e.feeds(t)
	if e.inputs.Site.Settings.Pages {
		order = append(order, e.pageDocuments(e.writer.Term(t))...)
	}
	return lookup.New(order, (*Document).paths)
}

// Has reports whether a document has this very path. Unlike Find it makes none that
// stays.
func (e *Edition) Has(path string) bool {
	if e.top.At(path) != nil {
		return true
	}
	if e.pages != nil {
		if _, ok := e.pages.at.Find(path, false); ok {
			return true
		}
	}
	return slices.ContainsFunc(e.inputs.Site.TermsAt(path), func(k term.Key) bool {
		t := e.byKey[k]
		return t != nil && e.newDocumentsOf(t.Term).At(path) != nil
	})
}

// countOf returns how many documents a term has. It makes none.
func (e *Edition) countOf(t *term.Term) int {
	s := e.inputs.Site.Settings
	n := len(feed.Formats) * e.entries.Segments(t)
	if s.Pages {
		n += pages.CountOfList(len(t.Posts), s.Items)
	}
	return n
}

// listed returns the document of a path that is written as the tables have it, unless it
// is the page of a post.
func (e *Edition) listed(at string) *Document {
	if d := e.top.At(at); d != nil {
		return d
	}
	for _, k := range e.inputs.Site.TermsAt(at) {
		if t := e.byKey[k]; t != nil {
			if d := e.documentsOf(t).Find(at); d != nil {
				return d
			}
		}
	}
	return e.top.Find(at)
}

// Documents returns every document, the main feeds first, the pages of posts last.
func (e *Edition) Documents() []*Document {
	all := slices.Clone(e.top.Order[:e.head])
	for _, t := range e.terms {
		all = append(all, e.documentsOf(t).Order...)
	}
	return slices.Concat(all, e.top.Order[e.head:], e.postPages())
}

// Len returns how many documents there are.
func (e *Edition) Len() int {
	n := len(e.top.Order)
	for _, t := range e.terms {
		n += e.countOf(t.Term)
	}
	if e.pages != nil {
		n += e.pages.at.Len()
	}
	return n
}

// MainFeeds returns the documents of the main feed, in each format.
func (e *Edition) MainFeeds() []*Document { return slices.Clone(e.top.Order[:len(feed.Formats)]) }

// aliases returns the paths of all documents but the pages of posts, by folded path.
func (e *Edition) aliases() map[string]string {
	all := map[string]string{}
	for _, t := range e.terms {
		maps.Copy(all, e.documentsOf(t).Aliases)
	}
	maps.Copy(all, e.top.Aliases)
	return all
}
