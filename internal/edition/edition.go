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
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
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

	Moved Moved // addresses that lead elsewhere; changes no document

	Book *address.Book // where posts and media files are; nil: nowhere but by the rules of the web (RFC 3986 section 5)

	Titles map[string]string // what the site calls its slices where that is not what its posts call them, such as "sections/notes"; nil: nothing

	Theme *page.Theme // of the pages; nil: the built-in one

	// Renderer renders bodies; nil: that of the package markdown, as Settings say.
	// It may change only together with them.
	Renderer Renderer

	// Patience is how much processor time one body may take before its post is given
	// up, and a fifth of the longest that it is waited for; 0 means 2 s. Its last
	// good version, if there is one, is shown instead.
	Patience time.Duration
}

// Settings are the choices that shape documents. The zero value is usable.
type Settings struct {
	Dialect       string            // the generator whose feed paths are those of the feeds in its format: jekyll, hugo; empty: none
	FeedPath      string            // where that generator has its main feed; empty: at its usual path
	Languages     []string          // those that have a folder of their own at the top of the site
	TermPages     map[string]string // where the site has pages of ours' kinds of slice, such as "tags", if we serve none: paths with * for the slug
	Items         int               // entries in a feed; 0 means 20
	Bytes         int               // size that a feed is kept below by leaving older entries to its archives; 0 means 1 MiB, less than 0 no limit
	ArchiveItems  int               // entries in a full archive document; 0 means 100
	Content       blog.Extent       // which texts an entry carries where its post does not say; empty means blog.Both
	Markdown      bool              // carry the Markdown source of an entry beside its HTML
	ExternalLinks bool              // let the RSS items of link posts lead where the posts point
	TTL           int               // minutes that readers may keep a feed, said in RSS; 0: not said
	Highlight     bool              // mark up fenced code with chroma's class names
	Emoji         bool              // turn :words: into emoji
	Preview       bool              // pages mark what is not public yet, and reload themselves; never to be published
	Pages         bool              // pages for posts, terms and years; without them there are those of the newest posts and of all feeds
	Typography    bool              // turn straight quotes and double dashes into typographic ones

	ExcludeFromMain []blog.Term // posts of these are left out of the main feed; an empty Kind means any
}

// Edition is everything published at one moment.
type Edition struct {
	Posts     []*blog.Post
	Published time.Time

	number   uint64 // among those of its cache
	unlisted []*blog.Post
	base     string // path of the site's URL, decoded
	in       *inputs
	main     *slice
	slices   []*slice       // all others, in order of kind and slug
	bySlug   map[key]*slice // the same
	names    *names         // of the slices
	top      *table         // of the documents that are those of no slice and no post
	head     int            // how many of them come before those of slices
	pages    *postPages     // nil: posts have none
	moved    Moved
	former   map[string]string // former addresses of posts, by folded path
	texts    *texts
	cache    *Cache
	mends    int // of the cache, when it was made
	dates    func(path string) Record
	keep     func(path string, r Record)

	publishing sync.Mutex
	planned    []*slice    // those whose documents were made
	noted      bool        // it was published
	out        atomic.Bool // the same, for everybody
}

// inputs is all that the bytes of documents follow from, apart from the posts.
type inputs struct {
	site     blog.Site
	settings Settings
	theme    *page.Theme
	titles   map[key]string // of slices
	key      blog.Key       // of all of them
	patterns []pattern
	pages    page.Site // what all pages say of the site
	links    string    // Link of the pages
}

// New makes an edition.
func New(in Input) *Edition {
	e := &Edition{
		Posts: in.Posts, Published: in.Now, unlisted: in.Unlisted, in: inputsOf(in), cache: in.Cache, dates: in.Dates, keep: in.Keep,
		moved: in.Moved, former: formerOf(in.Moved.Posts, in.Site),
	}
	if u, err := url.Parse(in.Site.URL); err == nil {
		e.base = strings.TrimSuffix(u.Path, "/")
	}
	if e.cache == nil {
		e.cache = NewCache(0)
	}
	e.number, e.mends = e.cache.next()
	e.texts = newTexts(in, e.in.settings, e.cache)
	e.main = e.mainFeed()
	var slicing sync.WaitGroup
	slicing.Go(e.slice)
	e.renderNewest()
	slicing.Wait()
	e.texts.main = e.main.newest(e.in.settings)
	e.plan()
	e.texts.recall(slices.Concat(e.Posts, e.unlisted))
	e.prepare()
	return e
}

// next returns the number of the next edition, and how many texts came late by now.
func (c *Cache) next() (number uint64, mends int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.editions++
	return c.editions, c.mends
}

// maxPrepared is how many posts are rendered at once before anybody knows whether
// all of them fit into the feed.
const maxPrepared = 50

// renderNewest renders the posts that lists begin with, on all processors.
func (e *Edition) renderNewest() {
	newest := e.newest()
	var rendering errgroup.Group
	rendering.SetLimit(runtime.GOMAXPROCS(0))
	for _, p := range newest[:min(len(newest), maxPrepared)] {
		rendering.Go(func() error {
			_, _ = e.texts.of(p) // an error stays with the text
			return nil
		})
	}
	_ = rendering.Wait() // no function returns an error
}

// slice sorts the posts into slices, apart from the main feed.
func (e *Edition) slice() {
	r := slicer{site: e.in.site, titles: e.in.titles, weigh: e.texts.estimate}
	e.slices = r.all(e.Posts)
	e.names = namesOf(e.slices, len(e.Posts))
}

// names are the slices as lists show them.
type names struct {
	list  []named
	posts int // of the whole
	key   blog.Key
}

type named struct {
	key
	name   string
	count  int   // of posts
	newest int64 // when the newest was published, Unix seconds
}

func namesOf(all []*slice, posts int) *names {
	n := &names{list: make([]named, len(all)), posts: posts}
	var k blog.Keyer
	k.Int(int64(posts))
	for i, s := range all {
		n.list[i] = named{s.key(), s.name, len(s.posts), s.posts[0].Published.Unix()}
		k.Text(s.kind, s.slug, s.name).Int(int64(len(s.posts)), n.list[i].newest)
	}
	n.key = k.Sum()
	return n
}

func inputsOf(in Input) *inputs {
	now := &inputs{site: in.Site, settings: in.Settings.withDefaults(), theme: in.Theme, titles: titlesOf(in.Titles)}
	if now.theme == nil {
		now.theme = builtIn()
	}
	now.key, now.patterns = keyOfInputs(now), now.settings.patterns()
	now.pages, now.links = pageSite(now), links(part{}, now, feed.Format{})
	return now
}

// prepare renders what readers will ask for in a moment, so that the first of
// them need not wait and a document that fails its check is known at once: the main
// feeds and the first page, and all feeds that were asked for lately.
func (e *Edition) prepare() {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, d := range e.lately() {
		group.Go(func() error {
			d.prepare()
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
}

// lately returns what readers will ask for in a moment.
func (e *Edition) lately() []*Document {
	var all []*Document
	for _, d := range e.top.order {
		if d.eager {
			all = append(all, d)
		}
	}
	for _, path := range e.cache.paths() {
		if d := e.listed(path); d != nil && d.Path == path && !d.eager && !d.leisurely {
			all = append(all, d)
		}
	}
	return all
}

// mainFeed is the slice of all posts but those that are kept out of it.
func (e *Edition) mainFeed() *slice {
	posts, terms := e.Posts, e.in.settings.ExcludeFromMain
	excluded := func(p *blog.Post) bool { return p.Translation || p.HasAny(terms) }
	if slices.ContainsFunc(posts, excluded) {
		posts = slices.DeleteFunc(slices.Clone(posts), excluded)
	}
	return &slice{posts: posts, weigh: e.texts.weigh}
}

// Texts returns what the entries of a post carry: its summary, which is plain
// text, and its content.
func (e *Edition) Texts(p *blog.Post) (summary, html string, err error) {
	x, err := e.texts.text(p)
	if err != nil {
		return "", "", err
	}
	entry := e.texts.entry(p, x)
	return entry.Summary, entry.HTML, nil
}

// Base returns the path of the site's URL, decoded and without a slash at its end;
// empty where it has none.
func (e *Edition) Base() string { return e.base }

// Preview reports whether the edition is meant for its author alone.
func (e *Edition) Preview() bool { return e.in.settings.Preview }

// Documents returns every document, the main feeds first, the pages of posts last.
func (e *Edition) Documents() []*Document { return slices.Concat(e.every(), e.postPages()) }

// Len returns how many documents there are.
func (e *Edition) Len() int {
	n := len(e.top.order)
	for _, s := range e.slices {
		n += s.count(e.in.settings)
	}
	if e.pages != nil {
		n += len(e.pages.at) + len(e.pages.twins)
	}
	return n
}

// rendered calls f with each document that may have been asked for. The caller holds
// the lock.
func (e *Edition) rendered(f func(*Document)) {
	for _, d := range e.top.order {
		f(d)
	}
	for _, s := range e.planned {
		for _, d := range s.table.order {
			f(d)
		}
	}
	if e.pages == nil {
		return
	}
	for _, d := range e.pages.made.Range {
		f(d.(*Document)) //nolint:forcetypeassert // nothing else is stored
	}
}

// forget lets go of a document that can be made again.
func (e *Edition) forget(d *Document) {
	if e.pages != nil {
		e.pages.made.Delete(d.Path)
	}
}

// MainFeeds returns the documents of the main feed, in each format.
func (e *Edition) MainFeeds() []*Document {
	var all []*Document
	for _, f := range feed.Formats {
		if d := e.top.documents[e.in.settings.feedPath(key{}, f)]; d != nil {
			all = append(all, d)
		}
	}
	return all
}

// Problems returns what is wrong with documents rendered so far: those that
// failed their check, and what their posts' texts were found to hold.
func (e *Edition) Problems() []blog.Problem {
	problems := e.texts.problems()
	e.publishing.Lock()
	defer e.publishing.Unlock()
	e.rendered(func(d *Document) {
		if p := d.problem(); p != nil {
			problems = append(problems, *p)
		}
	})
	blog.SortProblems(problems)
	return problems
}

func (s Settings) withDefaults() Settings {
	if s.Items <= 0 {
		s.Items = 20
	}
	if s.Bytes == 0 {
		s.Bytes = 1 << 20
	}
	if s.ArchiveItems <= 0 {
		s.ArchiveItems = 100
	}
	if s.Content == "" {
		s.Content = blog.Both
	}
	return s
}

// Publish notes that e is handed out from about this moment on: within a second, or
// else Publish is called again. Nobody else may know e yet. It dates the documents that
// are rendered, and returns the records of those that are new, to be kept before that.
func (e *Edition) Publish(at time.Time) Dates {
	e.publishing.Lock()
	defer e.publishing.Unlock()
	return e.publish(at)
}

func (e *Edition) publish(at time.Time) Dates {
	e.Published = at
	e.cache.supersede(e.number)
	dates := Dates{}
	e.rendered(func(d *Document) {
		if r, isNew := d.publish(at); isNew {
			dates[d.Path] = r
		}
	})
	e.texts.pin()
	e.noted = true
	e.out.Store(true)
	return dates
}

// publishOnce publishes the edition unless that was done.
func (e *Edition) publishOnce() {
	if e.out.Load() {
		return
	}
	e.publishing.Lock()
	defer e.publishing.Unlock()
	if e.noted {
		return
	}
	for path, r := range e.publish(e.Published) {
		if e.keep != nil {
			e.keep(path, r)
		}
	}
}

// supersede notes that an edition was published.
func (c *Cache) supersede(number uint64) {
	for before := c.published.Load(); before < number && !c.published.CompareAndSwap(before, number); before = c.published.Load() {
	}
}

// recordOf returns what was handed out last under a path.
func (e *Edition) recordOf(path string) Record {
	e.cache.mu.Lock()
	r, known := e.cache.records[path]
	e.cache.mu.Unlock()
	if !known && e.dates != nil {
		return e.dates(path)
	}
	return r
}

// remember notes what is handed out under a path, where nobody else does.
func (e *Edition) remember(path string, r Record) {
	if e.keep != nil {
		return
	}
	e.cache.mu.Lock()
	defer e.cache.mu.Unlock()
	e.cache.records[path] = r
}

// Dates returns what is known of all documents, which are handed out by then, to be
// remembered for later runs.
func (e *Edition) Dates() Dates {
	e.publishOnce()
	dates := Dates{}
	for _, d := range e.Documents() {
		if r := d.latest(); r.Hash != "" {
			dates[d.Path] = r
		}
	}
	return dates
}

// Cache returns what holds what was rendered, for the edition that follows.
func (e *Edition) Cache() *Cache { return e.cache }
