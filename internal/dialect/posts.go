package dialect

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
)

// Result is what a file came to.
type Result = rules.Result

// State says what a file asks for itself, whatever the time is.
type State = rules.State

// Reader reads the files of one folder. It is safe for concurrent use.
type Reader = rules.Reader

// Templates renders the template text of posts. It is safe for concurrent use.
type Templates = rules.Templates

// Addresses are what templates may ask for.
type Addresses = rules.Addresses

// The states.
const (
	Other    = rules.Other
	Public   = rules.Public
	Draft    = rules.Draft
	Unlisted = rules.Unlisted
)

// source returns what the posts of the site are read by. The data are the files that
// IsData names, by path.
func (s Site) source(site blog.Site, data map[string][]byte) rules.Source {
	return rules.Source{Site: site, Settings: s.settings(), Data: data}
}

// Reader returns the reader of the site's posts.
func (s Site) Reader(site blog.Site, data map[string][]byte) *Reader {
	var posts rules.Posts
	if read := s.Kind.dialect().Posts; read != nil {
		posts = read(s.source(site, data))
	}
	return rules.NewReader(site, posts)
}

// Templates returns what renders the template text of posts that have a Result.Meta.
func (s Site) Templates(site blog.Site, data map[string][]byte, a Addresses) Templates {
	if templates := s.Kind.dialect().Templates; templates != nil {
		return templates(s.source(site, data), a)
	}
	return nil
}

// Titles returns what the site calls its sections and terms where that is not their
// names, by list and name: "sections/notes", "tags/go".
func (s Site) Titles(site blog.Site, data map[string][]byte) map[string]string {
	if titles := s.Kind.dialect().Titles; titles != nil {
		return titles(s.source(site, data))
	}
	return map[string]string{}
}

// Others returns the addresses of pages that are no posts, by path of their file, as far as
// the data tell.
func (s Site) Others(site blog.Site, data map[string][]byte) map[string]string {
	if pages := s.Kind.dialect().Others; pages != nil {
		return pages(s.source(site, data))
	}
	return nil
}

// Alike returns what says which files the post in a file may mean by a reference, besides
// those of that very name; nil: there is nothing like that.
func (s Site) Alike() func(file, ref string) []string {
	if alike := s.Kind.dialect().Alike; alike != nil {
		return alike(s.settings())
	}
	return nil
}

// Short returns what says by which name the page of a file is known from everywhere; nil:
// there are no such names.
func (s Site) Short() func(file string) string {
	if short := s.Kind.dialect().Short; short != nil {
		return short(s.settings())
	}
	return nil
}

// TagURI makes the default id of a post (RFC 4151). The date is the one that its author
// wrote, in the zone it was written in, so that moving the site to another zone changes no
// id.
func TagURI(authority string, p *blog.Post) string { return rules.TagURI(authority, p) }

// IsGlobal reports whether an id is made so that nobody else's is the same: a URI
// with an authority of its own or of a register, or a UUID.
func IsGlobal(id string) bool { return rules.IsGlobal(id) }

// PathOf is the decoded path of an address below that of a site; empty for any other.
func PathOf(address, site string) string { return paths.Of(address, site) }
