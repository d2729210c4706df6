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
// An id, once given, stays with its file while the file lives, whatever happens
// to its date, its title or its name; Build learns the ids of earlier runs
// through Options.Known.
package library

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/generator"
	"broadsheet/internal/library/post"
	"broadsheet/internal/source"
)

// Options are what a library follows from besides the files.
type Options struct {
	Site   blog.Site
	Now    time.Time
	Drafts bool                // publish drafts too
	Known  map[string]Identity // ids given before, by path; consulted where the previous library does not know a file

	// Media finds the media files of the folder by path; nil: there are none.
	Media func(path string) (blog.Media, bool)

	// Duration tells how long a media file plays, 0 when that is unknown; nil: it
	// always is. It is asked only where the post does not say, and may be slow.
	Duration func(path string) time.Duration

	Generator generator.Site // what the folder was made for; the zero value: nothing in particular

	Exclude []blog.Term // posts of these are kept out of feeds and lists; an empty Kind means any
}

// Identity is what is remembered of a post, so that it keeps its id.
type Identity struct {
	ID   string `json:"id"`
	Hash string `json:"hash"`           // SHA-256 of the file that last bore the id, in hexadecimal
	Gone bool   `json:"gone,omitempty"` // the file was not there any more when last looked
	Path string `json:"path,omitempty"` // of the permalink, below the site
	Was  string `json:"was,omitempty"`  // former such paths, separated by spaces
}

// Library is the posts of one moment. It is immutable.
type Library struct {
	Posts    []*blog.Post   // public, newest first; those of one second by path
	Problems []blog.Problem // sorted
	Counts   Counts
	Next     time.Time // when the clock alone will change Posts; zero: never

	site     blog.Site
	base     string // path of the URL of the site
	made     generator.Site
	data     map[string][]byte // files that posts may refer to
	urls     map[string]string // addresses of posts by path, where templates may ask for them
	media    func(path string) (blog.Media, bool)
	length   func(path string) time.Duration
	parsed   map[string]*parsed    // by path
	rendered map[string]*rendered  // by path: posts that hold template text
	posts    map[string]settled    // by path, public or not
	linked   map[string]*blog.Post // by path: those that other posts may lead to
	ids      map[string]Identity   // of each file that holds a post, by path
}

// Counts says what became of the files. Files is the sum of the others.
type Counts struct {
	Files     int `json:"files"`
	Posts     int `json:"posts"`     // public
	Drafts    int `json:"drafts"`    // held back by their authors, for good or for now
	Scheduled int `json:"scheduled"` // dated in the future
	Expired   int `json:"expired"`
	Unlisted  int `json:"unlisted"` // kept out of feeds and lists
	Broken    int `json:"broken"`   // no version of them could be published
	Other     int `json:"other"`    // not posts: section indexes, redirects, read-me files
}

// Build makes the library of these files, which follows prev; prev is nil at
// the start.
func Build(prev *Library, files []source.File, o Options) *Library {
	data := dataOf(files, o)
	l := &Library{
		site: o.Site, made: o.Generator, data: data, length: o.Duration, parsed: parseAll(prev, files, data, o),
		posts: make(map[string]settled, len(files)), linked: make(map[string]*blog.Post, len(files)), ids: make(map[string]Identity, len(files)),
	}
	l.media = func(path string) (blog.Media, bool) {
		if o.Media == nil || o.Generator.Private(path) { // nobody would be served it
			return blog.Media{}, false
		}
		return o.Media(path)
	}
	if l.length == nil {
		l.length = func(string) time.Duration { return 0 }
	}
	if u, err := url.Parse(o.Site.URL); err == nil {
		l.base = u.Path
	}
	l.render(prev, files)
	l.identify(prev, files, o)
	l.publish(files, o)
	blog.SortProblems(l.Problems)
	return l
}

// TagURI makes the default id of a post (RFC 4151).
func TagURI(authority string, p *blog.Post) string { return post.TagURI(authority, p) }

// Redirects returns where former addresses of posts lead now, by path below the
// site: those that front matter names, and permalinks that changed while somebody
// was looking.
func (l *Library) Redirects() map[string]string {
	all, taken := map[string]string{}, map[string]bool{}
	for _, p := range l.linked {
		taken[strings.Trim(strings.TrimPrefix(p.URL, l.site.URL), "/")] = true
	}
	for _, path := range slices.Sorted(maps.Keys(l.linked)) {
		p := l.linked[path]
		for _, old := range slices.Concat(p.Aliases, strings.Fields(l.ids[path].Was)) {
			if all[old] == "" && !taken[strings.Trim(old, "/")] { // where a post is now, none is sent away
				all[old] = p.URL
			}
		}
	}
	return all
}

// IDs returns the identity of each post by path, to be remembered for later
// runs. It must not be changed.
func (l *Library) IDs() map[string]Identity { return l.ids }
