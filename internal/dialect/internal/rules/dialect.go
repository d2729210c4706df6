// Package rules says what a dialect is, and holds what dialects share: the reading of
// one file.
//
// A Dialect is a row of data and functions. What it leaves out is as in a bare folder
// of posts, so that a dialect says only where it differs. Its Posts read the files of
// one folder: in go a file and the site; out comes what the file asks for itself, a
// post or none, public or not, with every default filled in. Nothing here looks at
// another post or at the clock.
package rules

import (
	"maps"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

// Dialect is all that a generator decides. Paths are relative to the folder of the
// site and slash-separated. Only Name is needed.
type Dialect struct {
	Name   string // as the setting "dialect" has it
	Folder Folder

	// ExactKeys makes the case of the settings' keys matter.
	ExactKeys bool

	// Publication is what the settings say of the publication, in the words of
	// Broadsheet's own settings, by key.
	Publication func(settings.Site) map[string]string

	// FutureKey is the setting that publishes posts dated in the future at once.
	FutureKey string

	// Pages is set where there is no generator that makes the pages of posts.
	Pages bool

	// Extensions are those of files that are read besides those of posts, with a dot.
	Extensions []string

	// Static is the folder whose files the generator copies to the top of the site.
	Static string

	// Ignored are folders that the generator writes, or that others put beside a site:
	// nothing below them is of use.
	Ignored []string

	// IgnoresFolder reports whether a folder is such a one by its path.
	IgnoresFolder func(path string) bool

	// IsPrivateFolder reports whether what lies in a folder, at any depth, is for nobody but
	// those who make the site.
	IsPrivateFolder func(s settings.Site, folder string) bool

	// LeavesOut returns which files the settings leave out.
	LeavesOut func(settings.Site) func(path string) bool

	// Publishes reports whether the generator publishes a media file whatever posts
	// say. The file is not private.
	Publishes func(s settings.Site, path string) bool

	// IsData reports whether what other files come to depends on this one.
	IsData func(path string) bool

	// IsBundle reports whether a file is a page whose folder holds its resources: they
	// are public with the page.
	IsBundle func(path string) bool

	// Others are the addresses of pages that are no posts, by path of their file, as far as
	// the data tell.
	Others func(Source) map[string]string

	// Alike returns the files that the post in a file may mean by a reference, besides those
	// of that very name, and the short names of such.
	Alike func(settings.Site) func(file, ref string) []string

	// Short returns by which name the page of a file is known from everywhere, as long as it
	// is the only one.
	Short func(settings.Site) func(file string) string

	Feeds Feeds

	// Languages are those, in lower case and sorted, whose pages lie in a folder of their
	// own at the top of the site.
	Languages func(settings.Site) []string

	// TermPages are the paths, with * for the slug, of the pages that the generator
	// itself makes for the posts of a term or section, by the name of the list: "tags".
	TermPages func(settings.Site) map[string]string

	// Titles are what the site calls its sections and terms where that is not their
	// names, by list and name: "sections/notes".
	Titles func(Source) map[string]string

	// Syntax is how the Markdown of posts is read; nil: as CommonMark.
	Syntax func(settings.Site) markdown.Syntax

	// Flavour is what the generator does otherwise with Markdown; nil: nothing.
	Flavour func(settings.Site) markdown.Flavour

	// Posts are the rules by which the posts of a folder are read.
	Posts func(Source) Posts

	// Templates renders the template language that the posts of a folder may hold;
	// nil: there is none.
	Templates func(src Source, a Addresses) Templates
}

// Folder is how the folder of a site is recognised.
type Folder struct {
	Settings []string // names of the settings file, the likelier ones first; none: the dialect is never recognised
	Posts    string   // the folder of posts
	Others   []string // other folders that tell such a site, one without posts at its top

	// HasPosts reports whether a folder on disk without any of these is laid out as
	// such a site, given its settings.
	HasPosts func(settings.Site) bool

	// IsOwn reports whether the settings are those of this generator: other programs may
	// have files of the same name.
	IsOwn func(settings.Site) bool

	// Further are other files that Complete may read.
	Further []string

	// Parts are folders of which Complete may read every file.
	Parts []string

	// Complete adds to the settings what stands in other files, and judges them.
	Complete func(settings.Site) (settings.Site, []blog.Problem)
}

// Feeds are where a generator writes its feeds, which are all in one format.
type Feeds struct {
	Format string            // as the table of formats calls it; empty: it writes none
	Main   []string          // paths of the main feed, the customary one first
	Terms  map[string]string // paths of other feeds, with * for the slug, by the name of their list

	// AddressIsID makes the address of the main feed its id, as its readers know it.
	AddressIsID bool

	// SameName gives these feeds the file name of the main one.
	SameName bool

	// Path is where the settings move the main feed to; empty: nowhere.
	Path func(settings.Site) string

	// TermPaths are where the settings have feeds of terms and sections, by list and name,
	// such as "tags/go", with * for any other name, and in the path for its slug; empty:
	// nowhere.
	TermPaths func(settings.Site) map[string]string
}

// Source is what a folder is read by.
type Source struct {
	Site     blog.Site
	Settings settings.Site
	Data     map[string][]byte // the files that IsData names, by path
}

// Addresses are what templates may ask for.
type Addresses struct {
	Posts  map[string]string      // addresses of posts, by path
	IsFile func(path string) bool // whether there is another file of that path
}

// Templates renders the template text of posts. It is safe for concurrent use.
type Templates interface {
	// Render returns the body of a post and its excerpt, nil if it has none. Meta is the
	// post's front matter.
	Render(p *blog.Post, pairs meta.Pairs) (body, excerpt []byte, problems []blog.Problem)
}

// Posts are the rules by which the posts of one folder are read. Each function fills
// in its part of the post, in the order of the fields; one that is nil is that of a
// bare folder. They are called from many goroutines.
type Posts struct {
	// Keys are the names of the fields in front matter; zero: those of all dialects.
	Keys meta.Keys

	// ForeignIDs makes an id count that an exporter wrote under a key of its own.
	ForeignIDs bool

	// Ignores reports whether a file is no post by where it lies.
	Ignores func(path string) bool

	// Ignored reports what is wrong with a file that is ignored: it may decide what becomes of
	// posts.
	Ignored func(*Reading)

	// State tells posts from what is none, and hidden posts from public ones.
	State func(*Reading) State

	// Dates fills in when the post was published, changed and will expire. An error is
	// a blog.Problem and means that there is no post.
	Dates func(*Reading) error

	// Comments are the languages whose comments posts may hold.
	Comments func(*Reading) markdown.Languages

	// Texts fills in title, summary, language and body.
	Texts func(*Reading)

	// AuthorsAndTerms fills in who wrote the post and what it is about.
	AuthorsAndTerms func(*Reading)

	// Links fills in all that is a URL, and the id.
	Links func(*Reading)

	// HasTemplates reports whether a text may hold template text.
	HasTemplates func(text []byte) bool
}

// filled returns the rules with those of a bare folder in the gaps.
func (p Posts) filled() Posts {
	if p.Keys.Names == nil {
		p.Keys = meta.Plain
	}
	if p.Ignores == nil {
		p.Ignores = func(string) bool { return false }
	}
	if p.Ignored == nil {
		p.Ignored = func(*Reading) {}
	}
	if p.State == nil {
		p.State = (*Reading).bareState
	}
	if p.Dates == nil {
		p.Dates = (*Reading).bareDates
	}
	if p.Comments == nil {
		p.Comments = anyComments
	}
	if p.Texts == nil {
		p.Texts = (*Reading).bareTexts
	}
	if p.AuthorsAndTerms == nil {
		p.AuthorsAndTerms = (*Reading).bareAuthorsAndTerms
	}
	if p.Links == nil {
		p.Links = (*Reading).bareLinks
	}
	if p.HasTemplates == nil {
		p.HasTemplates = func([]byte) bool { return false }
	}
	return p
}

// KeysWith returns the keys of all dialects, with these in place of those of the same
// fields: those that a generator knows. A field without names is one that it has no
// word for.
func KeysWith(own map[meta.Field][]string) meta.Keys {
	keys := meta.Keys{Names: maps.Clone(meta.Plain.Names)}
	maps.Copy(keys.Names, own)
	return keys
}
