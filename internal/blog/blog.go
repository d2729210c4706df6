// Package blog holds the nouns that every other package speaks of: the Site,
// its Posts, their Authors and Terms, and the Problems that were found in them.
//
// The types carry no behaviour beyond what follows from their own fields. They
// know nothing of files, formats or HTTP, and import no other package of this
// module. A Post is immutable once a library has been built from it: it may be
// shared between editions and goroutines without a lock.
package blog

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Site is what is known of the publication as a whole.
type Site struct {
	Title       string
	Description string
	URL         string // absolute base URL, no trailing slash, e.g. "https://example.org/blog"
	Language    string // BCP 47 tag such as "en" or "pt-BR"; may be empty
	Copyright   string
	Authors     []Author // credited where a post names nobody
	Icon        string   // absolute URL of a square picture; may be empty
	Authority   string   // the authority of tag: URIs (RFC 4151 section 2.1): a host name or an e-mail address
	Permalink   string   // pattern of the posts' paths, e.g. "/:year/:month/:day/:slug/"
	Zone        *time.Location

	Logo       string   // absolute URL of a picture twice as wide as high; may be empty
	Image      string   // absolute URL of the picture that stands for the site; may be empty
	Categories []string // what the publication is about
	MediaURL   string   // absolute base URL of enclosures that name no host and are not in the folder; empty: URL
	Podcast    Podcast  // the zero value: the site is none
}

// Resolve makes ref, as an author wrote it in front matter, an absolute URL
// below the site. A ref that has a scheme is returned as it is; the empty ref
// stays empty; one that is no URL at all is returned with its odd characters
// escaped.
func (s Site) Resolve(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return s.URL + "/" + (&url.URL{Path: strings.TrimPrefix(ref, "/")}).EscapedPath()
	}
	if u.Scheme != "" {
		return u.String()
	}
	if u.Host != "" {
		return "https:" + u.String()
	}
	u.Path, u.RawPath = "/"+strings.TrimPrefix(u.Path, "/"), ""
	return s.URL + u.String()
}

// Files returns the addresses of the pictures of the site, without the empty ones.
func (s Site) Files() []string {
	return slices.DeleteFunc([]string{s.Icon, s.Logo, s.Image, s.Podcast.Image}, func(at string) bool { return at == "" })
}

// Markup says how the body of a post is written.
type Markup uint8

const (
	// Markdown is CommonMark with the extensions that package markdown lists.
	Markdown Markup = iota
	// HTML is used as it stands, apart from sanitising.
	HTML
)

// Post is one source file, understood: its metadata with every default filled
// in, and its body as it was written. A library of very many posts is mostly made of
// these: what few of them say is among the Extras.
type Post struct {
	Path string // slash-separated, relative to the posts folder; the file's name for people
	Key  Key    // see KeyOf; zero: not made yet
	Text Key    // see TextKey; zero: not made yet
	File Stamp  // modification time of the file; says nothing of the post, only how old a document may be

	ID      string // globally unique and permanent; never empty
	URL     string // absolute permalink
	Slug    string
	Section string // the part of the site that it belongs to, named after a folder; may be empty
	Title   string // plain text; empty for a title-less post

	Published time.Time // never zero
	Updated   time.Time // never before Published

	Authors []Author // never empty where the site names an author
	Terms   []Term   // categories first, then tags, each in the order written, without repeats
	Extras  *Extras  // nil: nothing. It is read by the methods of the same names

	Body      []byte // as it was written; never to be written to
	BodyLine  int    // line of the file on which Body begins, counted from 1
	Length    int    // bytes of Body
	Markup    Markup
	Apart     bool // Body and Excerpt are not kept with the post: its library reads them again
	Withholds bool // what lies beside the file is not public with it
}

// Mark says why a post is not public yet.
type Mark string

// The values of Mark.
const (
	Draft     Mark = "draft"
	Scheduled Mark = "scheduled"
)

// HasAny reports whether the post has one of these terms. A term without a kind
// is one of any kind; letter case does not matter.
func (p *Post) HasAny(terms []Term) bool {
	if len(terms) == 0 {
		return false
	}
	return slices.ContainsFunc(p.Terms, func(t Term) bool {
		return slices.ContainsFunc(terms, func(x Term) bool {
			return (x.Kind == "" || x.Kind == t.Kind) && strings.EqualFold(norm.NFC.String(x.Name), norm.NFC.String(t.Name))
		})
	})
}

// Move is an address that was given up for another.
type Move struct {
	From string // path below the site; one that ends in "*" stands for all that begin so
	To   string // path or absolute URL; one that ends in "*" goes on with what the star of From stands for
}

// Covers reports whether an address has moved by m. Letter case makes no
// difference.
func (m Move) Covers(path string) bool {
	path, _ = strings.CutSuffix(path, "*")
	if beginning, star := strings.CutSuffix(m.From, "*"); star {
		return len(path) >= len(beginning) && strings.EqualFold(path[:len(beginning)], beginning)
	}
	return strings.EqualFold(strings.Trim(path, "/"), strings.Trim(m.From, "/")) && strings.HasPrefix(path, "/")
}

// Author is a person or an organisation that wrote a post.
type Author struct {
	Name  string
	Email string
	URL   string // absolute
}

// Named returns a with a name. Who gave none is called by the e-mail address, else
// by the URL as people write one.
func (a Author) Named() Author {
	if a.Name == "" {
		a.Name = a.Email
	}
	if a.Name == "" {
		_, rest, found := strings.Cut(a.URL, "://")
		if a.Name = strings.TrimSuffix(rest, "/"); !found {
			a.Name = a.URL
		}
	}
	return a
}

// Kind is a list that terms belong to.
type Kind string

// The kinds of term.
const (
	Category Kind = "category"
	Tag      Kind = "tag"
)

// Term is one category or tag as a post names it.
type Term struct {
	Kind Kind
	Name string
}

// Image is the picture that stands for a post.
type Image struct {
	URL  string // absolute; empty means no image
	Alt  string
	Type string // MIME type; empty: unknown
	Size int64  // bytes; 0: unknown
}

// Extent says how much of a post its entries carry.
type Extent string

// The values of Extent.
const (
	Both    Extent = "both"    // summary and full content
	Full    Extent = "full"    // full content only
	Summary Extent = "summary" // summary only
)
