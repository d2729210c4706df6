// Package edition makes everything that is published at one moment: the table
// of every URL, each with its document.
//
// In go the site, its posts, a few settings, a theme, a book of addresses and a cache;
// out comes an Edition of feeds and pages. A document is a function of these values: its
// key stands for all that it is made of, and one whose key the cache knows is not
// rendered again. The others are rendered when they are first asked for, and kept while
// there is room. The main feeds and the first page, and every feed that was asked for
// lately, are rendered and checked before New returns.
//
// The bytes follow from the posts and the settings alone: no clock, no file time, no
// host name and no map order reaches them, so that every machine makes the same. Their
// hash is the entity tag. When they changed is another matter: that is remembered
// from edition to edition, and beyond (Record), and never goes back.
//
// An edition that is not published leaves no trace: not in what other editions say, nor
// in what is remembered. A document that fails its own check is never handed out: the
// previous bytes stay, and Problems says so. A post whose text cannot be rendered,
// by a fault of the program or in two seconds, keeps its last good text; without
// one it is left out of feeds and lists, and its page is an error.
package edition

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/feeds"
	"broadsheet/internal/edition/internal/inputs"
	"broadsheet/internal/edition/internal/lookup"
	"broadsheet/internal/edition/internal/pages"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/redirect"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/page"

	"golang.org/x/sync/errgroup"
)

// Input is what an edition is made from.
type Input struct {
	Site     blog.Site
	Posts    []*blog.Post // the published ones, newest first; not to be changed afterwards
	Unlisted []*blog.Post // those that have a page and are nowhere else; the same
	Settings Settings
	Now      time.Time // the moment of publication, unless Publish says another

	// Whole returns a post together with its text, if that is Apart from it. The error is
	// source.ErrChanged if the text is not there any more: the next edition is made of
	// another one. Any goroutine may call it at any later time. Nil: all posts have theirs.
	Whole func(*blog.Post) (*blog.Post, error)

	// Cache holds what editions before this one rendered; nil: one of its own.
	Cache *Cache

	// Dates returns what was handed out last under a path, maybe by an earlier run.
	// Without a hash its date is the one that the document has passed already. Nil:
	// nothing is known but what the cache remembers.
	Dates func(path string) Record
	// Keep is called with a record of each document that is first rendered after the
	// edition is published, before that is handed out. Any goroutine may call it, and
	// Dates gives from then on what it was told. Nil: the cache remembers.
	Keep func(path string, r Record)

	Redirects Redirects // addresses that lead elsewhere; changes no document

	// Book says where posts and media files are. Nil: only the rules of the web resolve
	// references (RFC 3986 section 5).
	Book *address.Book

	// Titles are what the site calls its terms where its posts call them something else,
	// such as "sections/notes". Nil: nothing.
	Titles map[string]string

	Theme *page.Theme // of the pages; nil: the built-in one

	// Renderer renders bodies; nil: that of the package markdown, as Settings say.
	// It may change only together with them.
	Renderer Renderer

	// Patience is how much processor time one body may take before its post is given
	// up, and a fifth of the longest that it is waited for; 0 means 2 s. Its last
	// good version, if there is one, is shown instead.
	Patience time.Duration
}

// Reserved are the paths at which there is, or may one day be, something else than the
// page of a post. Two that are deeply equal give the same answers.
type Reserved = paths.Reserved

// Reserve returns the paths that are reserved in a site of these settings and a theme; nil
// is the built-in one.
func Reserve(s Settings, theme *page.Theme) Reserved {
	return inputs.Reserve(s, theme, outputPaths())
}

// Renderer turns the body of a post into HTML. It is safe for concurrent use. If it
// panics, fails or takes too long, only that post suffers.
type Renderer = bodies.Renderer

// Settings are the choices that shape documents. The zero value is usable.
type Settings = settings.Settings

// Redirects say where addresses lead that are no documents any more.
type Redirects = redirect.Rules

// Edition is everything published at one moment. Its documents are rendered on demand; it
// shares its cache with the editions before and after it.
type Edition struct {
	Posts     []*blog.Post // the listed ones, newest first
	Published time.Time
	Topics    feeds.Topics // the feeds that one may subscribe to

	number    uint64 // among the editions of its cache
	unlisted  []*blog.Post
	inputs    *inputs.Inputs
	redirects *redirect.Table
	bodies    *bodies.Bodies
	entries   feeds.Entries
	cache     *Cache
	mends     int // of the cache, when the edition was made
	dates     func(path string) Record
	keep      func(path string, r Record)

	main   *term.Term                  // the posts of the main feed
	sorted []*term.Term                // in the order of the catalogue
	terms  []*termDocuments            // the same
	byKey  map[term.Key]*termDocuments // the same
	writer *pages.Writer               // of all pages
	top    *table                      // documents that are those of no term and no post
	head   int                         // how many of them come before those of terms
	pages  *postPages                  // nil: posts have none

	publishing sync.Mutex
	out        atomic.Bool // the edition was published; set with the lock
	planned    lookup.Shelf[*Document]
}

// New makes an edition.
func New(in Input) *Edition {
	e := &Edition{
		Posts: in.Posts, Published: in.Now, unlisted: in.Unlisted, inputs: inputs.New(inputs.Options{
			Site: in.Site, Settings: in.Settings, Theme: in.Theme, Titles: in.Titles,
		}),
		cache: in.Cache, dates: in.Dates, keep: in.Keep, redirects: redirect.New(in.Redirects, in.Site),
		planned: lookup.Shelf[*Document]{Limit: maxPlanned, Stays: (*Document).isFaulty},
	}
	if e.cache == nil {
		e.cache = NewCache(0)
	}
	e.number, e.mends = e.cache.history.Next(), e.cache.bodies.Mends()
	e.bodies = bodies.New(bodies.Options{
		Site: in.Site, Settings: e.inputs.Site.Settings, Renderer: in.Renderer, Patience: in.Patience, Book: in.Book,
		Whole: in.Whole, Store: e.cache.bodies,
	})
	e.entries = feeds.Entries{Bodies: e.bodies, Settings: e.inputs.Site.Settings}
	e.main = term.Main(e.Posts, e.inputs.Site.Settings.ExcludeFromMain)
	e.sort()
	newest := e.main.Posts[:e.entries.Fit(e.main)]
	e.bodies.SetMain(newest)
	e.Topics = feeds.NewTopics(e.inputs.Site, e.entries, newest, e.sorted)
	e.plan()
	e.bodies.Recall(slices.Concat(e.Posts, e.unlisted))
	e.prepare()
	return e
}

// sort sorts the posts by terms, and meanwhile renders those that lists begin with.
func (e *Edition) sort() {
	var sorting sync.WaitGroup
	sorting.Go(func() { e.sorted = e.sortTerms() })
	e.bodies.Prepare(e.newest())
	sorting.Wait()
	e.terms = make([]*termDocuments, len(e.sorted))
	for i, t := range e.sorted {
		e.terms[i] = &termDocuments{Term: t}
	}
	e.writer = &pages.Writer{
		Site: e.inputs.Site, Theme: e.inputs.Theme, Common: e.inputs.Common, Bodies: e.bodies,
		Catalogue: term.NewCatalogue(e.sorted, len(e.Posts)),
	}
}

// newest returns the posts that lists begin with.
func (e *Edition) newest() []*blog.Post {
	return e.main.Posts[:min(len(e.main.Posts), e.inputs.Site.Settings.Items)]
}

// prepare renders the documents that will be asked for soon, so that nobody has to wait
// for them, and a document that fails its check is known at once.
func (e *Edition) prepare() {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, d := range e.soon() {
		group.Go(func() error {
			d.prepare()
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
}

// soon returns the documents that will be asked for soon: the main feeds, the first page,
// and all feeds that were asked for lately.
func (e *Edition) soon() []*Document {
	var all []*Document
	for _, d := range e.top.Order {
		if d.when == always {
			all = append(all, d)
		}
	}
	for _, path := range e.cache.documents.Paths() {
		if d := e.listed(path); d != nil && d.Path == path && d.when == lately {
			all = append(all, d)
		}
	}
	return all
}

// Texts returns what the entries of a post carry: its summary, which is plain text, and
// its content. It renders the post if that is not done yet, which may take seconds.
func (e *Edition) Texts(p *blog.Post) (summary, html string, err error) {
	entry, err := e.entries.Of(p)
	return entry.Summary, entry.HTML, err
}

// Base returns the path of the site's URL, decoded and without a slash at its end; empty
// where it has none.
func (e *Edition) Base() string { return e.inputs.Site.Base() }

// Preview reports whether the edition is meant for its author alone.
func (e *Edition) Preview() bool { return e.inputs.Site.Settings.Preview }

// Cache returns what holds what was rendered, for the edition that follows.
func (e *Edition) Cache() *Cache { return e.cache }
