// Package page makes the pages that people read: the newest posts, one post,
// the posts of a term or an author, all terms of a kind, the archive, the ways to
// subscribe, and the page for an address that leads nowhere.
//
// In goes a Page of plain values; out comes one HTML document. The package
// reads no disk but a theme's folder, and no clock: the same values and the same
// theme give the same bytes. A page needs no script, and nothing from another
// host unless a post or the site names it.
//
// The theme is html/template files. One is built in. A folder can override any
// of its files, and add others that are handed out as they are. What is wrong
// with an override is a problem, and the built-in file serves in its place.
//
// Links to the site's own pages are written without scheme and host, so that a
// tree of pages works at whatever address it is looked at. Feeds, the canonical
// link and what is said to machines stay absolute.
//
// The words of the pages are in the language of the site where the theme has
// them, and otherwise in English and marked as such. Every element whose
// language is not that of what it stands in has its own lang and dir.
package page

import (
	"html/template"
	"time"

	"broadsheet/internal/blog"
)

// Kind says what a page is for. It names the template too.
type Kind string

// The kinds of page.
const (
	Index     Kind = "index"     // the newest posts, and those before
	Post      Kind = "post"      // one post
	Term      Kind = "term"      // the posts of a category, tag, language or section
	Author    Kind = "author"    // the posts of one author
	Listing   Kind = "listing"   // all terms of a kind
	Archive   Kind = "archive"   // posts by year
	Subscribe Kind = "subscribe" // all feeds
	NotFound  Kind = "404"
)

// Kinds lists every kind.
var Kinds = []Kind{Index, Post, Term, Author, Listing, Archive, Subscribe, NotFound}

// Page is all that a template can show. Which fields matter depends on the
// kind; the zero value of any is left out. Addresses are absolute.
type Page struct {
	Site        Site
	URL         string // canonical; empty: the page has none, and must not be indexed
	Title       string // empty: the site's
	Description string // empty: the site's
	Feeds       []Feed // of the posts that the page shows; empty: the site's
	Preview     bool   // posts bear their marks, and the page reloads itself; never to be published

	Number, Of   int  // of a page that is one of several, from 1
	Newer, Older Link // of the page of a list, or of a post; without a text: a list

	Posts     []Entry
	Post      *Entry
	Term      Listed // the term or the author that the page is about
	Lists     []List // terms by kind, as a way on; of a listing: those that it lists
	Years     []Year
	Subscribe Feeds
}

// Site is what all pages have in common.
type Site struct {
	blog.Site
	Feeds     []Feed // the main feeds
	Nav       []Link // beside those that follow
	Archive   string // address of the archive; may be empty
	Subscribe string // address of the page of all feeds; may be empty
	Me        []Link // where else the authors are to be found: rel=me
}

// Link is an address with a text.
type Link struct {
	URL  string
	Text string
}

// Feed is one feed in one format.
type Feed struct {
	Title  string // what posts are in it; empty: the site's title
	Format string // for people, such as "RSS 2.0"
	Type   string // media type
	URL    string
}

// Entry is a post on a page.
type Entry struct {
	Title       string // may be empty
	URL         string
	ExternalURL string // what a link post is about; may be empty
	Published   time.Time
	Updated     time.Time
	Authors     []Listed
	Terms       []Listed
	Language    string // empty: the site's
	Summary     string // plain text
	Image       Image
	Content     template.HTML // trusted: what Content returns, and only on the post's page
	Enclosures  []blog.Enclosure
	Mark        string // why it is not published yet or any more: a key of the words, such as "draft"
}

// Image is a picture and its size in pixels, 0 where unknown.
type Image struct {
	URL           string
	Alt           string
	Width, Height int
}

// Listed is a term or an author, with the page of its posts.
type Listed struct {
	Kind  string // key of the words: "category", "tag", "author", ...
	Name  string
	URL   string // may be empty
	Home  string // an author's own page; may be empty
	Count int    // 0: not said
}

// List is what there is of one kind.
type List struct {
	Kind  string // key of the words: "categories", "tags", "authors", ...
	Items []Listed
	Total int    // how many there are, which may be more than the items; 0: not said
	URL   string // of the page that lists all; empty: the items are all, or there is no such page
}

// Year is one year of the archive. One without posts is a link alone.
type Year struct {
	Year  int
	URL   string // of the page that has its posts; may be empty
	Count int
	Posts []Entry
}

// Feeds is what the page of all feeds offers.
type Feeds struct {
	Newest time.Time // of all posts
	Count  int       // of all posts
	Groups []FeedGroup
	OPML   string // address of all feeds in one file; may be empty
}

// FeedGroup is the feeds of one kind of slice.
type FeedGroup struct {
	Kind  string // as in List
	Rows  []FeedRow
	Total int    // how many there are, which may be more than the rows; 0: not said
	URL   string // of the page that lists all; empty: the rows are all, or there is no such page
}

// More reports whether there are others than the rows.
func (g FeedGroup) More() bool { return g.Total > len(g.Rows) }

// FeedRow is a slice of the posts in all formats.
type FeedRow struct {
	Listed
	Newest time.Time
	Feeds  []Feed
}
