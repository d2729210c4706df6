// Package edition makes everything that is published at one moment: the table
// of every URL, each with its document.
//
// In go the site, its posts, a few settings and a theme; out comes an Edition of
// feeds and pages. A document is rendered when it is first asked for and kept. The
// main feeds and the first page, and every feed that the previous edition had
// rendered, are rendered and checked before New returns. A document whose inputs are those of the
// previous edition is the previous document, so that making an edition costs
// what changed.
//
// The bytes follow from the posts and the settings alone: no clock, no file time, no
// host name and no map order reaches them, so that every machine makes the same. Their
// hash is the entity tag. When they changed is another matter: that is remembered
// from edition to edition, and beyond (Record), and never goes back.
//
// An Edition never changes once New has returned, apart from documents, and their
// compressed forms, filled in on demand: gzip alone is made beforehand, for the
// main feeds. A document that fails its own check is never handed out: the
// previous bytes stay, and Problems says so. A post whose text cannot be rendered,
// by a fault of the program or in two seconds, keeps its last good text; without
// one it is left out of feeds and lists, and its page is an error.
package edition

import (
	"maps"
	"net/url"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

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

	// Dates returns what was handed out last under a path that the edition before
	// does not have, maybe by an earlier run. Without a hash its date is the one that
	// the document has passed already. Nil: nothing is known.
	Dates func(path string) Record
	// Keep is called with a record of each document that is first rendered after the
	// edition is published, before that is handed out. Any goroutine may call it, and
	// that of the first of editions that follow each other counts. Nil: nothing is kept.
	Keep func(path string, r Record)

	// Texts is how many bytes of rendered bodies are kept besides those of the
	// main feeds, to be used again; 0 means 64 MiB. It changes no document.
	Texts int

	Moved Moved // addresses that lead elsewhere; changes no document

	// Find returns the absolute address of what the body of a post means by a
	// relative one; nil: the rules of the web say (RFC 3986 section 5).
	Find func(p *blog.Post, ref string) (address string, found bool)

	Titles map[string]string // what the site calls its slices where that is not what its posts call them, such as "sections/notes"; nil: nothing

	Theme *page.Theme // of the pages; nil: the built-in one

	// Measure returns the size in pixels of a picture by its address, 0 where that
	// is unknown; nil: it always is. Any goroutine may call it. A page follows from
	// what it said.
	Measure func(address string) (width, height int)

	// Renderer renders bodies; nil: that of the package markdown, as Settings say.
	// It may change only together with them.
	Renderer Renderer

	// Patience is how much processor time one body may take before its post is given
	// up, and a fifth of the longest that it is waited for; 0 means 2 s. Its last
	// good version, if there is one, is shown instead.
	Patience time.Duration

	// Places is equal to that of the edition before where Find, and Measure, are known
	// to say the same for the same posts and addresses; nil: never.
	Places any
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

	unlisted  []*blog.Post
	base      string // path of the site's URL, decoded
	in        *inputs
	main      *slice
	slices    []*slice             // all others, in order of kind and slug
	names     *names               // of the slices
	documents map[string]*Document // by canonical path
	order     []*Document          // as planned
	fresh     []*Document          // those that the edition before had not
	postDocs  []*Document          // the page of each post; nil: it has none
	crowded   bool                 // a post has none because another document has its path
	aliases   map[string]string    // canonical paths by folded path
	moved     Moved
	former    map[string]string // former addresses of posts, by folded path
	texts     *texts
	lazy      *lazy
	change    change // since the edition before
}

// inputs is all that the bytes of documents follow from, apart from the posts.
type inputs struct {
	site     blog.Site
	settings Settings
	theme    *page.Theme
	titles   map[key]string // of slices
	pages    page.Site      // what all pages say of the site
	links    string         // Link of the pages
}

// New makes the edition that follows prev, which is nil at the start.
func New(prev *Edition, in Input) *Edition {
	e := &Edition{Posts: in.Posts, Published: in.Now, unlisted: in.Unlisted, in: inputsOf(prev, in)}
	if u, err := url.Parse(in.Site.URL); err == nil {
		e.base = strings.TrimSuffix(u.Path, "/")
	}
	e.texts, e.lazy = newTexts(prev, in, e.in.settings), newLazy(prev, in.Keep)
	d, unlisted := difference{added: e.Posts, much: true}, difference{added: in.Unlisted}
	if prev != nil {
		d, unlisted = differenceOf(prev.Posts, e.Posts), differenceOf(prev.unlisted, in.Unlisted)
	}
	e.change = d.count()
	moved := e.texts.update(in, difference{added: slices.Concat(d.added, unlisted.added), gone: slices.Concat(d.gone, unlisted.gone)})
	e.main = e.mainFeed(prev)
	var slicing sync.WaitGroup
	slicing.Go(func() { e.slice(prev, d) })
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
	slicing.Wait()
	e.texts.pin(e.main.newest(e.in.settings))
	e.plan(prev, in, moved)
	e.moved, e.former = in.Moved, formerOf(in.Moved.Posts, in.Site)
	e.lazy.retain(e)
	e.prepare(prev)
	return e
}

// maxPrepared is how many posts are rendered at once before anybody knows whether
// all of them fit into the feed.
const maxPrepared = 50

// slice sorts the posts into slices, apart from the main feed.
func (e *Edition) slice(prev *Edition, d difference) {
	r := slicer{site: e.in.site, titles: e.in.titles, weigh: e.texts.estimate, slugs: map[string]string{}}
	if prev != nil && prev.in == e.in && !d.much {
		e.slices = r.again(prev.slices, e.Posts, d)
	} else {
		e.slices = r.all(e.Posts)
	}
	e.names = namesOf(prev, e.slices, len(e.Posts))
}

// names are the slices as lists show them.
type names struct {
	list  []named
	posts int // of the whole
}

type named struct {
	key
	name   string
	count  int   // of posts
	newest int64 // when the newest was published, Unix seconds
}

// namesOf returns the names of prev where they are the same, so that documents
// can tell by the pointer.
func namesOf(prev *Edition, all []*slice, posts int) *names {
	now := &names{make([]named, len(all)), posts}
	for i, s := range all {
		now.list[i] = named{s.key(), s.name, len(s.posts), s.posts[0].Published.Unix()}
	}
	if prev != nil && prev.names.posts == posts && slices.Equal(prev.names.list, now.list) {
		return prev.names
	}
	return now
}

// inputsOf returns the inputs of prev where they are the same, so that
// documents can tell by the pointer.
func inputsOf(prev *Edition, in Input) *inputs {
	now := &inputs{site: in.Site, settings: in.Settings.withDefaults(), theme: in.Theme, titles: titlesOf(in.Titles)}
	if now.theme == nil {
		now.theme = builtIn()
	}
	if prev != nil && prev.in.theme.Hash() == now.theme.Hash() &&
		reflect.DeepEqual(prev.in.site, now.site) && reflect.DeepEqual(prev.in.settings, now.settings) && maps.Equal(prev.in.titles, now.titles) {
		return prev.in
	}
	now.pages, now.links = pageSite(now), links(part{}, now, feed.Format{})
	return now
}

// prepare renders what readers will ask for in a moment, so that the first of
// them need not wait and a document that fails its check is known at once.
func (e *Edition) prepare(prev *Edition) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, d := range e.fresh {
		if before := prev.document(d.Path); d.eager || !d.leisurely && before != nil && before.Rendered() != nil {
			group.Go(func() error {
				d.prepare()
				return nil
			})
		}
	}
	_ = group.Wait() // no function returns an error
}

// mainFeed is the slice of all posts but those that are kept out of it; that of
// prev where it is the same.
func (e *Edition) mainFeed(prev *Edition) *slice {
	posts, terms := e.Posts, e.in.settings.ExcludeFromMain
	excluded := func(p *blog.Post) bool { return p.Translation || p.HasAny(terms) }
	if slices.ContainsFunc(posts, excluded) {
		posts = slices.DeleteFunc(slices.Clone(posts), excluded)
	}
	if prev != nil && prev.in == e.in && slices.Equal(posts, prev.main.posts) {
		return prev.main
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

// document returns the document of a canonical path; nil when e is nil or has
// none.
func (e *Edition) document(path string) *Document {
	if e == nil {
		return nil
	}
	return e.documents[path]
}

// Documents returns every document, the main feeds first, in the order in
// which they were planned.
func (e *Edition) Documents() []*Document { return e.order }

// MainFeeds returns the documents of the main feed, in each format.
func (e *Edition) MainFeeds() []*Document {
	var all []*Document
	for _, f := range feed.Formats {
		if d := e.documents[e.in.settings.feedPath(key{}, f)]; d != nil {
			all = append(all, d)
		}
	}
	return all
}

// Change returns how many posts came, were edited and went since the edition
// before. A post is the same as long as it has its id.
func (e *Edition) Change() (added, changed, gone int) {
	return e.change.added, e.change.changed, e.change.gone
}

// Problems returns what is wrong with documents rendered so far: those that
// failed their check, and what their posts' texts were found to hold.
func (e *Edition) Problems() []blog.Problem {
	problems := e.texts.problems()
	for _, d := range e.order {
		if p := d.problem(); p != nil {
			problems = append(problems, *p)
		}
	}
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

// Same reports whether both editions say the same in every document.
func (e *Edition) Same(o *Edition) bool {
	if o == nil || len(e.order) != len(o.order) {
		return false
	}
	for i, d := range e.order {
		if !d.says(o.order[i]) {
			return false
		}
	}
	return true
}

// Publish dates the documents that e is the first to hold, since it is handed out
// from about this moment on: within a second, or else Publish is called again. Nobody
// else may know e yet. It returns the records of those that are rendered, to be kept
// before that.
func (e *Edition) Publish(at time.Time) Dates {
	e.Published = at
	dates := Dates{}
	for _, d := range e.fresh {
		d.publish(at)
		if d.Rendered() != nil {
			dates[d.Path] = d.latest()
		}
	}
	return dates
}

// Dates returns what is known of all documents, to be remembered for later runs.
func (e *Edition) Dates() Dates {
	dates := make(Dates, len(e.order))
	for _, d := range e.order {
		if r := d.latest(); r.Hash != "" {
			dates[d.Path] = r
		}
	}
	return dates
}
