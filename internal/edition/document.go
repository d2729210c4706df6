package edition

import (
	"sync"
	"sync/atomic"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/feeds"
	"broadsheet/internal/edition/internal/static"
	"broadsheet/internal/edition/internal/term"
)

// Document is one URL of an edition. Its exported fields never change.
type Document struct {
	Path        string // canonical path below the base URL, e.g. "/rss.xml"
	ContentType string // e.g. "application/rss+xml; charset=utf-8"

	edition  *Edition
	feedRoot string // folder of the feeds that hold the same posts; empty: none
	when     when
	posts    []*blog.Post
	extra    blog.Key                    // of what the document shows besides the posts and the inputs
	feed     *feeds.Feed                 // nil: it is no feed
	versions blog.Key                    // of a feed: past versions with another one are those of another feed
	render   func() ([]byte, error)      // nil: it is a feed
	check    func(document []byte) error // nil: nothing can be wrong with it

	mu      sync.Mutex              // held while rendering; guards what is below
	before  *Record                 // what was handed out under this path before; nil: not looked up yet
	record  Record                  // what is handed out; without a hash: nothing yet
	outcome atomic.Pointer[outcome] // nil: not rendered, or forgotten
}

// when says when a document is rendered.
type when int

const (
	onDemand when = iota // when it is first asked for
	lately               // before the edition is published, if it was asked for lately
	always               // before the edition is published
)

// paths returns the canonical path of the document, and the others that a feed has.
func (d *Document) paths() (canonical string, others []string) { return d.Path, d.feed.OtherPaths() }

// URL returns the canonical address of the document.
func (d *Document) URL() string { return d.edition.inputs.Site.Absolute(d.Path) }

// Link returns the value of the Link header field (RFC 8288); empty: none.
func (d *Document) Link() string {
	switch {
	case d.feed != nil:
		return d.feed.Link()
	case !static.IsPage(d.ContentType):
		return ""
	case d.feedRoot == "/": // that of nearly all pages
		return d.edition.inputs.Link
	}
	return feeds.LinkOfPage(d.edition.inputs.Site, term.At(d.feedRoot))
}

// Preview reports whether the document is one of a preview.
func (d *Document) Preview() bool { return d.edition.Preview() }

// outcome is the result of rendering a document: content, an error, or both if the
// content is the previous one.
type outcome struct {
	content *Content
	key     blog.Key // of what it is made of; zero: that could not be told
	err     error
}
