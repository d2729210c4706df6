// Package pages fills the pages of a site.
//
// In go posts with their rendered bodies, the catalogue of terms and a theme; out come
// documents that are not rendered yet: lists of posts and terms, the archive, the page to
// subscribe, the page of each post, and the files of the theme.
package pages

import (
	"bytes"
	"errors"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
	"broadsheet/internal/page"

	"golang.org/x/net/html"
)

// Writer makes pages.
type Writer struct {
	Site      *paths.Site
	Theme     *page.Theme
	Bodies    *bodies.Bodies
	Catalogue *term.Catalogue
	Common    page.Site // what all pages say of the site; see CommonOf
}

// Document is a page or another document that is made together with the pages.
type Document struct {
	Path        string
	ContentType string
	FeedRoot    string       // folder of the feeds that hold the same posts
	Posts       []*blog.Post // that it shows
	Key         blog.Key     // of what it shows besides the posts and what is common to all pages

	// Render makes the document. Any goroutine may call it.
	Render func() ([]byte, error)
}

// CommonOf returns what all pages say of the site.
func CommonOf(site *paths.Site) page.Site {
	s := page.Site{Site: site.Site, Feeds: feedsOf(site, term.Key{}, ""), Subscribe: site.Absolute(paths.Subscribe)}
	if site.Settings.Pages {
		s.Archive = site.Absolute(paths.Archive)
	}
	for _, a := range site.Authors {
		if a.URL != "" {
			s.Me = append(s.Me, page.Link{URL: a.URL, Text: a.Name})
		}
	}
	return s
}

// feedsOf lists the feeds of a term.
func feedsOf(site *paths.Site, k term.Key, title string) []page.Feed {
	var list []page.Feed
	for _, f := range feed.Formats {
		at := site.Absolute(site.Feed(k, f))
		list = append(list, page.Feed{Title: title, Format: f.Label, Type: f.MediaType, URL: at})
	}
	return list
}

// content is what a page is made of.
type content struct {
	path  string
	kind  page.Kind
	posts []*blog.Post
	key   blog.Key
	fill  func(*page.Page) error // fills a page that has its own address
}

// document returns a page with this content.
func (w *Writer) document(c content) Document {
	root := paths.FeedRoot(c.path)
	if c.kind == page.Post || c.kind == page.Listing {
		root = "/"
	}
	return Document{
		Path: c.path, ContentType: "text/html; charset=utf-8", FeedRoot: root, Posts: c.posts, Key: c.key,
		Render: func() ([]byte, error) { return w.render(c) },
	}
}

func (w *Writer) render(c content) ([]byte, error) {
	values := page.Page{URL: w.Site.Absolute(c.path)}
	if err := c.fill(&values); err != nil {
		return nil, err
	}
	values.Site, values.Preview = w.Common, w.Site.Settings.Preview
	return orBuiltIn(w.Theme.Render(c.kind, values))
}

// orBuiltIn drops the error of a template that the built-in one stood in for. The theme
// tells it.
func orBuiltIn(document []byte, err error) ([]byte, error) {
	var problem blog.Problem
	if document != nil && errors.As(err, &problem) {
		return document, nil
	}
	return document, err
}

// SitePages returns the documents that are those of no term and no post: the lists of
// posts and terms, the page to subscribe, the files of the theme. They list posts; newest
// are the ones that lists begin with.
func (w *Writer) SitePages(posts, newest []*blog.Post) []Document {
	all := w.Index(posts)
	all = append(all, w.Subscribe(newest), w.NotFound())
	all = append(all, w.Assets()...)
	if w.Site.Settings.Pages {
		all = append(all, w.Terms(newest)...)
		all = append(all, w.Archive(posts)...)
	}
	return all
}

// NotFound is the page for people who ask for a page that is not there.
func (w *Writer) NotFound() Document {
	return w.document(content{path: paths.NotFound, kind: page.NotFound, fill: func(values *page.Page) error {
		values.URL = "" // it is shown at any address
		return nil
	}})
}

// Check holds a page to what the templates promise: a title with text.
func Check(document []byte) error {
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
