// Package settings holds the choices that shape the documents of an edition.
package settings

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
)

// Settings are the choices that shape documents. The zero value is usable.
type Settings struct {
	Dialect   string   // generator at whose feed paths the feeds in its format are: jekyll, hugo; empty: none
	FeedPath  string   // where that generator has its main feed; empty: at its usual path
	Languages []string // those that have a folder of their own at the top of the site

	// TermPaths are where the settings of that generator have the feeds of terms, by kind and
	// name, such as "tags/go", with * for any other name, and in the path for its slug; empty:
	// nowhere.
	TermPaths map[string]string

	// TermPages are where the site has pages of terms, by kind, such as "tags", if we
	// serve none: paths with * for the slug.
	TermPages map[string]string

	// Items is how many entries a feed has; 0 means 20. Bytes is how large a feed may be;
	// 0 means 1 MiB, less than 0 means no limit. Its archives have the older entries.
	Items, Bytes int

	ArchiveItems int         // entries in a full archive document; 0 means 100
	Content      blog.Extent // which texts an entry carries where its post does not say; empty means blog.Both

	Markdown      bool // carry the Markdown source of an entry beside its HTML
	ExternalLinks bool // let the RSS items of link posts lead where the posts point
	TTL           int  // minutes that readers may keep a feed, said in RSS; 0: not said
	Highlight     bool // mark up fenced code with chroma's class names
	Emoji         bool // turn :words: into emoji
	Typography    bool // turn straight quotes and double dashes into typographic ones

	Syntax  markdown.Syntax  // how Markdown is read; nil: as CommonMark
	Flavour markdown.Flavour // what the generator does otherwise with Markdown

	Preview bool // pages mark what is not public yet, and reload themselves; never to be published

	// Pages makes pages for posts, terms and years. Without them there are those of the
	// newest posts and of all feeds.
	Pages bool

	ExcludeFromMain []blog.Term // posts of these are left out of the main feed; an empty Kind means any
}

// WithDefaults returns the settings with those filled in that are zero.
func (s Settings) WithDefaults() Settings {
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
