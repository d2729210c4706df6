// Package term sorts posts by the terms that they belong to.
//
// A term is one category, tag, author, language or section; its kind is the list that it
// is one of. In go the posts, newest first; out come the terms, each with its posts, and
// a Catalogue of them for lists.
package term

import (
	"cmp"
	"path"
	"strings"
	"unicode"

	"broadsheet/internal/blog"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Key identifies a term. The zero Key stands for all posts, which are no term.
type Key struct {
	Kind string // folder of its path, such as "tags"
	Slug string // see Slug
}

// Term is a term with its posts.
type Term struct {
	Key
	Name  string       // as its newest post calls it, or the site
	Names []string     // what else than its slug its posts call it
	Posts []*blog.Post // newest first
}

// Kind is a list that posts are sorted by.
type Kind struct {
	Folder   string // first segment of the paths of its terms
	Label    string // the list, for people
	Singular string // one term of it, on pages

	ofAll bool                                                    // its terms are not those of one section
	names func(p *blog.Post, s *blog.Site, add func(name string)) // calls add with each name that a post has
}

// Kinds are all kinds, in the order in which they are offered.
var Kinds = []Kind{
	{"categories", "Categories", "category", true, categories},
	{"tags", "Tags", "tag", true, tags},
	{"authors", "Authors", "author", true, authors},
	{"languages", "Languages", "language", true, languages},
	{"sections", "Sections", "section", false, sections},
}

func categories(p *blog.Post, _ *blog.Site, add func(string)) { terms(p, blog.Category, add) }

func tags(p *blog.Post, _ *blog.Site, add func(string)) { terms(p, blog.Tag, add) }

func terms(p *blog.Post, kind blog.Kind, add func(string)) {
	for i := range p.Terms {
		if p.Terms[i].Kind == kind {
			add(p.Terms[i].Name)
		}
	}
}

func authors(p *blog.Post, _ *blog.Site, add func(string)) {
	for i := range p.Authors {
		add(p.Authors[i].Name)
	}
}

func languages(p *blog.Post, s *blog.Site, add func(string)) { add(cmp.Or(p.Language(), s.Language)) }

func sections(p *blog.Post, _ *blog.Site, add func(string)) {
	if p.Section != "" {
		add(p.Section)
	}
	for _, part := range p.Parts() {
		add(part)
	}
}

// Singular returns what one term of a kind is called on pages; empty: the folder is that
// of no kind.
func Singular(folder string) string {
	for i := range Kinds {
		if Kinds[i].Folder == folder {
			return Kinds[i].Singular
		}
	}
	return ""
}

// Root returns the folder of the term's documents, with a slash at its end.
func (k Key) Root() string {
	if k.Kind == "" {
		return "/"
	}
	return path.Join("/", k.Kind, k.Slug) + "/"
}

// At returns the key of the term whose documents are in a folder.
func At(root string) Key {
	kind, slug, _ := strings.Cut(strings.Trim(root, "/"), "/")
	return Key{kind, slug}
}

// Compare orders keys by kind, in the order of Kinds, and then by slug.
func Compare(a, b Key) int {
	return cmp.Or(cmp.Compare(rank(a.Kind), rank(b.Kind)), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Slug, b.Slug))
}

func rank(kind string) int {
	for i := range Kinds {
		if Kinds[i].Folder == kind {
			return i
		}
	}
	return len(Kinds)
}

// Title returns the title of a feed of the term.
func (k Key) Title(name string, site blog.Site) string {
	if k.Kind == "" {
		return site.Title
	}
	return name + " – " + site.Title
}

// Slug returns the segment of a path that stands for a name. It depends on the name
// alone, so that no new term ever moves another's feed. Letter case makes no difference,
// nor whether spaces, hyphens, underscores or slashes separate the words. Every other
// character does: C, C++ and C# are three terms, and so are cafe and café.
func Slug(name string) string {
	folded := cases.Fold().String(norm.NFC.String(name))
	words := strings.FieldsFunc(folded, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '-' || r == '_' || r == '/' || r == '\\'
	})
	slug := norm.NFC.String(strings.Join(words, "-"))
	if strings.Trim(slug, ".") == "" { // segments of dots lead elsewhere (RFC 3986 section 5.2.4)
		slug = strings.ReplaceAll(slug, ".", "dot")
	}
	return blog.Segment(slug)
}
