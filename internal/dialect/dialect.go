// Package dialect knows the rules that a folder of posts may have been written for:
// none but those of a bare folder, or those of a site generator.
//
// Read finds out what a folder was made for, by what lies in it, and reads the
// generator's settings. A Site answers all that a generator decides: what the
// publication is called there, which files are posts, private or public, where feeds and
// lists are, and what a file comes to as a post. The table of dialects is the only place
// that names them; each is a row, with a package of its own below this one. What
// the row leaves out is as in a bare folder.
package dialect

import (
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/hugo"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/dialect/jekyll"
	"broadsheet/internal/dialect/plain"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

// table holds all dialects. The first is that of a folder which is nothing else; the
// others are looked for in this order.
var table = []*rules.Dialect{
	plain.Dialect,
	jekyll.Dialect,
	hugo.Dialect,
}

// Kind is the name of a dialect. The empty one is that of a bare folder.
type Kind string

// Kinds returns the names of all dialects.
func Kinds() []string {
	var names []string
	for _, d := range table {
		names = append(names, d.Name)
	}
	return names
}

// dialect returns the row of a kind. An unknown kind is that of a bare folder.
func (k Kind) dialect() *rules.Dialect {
	for _, d := range table {
		if d.Name == string(k) {
			return d
		}
	}
	return table[0]
}

// Bare reports whether there is no generator.
func (k Kind) Bare() bool { return k.dialect() == table[0] }

// Feeds are where a generator writes its feeds. They must not be changed.
type Feeds = rules.Feeds

// Feeds returns where the generator writes its feeds.
func (k Kind) Feeds() Feeds { return k.dialect().Feeds }

// MainFeeds are the paths at which any generator writes its main feed.
func MainFeeds() []string {
	var all []string
	for _, d := range table {
		all = append(all, d.Feeds.Main...)
	}
	return all
}

// HasBundles reports whether pages may have a folder of resources.
func (k Kind) HasBundles() bool { return k.dialect().IsBundle != nil }

// Site is a folder and what its generator was told. The zero value is a bare folder.
type Site struct {
	Kind     Kind
	Root     string     // the folder to be read
	File     string     // the generator's settings, slash-separated; empty: there are none
	Settings meta.Pairs // as written there
}

// settings returns the site as a row knows it.
func (s Site) settings() settings.Site {
	return settings.Site{Root: s.Root, File: s.File, Exact: s.Kind.dialect().ExactKeys, Values: s.Settings}
}

// Parse reads the settings of a site, whose Kind and File are set.
func Parse(s Site, data []byte) (Site, []blog.Problem) {
	parsed, problems := s.settings().Parse(data)
	s.Settings = parsed.Values
	return s, problems
}

// Text returns the value of the first of these settings that has one. Dots lead into
// mappings.
func (s Site) Text(keys ...string) string { return s.settings().Text(keys...) }

// Publication is what the generator's settings say of the publication, in the words
// of Broadsheet's own settings, by key; what they do not say is absent.
func (s Site) Publication() map[string]string {
	said := map[string]string{}
	publication := s.Kind.dialect().Publication
	if publication == nil {
		return said
	}
	for key, value := range publication(s.settings()) {
		if value != "" {
			said[key] = value
		}
	}
	return said
}

// Pages reports whether the pages of posts are made here, as no generator makes them.
func (s Site) Pages() bool { return s.Kind.dialect().Pages }

// Future reports whether posts that are dated in the future are to be published
// at once.
func (s Site) Future() bool {
	key := s.Kind.dialect().FutureKey
	return key != "" && s.settings().Is(key)
}

// FeedPath is where the generator writes its main feed, as its settings say;
// empty: at its usual path.
func (s Site) FeedPath() string {
	if path := s.Kind.Feeds().Path; path != nil {
		return path(s.settings())
	}
	return ""
}

// TermPaths are where the settings have the generator write the feeds of terms and
// sections, by list and name, such as "tags/go", with * for any other name, and in the path
// for its slug; empty: nowhere.
func (s Site) TermPaths() map[string]string {
	if paths := s.Kind.Feeds().TermPaths; paths != nil {
		return paths(s.settings())
	}
	return nil
}

// Languages are those, in lower case, whose pages lie in a folder of their own at
// the top of the site.
func (s Site) Languages() []string {
	if languages := s.Kind.dialect().Languages; languages != nil {
		return languages(s.settings())
	}
	return nil
}

// TermPages are the paths, with * for the slug, of the pages that the generator
// itself makes for the posts of a category, tag, author, section or language, by
// the name of the list: "tags". A list that it makes no pages for is absent.
func (s Site) TermPages() map[string]string {
	if pages := s.Kind.dialect().TermPages; pages != nil {
		return pages(s.settings())
	}
	return nil
}

// Syntax is how the Markdown of posts is read; nil: as CommonMark.
func (s Site) Syntax() markdown.Syntax {
	if syntax := s.Kind.dialect().Syntax; syntax != nil {
		return syntax(s.settings())
	}
	return nil
}

// Flavour is what the generator does otherwise with Markdown.
func (s Site) Flavour() markdown.Flavour {
	if flavour := s.Kind.dialect().Flavour; flavour != nil {
		return flavour(s.settings())
	}
	return markdown.Flavour{}
}

// Extensions are those of files that are read besides those of posts: data and
// templates.
func (s Site) Extensions() []string { return s.Kind.dialect().Extensions }

// Static is the folder, below Root, whose files generators copy to the top of
// the site; empty: there is none.
func (s Site) Static() string { return s.Kind.dialect().Static }

// Ignores reports whether nothing below a path, relative to Root and
// slash-separated, is of use.
func (s Site) Ignores(path string) bool {
	d := s.Kind.dialect()
	return slices.Contains(d.Ignored, path) || d.IgnoresFolder != nil && d.IgnoresFolder(path)
}

// Private reports whether a file is for nobody but those who make the site: what
// lies in a folder for drafts, or where the generator itself does not look. The
// path is relative to Root and slash-separated.
func (s Site) Private(path string) bool {
	d := s.Kind.dialect()
	folders := strings.Split(path, "/")
	for i, folder := range folders[:len(folders)-1] {
		switch {
		case folder == "_drafts", folder == "node_modules", strings.HasPrefix(folder, "."):
			return true
		case d.IsPrivateFolder != nil && d.IsPrivateFolder(s.settings(), strings.Join(folders[:i+1], "/")):
			return true
		case s.Ignores(strings.Join(folders[:i+1], "/")):
			return true
		}
	}
	return d.LeavesOut != nil && d.LeavesOut(s.settings())(path)
}

// Publishes reports whether the generator publishes a media file whatever posts
// say. The path is relative to Root and slash-separated, and the file not Private.
func (s Site) Publishes(path string) bool {
	publishes := s.Kind.dialect().Publishes
	return publishes != nil && publishes(s.settings(), path)
}

// ReadsData reports whether there may be files that IsData names.
func (s Site) ReadsData() bool { return s.Kind.dialect().IsData != nil }

// IsData reports whether what other files come to depends on this one: data and
// templates, and pages whose folders hold nothing but their resources.
func (s Site) IsData(path string) bool {
	isData := s.Kind.dialect().IsData
	return isData != nil && isData(path)
}

// IsBundle reports whether a file is a page whose folder holds its resources, which are
// public with the page.
func (s Site) IsBundle(path string) bool {
	isBundle := s.Kind.dialect().IsBundle
	return isBundle != nil && isBundle(path)
}
