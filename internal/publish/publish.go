// Package publish is the one way from a folder of posts to an edition: what serve
// hands out, build writes, and check, compare and pin look at is made here, and
// nowhere else.
//
// In go the files of a scan, the settings, the moment, the publication before, and
// what is remembered of ids and dates; out comes a Publication: the library of the
// posts, the edition, and what was found to be wrong. Nothing of the publication
// before is changed.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/edition"
	"broadsheet/internal/identity"
	"broadsheet/internal/library"
	"broadsheet/internal/media"
	"broadsheet/internal/page"
	"broadsheet/internal/source"
)

// Settings are the choices that shape a publication. The zero value is usable, but
// for Site.
type Settings struct {
	Site     blog.Site
	Document edition.Settings
	Theme    *page.Theme  // of the pages; nil: the built-in one
	Made     dialect.Site // what the folder was made for; the zero value: nothing in particular
	Drafts   bool         // publish drafts too
	Future   bool         // publish posts dated in the future too
	Moves    []blog.Move  // addresses that lead elsewhere
	Gone     []string     // paths that are gone for good
	Exclude  []blog.Term  // posts of these are kept out of feeds and lists
	Folders  []string     // those whose media files are all public, below the posts folder
}

// Scan returns the options by which the folder is scanned for these settings.
func (s Settings) Scan() source.Options {
	return source.Options{
		Extensions: slices.Concat(source.DefaultExtensions, s.Made.Extensions()), Ignore: s.Made.Ignores, Media: media.Is, Keep: s.Made.IsData,
	}
}

// Ahead returns what reads the posts while the folder is scanned for the publication that
// follows prev, which is nil at the start; see source.Options.Read and Input.Ahead.
func (s Settings) Ahead(prev *Publication) *library.Ahead {
	var before *library.Library
	if prev != nil {
		before = prev.Library
	}
	return library.NewAhead(before, library.Options{Site: s.Site, Generator: s.Made})
}

// named are the media files that the site itself refers to.
func (s Settings) named() []string { return append(s.Site.Files(), s.Theme.Names()...) }

// Remembered is what earlier publications, perhaps of another run, gave out. The zero
// value is nothing.
type Remembered struct {
	IDs   identity.Table                           // by path of the post's file
	Dates func(path string) edition.Record         // see edition.Input
	Keep  func(path string, record edition.Record) // see edition.Input
}

// Input is what a publication is made of.
type Input struct {
	Files    *source.Snapshot
	Settings Settings
	Now      time.Time
	Remembered
	Anew bool // the ids are given as at a start, by what is remembered alone

	Ahead *library.Ahead   // what was read of the files while they were scanned; nil: nothing
	Cache *edition.Cache   // what was rendered before; nil: nothing
	Media *media.Catalogue // measures media files, and remembers what it measured; nil: one of its own
}

// Publication is everything that is public at one moment.
type Publication struct {
	Settings Settings
	Files    *source.Snapshot
	Media    *address.Files
	Library  *library.Library
	Edition  *edition.Edition
	Problems []blog.Problem // of files and posts; those of documents are the edition's
	Change   Change         // since the publication before
	Next     time.Time      // when the clock alone will change something; zero: never
}

// Publish makes the publication that follows prev, which is nil at the start.
func Publish(prev *Publication, in Input) *Publication {
	if prev == nil {
		prev = &Publication{}
	}
	s, files := in.Settings, in.media(prev)
	posts := in.build(prev.Library, files)
	next := in.edition(prev, posts)
	return &Publication{
		Settings: s, Files: in.Files, Media: files, Library: posts, Edition: next,
		Problems: slices.Concat(in.Files.Problems, posts.Problems), Change: changeOf(prev.Library, posts), Next: posts.Next,
	}
}

// edition makes the edition of these posts. That of prev stays if nothing differs that
// documents are made of: nearly every scan finds the folder as it was.
func (in Input) edition(prev *Publication, posts *library.Library) *edition.Edition {
	s := in.Settings
	if prev.Edition != nil && prev.Library == posts && slices.Equal(prev.Files.Stale(), in.Files.Stale()) && prev.Edition.Cache() == in.Cache && s.sameDocuments(prev.Settings) && prev.Edition.Stands() {
		return prev.Edition
	}
	return edition.New(edition.Input{
		Site: s.Site, Posts: posts.Posts, Unlisted: posts.Unlisted, Settings: s.Document, Now: in.Now,
		Dates: in.Dates, Keep: in.Keep, Book: posts.Book(), Titles: posts.Titles(), Cache: in.Cache, Theme: s.Theme, Whole: in.whole(posts),
		Redirects: edition.Redirects{Posts: posts.Redirects(), Moves: s.Moves, Gone: s.Gone},
	})
}

// sameDocuments reports whether the same library comes to the same edition by both.
func (s Settings) sameDocuments(o Settings) bool {
	return s.Theme == o.Theme && reflect.DeepEqual(s.Site, o.Site) && reflect.DeepEqual(s.Document, o.Document) &&
		slices.Equal(s.Moves, o.Moves) && slices.Equal(s.Gone, o.Gone)
}

// Posts makes the library alone of what a first publication would be made of.
func Posts(in Input) *library.Library { return in.build(nil, in.media(&Publication{})) }

// media returns the media files of the folder; those of prev if they are the same. What
// was measured of others is forgotten.
func (in Input) media(prev *Publication) *address.Files {
	if prev.Files != nil && prev.Files.Root == in.Files.Root && slices.Equal(prev.Files.Media, in.Files.Media) {
		return prev.Media
	}
	files := slices.Clone(in.Files.Media)
	for i := range files {
		files[i].Type = media.TypeOf(files[i].Path)
	}
	all := address.NewFiles(files)
	if in.Media != nil {
		in.Media.Forget(all.Has)
	}
	return all
}

// whole returns what gives posts their texts. The text of a file that cannot be read, and
// that nobody has kept, will not come with the next scan: it is lost.
func (in Input) whole(posts *library.Library) func(*blog.Post) (*blog.Post, error) {
	stale := in.Files.Stale()
	return func(p *blog.Post) (*blog.Post, error) {
		whole, err := posts.Whole(p)
		if _, lost := slices.BinarySearch(stale, p.Path); lost && errors.Is(err, source.ErrChanged) {
			return nil, fmt.Errorf("%s cannot be read, and its last good version is not kept", p.Path)
		}
		return whole, err
	}
}

// build makes the library that follows prev.
func (in Input) build(prev *library.Library, files *address.Files) *library.Library {
	s := in.Settings
	if in.Anew {
		prev = nil
	}
	return library.Build(prev, in.Files.Files, library.Options{
		Site: s.Site, Now: in.Now, Drafts: s.Drafts, Future: s.Future, Exclude: s.Exclude,
		Known: in.IDs, Media: files, Measure: in.measure(files), Generator: s.Made, Ahead: in.Ahead, Folders: s.Folders, Named: s.named(),
		Reserved: edition.Reserve(s.Document, s.Theme), Awaits: in.awaits(),
	})
}

// awaits reports whether there is a new file that cannot be read yet.
func (in Input) awaits() bool {
	return slices.ContainsFunc(in.Files.Held, func(h source.Held) bool {
		_, known := slices.BinarySearchFunc(in.Files.Files, h.Path, func(f source.File, path string) int { return strings.Compare(f.Path, path) })
		return !known
	})
}

// measure returns what measures media files by their paths.
func (in Input) measure(files *address.Files) func([]string) map[string]media.Facts {
	catalogue := in.Media
	if catalogue == nil {
		catalogue = media.NewCatalogue()
	}
	return func(paths []string) map[string]media.Facts {
		var wanted []blog.Media
		for _, path := range paths {
			if file, ok := files.Find(path); ok {
				wanted = append(wanted, file)
			}
		}
		return catalogue.Measure(in.Files.Root, wanted)
	}
}

// Open opens the media file that is handed out at a path below the site. It fails
// with fs.ErrNotExist where nothing public refers to one.
func (p *Publication) Open(path string) (*os.File, error) {
	file, ok := p.Library.Served(path)
	if !ok {
		return nil, fs.ErrNotExist
	}
	return media.Open(p.Files.Root, file, func(target string) bool { return p.Library.Opens(file, target) })
}
