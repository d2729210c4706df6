// Package library makes posts out of source files: it reads their front matter
// by the rules of their dialect, fills in every default, gives each an identity
// and a permalink, and decides which of them are public at a given moment.
//
// In go the files of one scan, the site, and the library of the scan before;
// out comes a Library. Everything here is pure: the moment is an argument, and
// the same files and options give the same posts. A file that did not change
// is not parsed again, and its *blog.Post stays the same pointer, so that later
// stages can tell by comparing pointers what changed.
//
// A file that is wrong never hurts another. What is wrong with it becomes a
// Problem with file and line. If an earlier version of it was good, that
// version stays; a file that never was good is left out. No date is invented:
// a file that has none, neither in its front matter nor in its name, is left
// out too.
//
// An id, once given, stays with its post while the post lives, whatever happens
// to its date, its title, its text or the name of its file, and if all of that
// happens at once; Build learns the ids of earlier runs through Options.Known. A
// post whose file is gone gives way at once to the file that goes on with it.
package library

import (
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/identity"
	"broadsheet/internal/library/internal/changes"
	"broadsheet/internal/library/internal/layered"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/library/internal/public"
	"broadsheet/internal/library/internal/schedule"
	"broadsheet/internal/library/internal/templated"
	"broadsheet/internal/media"
	"broadsheet/internal/source"
)

// Options are the inputs of a library besides the files.
type Options struct {
	Site   blog.Site
	Now    time.Time
	Drafts bool           // publish drafts too
	Future bool           // publish posts dated in the future too
	Known  identity.Table // ids given before, by path; consulted where the previous library does not know a file
	Awaits bool           // there is a new file that cannot be read yet: it may hold any post

	Media   *address.Files // the media files of the folder; nil: there are none
	Folders []string       // those whose media files are all public, slash-separated and relative to the folder; "." is the folder itself
	Named   []string       // media files that the settings and the pages of the site refer to, from its top

	Generator dialect.Site // what the folder was made for; the zero value: nothing in particular
	Ahead     *Ahead       // what was read of the files already; nil: nothing

	// Measure returns what is known of these media files, by path. It is called while
	// the library is built, and may open them; nil: nothing is known of any.
	Measure func(files []string) map[string]media.Facts

	Reserved Reserved // paths below the site that are those of other documents than posts; nil: none

	Exclude []blog.Term // posts of these are kept out of feeds and lists; an empty Kind means any
}

// Reserved are paths below the site. Implementations that are deeply equal give the
// same answers.
type Reserved = parse.Reserved

// Identity is what is remembered of a post, so that it keeps its id.
type Identity = identity.Identity

// Library is the posts of one moment. It is immutable.
type Library struct {
	Posts    []*blog.Post   // public, newest first; those of one second by path
	Unlisted []*blog.Post   // public, but kept out of feeds and lists; by path
	Problems []blog.Problem // sorted
	Counts   Counts
	Next     time.Time // when the clock alone will change Posts; zero: never

	site         blog.Site
	made         dialect.Site
	reader       func() *dialect.Reader // of the text of its posts
	media        *address.Files         // of the folder
	files        *address.Files         // of these, those that may be handed out at all
	facts        map[string]media.Facts // what was measured of them
	book         *address.Book
	drafts       bool
	future       bool
	exclude      []blog.Term
	reserved     Reserved
	folders      []string                       // whose media files are all public
	named        []string                       // media files that the site refers to
	bundles      map[string][]string            // of a Hugo site: the index files of its pages, by folder
	mentions     *public.Mentions               // which posts refer to a media file
	shows        map[string][]string            // the media files that posts refer to, by path of the post
	hasConflicts bool                           // there are posts that claim the same id or permalink
	now          time.Time                      // the moment that it was made for
	number       uint64                         // of this library among those that follow each other
	patched      *patch                         // what was made anew of the library before; nil: all
	read         []source.File                  // those that it was made of, as parsed has them
	data         map[string][]byte              // files that posts may refer to
	titles       map[string]string              // see Titles
	urls         map[string]string              // addresses of posts by path, where templates may ask for them
	parsed       map[string]*parse.File         // by path
	rendered     map[string]*templated.Text     // by path: posts that hold template text
	odd          layered.Map[string, settled]   // by path: posts, public or not, that are given out other than they were parsed
	linked       map[string]*blog.Post          // by path: those that other posts may lead to
	ids          layered.Map[string, *Identity] // of each file that holds a post, by path
	former       []string                       // paths of the posts that had other addresses, or name some; sorted
	keys         layered.Map[uint64, string]    // the path of each file by its key
	waiting      map[string]time.Time           // since when files wait that look like copies, by path
	others       map[string]string              // addresses of pages that are no posts, as far as the data tell

	displaced bool      // see identity.Matching
	heldSince time.Time // since when a post is waited for that another displaced; zero: none is
}

// Counts says what became of the files.
type Counts = schedule.Counts

// Build makes the library of these files, which follows prev; prev is nil at
// the start.
func Build(prev *Library, files []source.File, o Options) *Library {
	files = prev.present(files)
	if l := prev.patch(files, o); l != nil {
		return l
	}
	return build(prev, files, o)
}

// build looks at every file.
func build(prev *Library, files []source.File, o Options) *Library {
	data, lineage := dataOf(files, o), lineageOf(prev, files)
	l := &Library{
		now: o.Now, number: prev.after(), site: o.Site, made: o.Generator, media: o.Media, data: data,
		drafts: o.Drafts, future: o.Future, exclude: o.Exclude, reserved: o.Reserved,
		folders: o.Folders, named: o.Named, bundles: public.Bundles(files, o.Generator),
		parsed: parseAll(lineage, files, data, o), odd: layered.Of(map[string]settled{}),
		linked: make(map[string]*blog.Post, len(files)), ids: layered.Of(make(map[string]*Identity, len(files))),
		keys: layered.Of(keysOf(files)), waiting: map[string]time.Time{},
	}
	made, site := o.Generator, o.Site // and not all of o, which holds on to much
	l.reader = sync.OnceValue(func() *dialect.Reader { return made.Reader(site, data) })
	if prev != nil && prev.media == o.Media {
		l.facts = prev.facts
	}
	l.files = l.servable()
	l.book = l.bookOf(nil)
	if prev != nil && reflect.DeepEqual(prev.made, o.Generator) && parse.SameData(prev.data, data) {
		l.titles, l.others = prev.titles, prev.others
	} else {
		l.titles, l.others = o.Generator.Titles(o.Site, data), o.Generator.Others(o.Site, data)
	}
	claims, dropped := l.settleClaims(lineage, files, o)
	if held := l.held(prev, o); held != nil {
		return held
	}
	files = l.without(dropped, files)
	l.read = changes.Understood(files, l.parsed)
	l.render(prev, files)
	l.identify(prev, claims, o)
	l.publish(files)
	l.former = l.formerOf(l.ids.Keys())
	l.handOver()
	l.mention()
	l.measureShown(slices.Collect(maps.Keys(l.shows)), o)
	l.book = l.bookOf(prev)
	blog.SortProblems(l.Problems)
	return l
}

// Book returns where the public posts and the media files are.
func (l *Library) Book() *address.Book { return l.book }

// bookOf returns the book of what l has by now; that of prev if it is the same.
func (l *Library) bookOf(prev *Library) *address.Book {
	if prev != nil && prev.files == l.files && reflect.DeepEqual(prev.site, l.site) && prev.made.Static() == l.made.Static() &&
		maps.Equal(prev.facts, l.facts) && maps.EqualFunc(prev.linked, l.linked, sameAddress) && l.samePages(prev) {
		return prev.book
	}
	return address.New(address.Options{
		Site: l.site, Static: l.made.Static(), Files: l.files, Posts: l.linked, Facts: l.facts,
		Pages: l.pages(), Bundles: l.resources(), Alike: l.made.Alike(), Short: l.made.Short(),
	})
}

// bookAfter returns the same after a patch: of prev, all but what changed is as it was.
func (l *Library) bookAfter(prev *Library) *address.Book {
	stays := func(path string) bool {
		a, b := prev.linked[path], l.linked[path]
		return (a == b || a != nil && b != nil && sameAddress(a, b)) && ownAddress(prev.parsed[path]) == ownAddress(l.parsed[path])
	}
	changed := slices.ContainsFunc(slices.Concat(l.patched.changed, l.patched.gone), func(path string) bool { return !stays(path) })
	if changed || !maps.Equal(prev.facts, l.facts) {
		return l.bookOf(nil)
	}
	return prev.book
}

func sameAddress(a, b *blog.Post) bool { return a == b || a.URL == b.URL }

// TagURI makes the default id of a post (RFC 4151).
func TagURI(authority string, p *blog.Post) string { return dialect.TagURI(authority, p) }

// Titles returns what the site calls its sections and terms where that is not
// their names, by list and name, such as "sections/notes". It must not be changed.
func (l *Library) Titles() map[string]string { return l.titles }

// IDs returns the identity of each post by path, to be remembered for later
// runs. It must not be changed.
func (l *Library) IDs() identity.Table {
	return l.ids.Plain()
}

// ID returns the identity of the post in a file, which must not be changed; false: it holds
// none.
func (l *Library) ID(path string) (*Identity, bool) { return l.ids.Get(path) }
