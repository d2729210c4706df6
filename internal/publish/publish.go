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
	"io/fs"
	"os"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/generator"
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
	Theme    *page.Theme    // of the pages; nil: the built-in one
	Made     generator.Site // what the folder was made for; the zero value: nothing in particular
	Drafts   bool           // publish drafts too
	Future   bool           // publish posts dated in the future too
	Moves    []blog.Move    // addresses that lead elsewhere
	Gone     []string       // paths that are gone for good
	Exclude  []blog.Term    // posts of these are kept out of feeds and lists
	Folders  []string       // those whose media files are all public, below the posts folder
}

// Scan returns the options by which the folder is scanned for these settings.
func (s Settings) Scan() source.Options {
	return source.Options{
		Extensions: slices.Concat(source.DefaultExtensions, s.Made.Extensions()), Ignore: s.Made.Ignores, Media: media.Is,
	}
}

// named are the media files that the site itself refers to.
func (s Settings) named() []string { return append(s.Site.Files(), s.Theme.Names()...) }

// Remembered is what earlier publications, perhaps of another run, gave out. The zero
// value is nothing.
type Remembered struct {
	IDs   map[string]library.Identity              // by path of the post's file
	Dates func(path string) edition.Record         // see edition.Input
	Keep  func(path string, record edition.Record) // see edition.Input
}

// Input is what a publication is made of.
type Input struct {
	Files    *source.Snapshot
	Settings Settings
	Now      time.Time
	Remembered
	Anew  bool // the ids are given as at a start, by what is remembered alone
	Texts int  // see edition.Input
}

// Publication is everything that is public at one moment.
type Publication struct {
	Settings Settings
	Files    *source.Snapshot
	Media    *media.Catalogue
	Library  *library.Library
	Edition  *edition.Edition
	Problems []blog.Problem // of files and posts; those of documents are the edition's
	Next     time.Time      // when the clock alone will change something; zero: never
}

// Publish makes the publication that follows prev, which is nil at the start.
func Publish(prev *Publication, in Input) *Publication {
	if prev == nil {
		prev = &Publication{}
	}
	s, files := in.Settings, media.New(prev.Media, in.Files.Root, in.Files.Media)
	posts := in.build(prev.Library, files)
	next := edition.New(prev.Edition, edition.Input{
		Site: s.Site, Posts: posts.Posts, Unlisted: posts.Unlisted, Settings: s.Document, Now: in.Now,
		Dates: in.Dates, Keep: in.Keep, Find: posts.Find, Places: posts.Places(), Titles: posts.Titles(), Texts: in.Texts,
		Theme: s.Theme, Measure: func(at string) (int, int) { return files.Size(posts.Located(at)) },
		Moved: edition.Moved{Posts: posts.Redirects(), Moves: s.Moves, Gone: s.Gone},
	})
	return &Publication{
		Settings: s, Files: in.Files, Media: files, Library: posts, Edition: next,
		Problems: slices.Concat(in.Files.Problems, posts.Problems), Next: posts.Next,
	}
}

// Posts makes the library alone of what a first publication would be made of.
func Posts(in Input) *library.Library {
	return in.build(nil, media.New(nil, in.Files.Root, in.Files.Media))
}

// build makes the library that follows prev.
func (in Input) build(prev *library.Library, files *media.Catalogue) *library.Library {
	s := in.Settings
	if in.Anew {
		prev = nil
	}
	return library.Build(prev, in.Files.Files, library.Options{
		Site: s.Site, Now: in.Now, Drafts: s.Drafts, Future: s.Future, Exclude: s.Exclude,
		Known: in.IDs, Media: files, Generator: s.Made, Folders: s.Folders, Named: s.named(),
		Reserved: s.Document.Reserved(s.Theme),
	})
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
