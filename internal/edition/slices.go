package edition

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"broadsheet/internal/blog"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// slice is a feed of some posts only; the one without a kind is the main feed.
type slice struct {
	kind  string // folder of its path, such as "tags"; empty: the main feed
	slug  string
	name  string // as the posts call it
	posts []*blog.Post
	weigh func(*blog.Post) int // bytes that an entry takes
}

// kinds are the lists that posts are sliced by, in the order in which they are
// offered.
var kinds = []struct {
	folder string // also the first segment of the path
	label  string // for people
	of     func(p *blog.Post, s blog.Site) []string
}{
	{"categories", "Categories", func(p *blog.Post, _ blog.Site) []string { return terms(p, blog.Category) }},
	{"tags", "Tags", func(p *blog.Post, _ blog.Site) []string { return terms(p, blog.Tag) }},
	{"authors", "Authors", authors},
	{"languages", "Languages", languages},
	{"sections", "Sections", sections},
}

func terms(p *blog.Post, kind blog.Kind) []string {
	var names []string
	for _, t := range p.Terms {
		if t.Kind == kind {
			names = append(names, t.Name)
		}
	}
	return names
}

func authors(p *blog.Post, _ blog.Site) []string {
	names := make([]string, len(p.Authors))
	for i, a := range p.Authors {
		names[i] = a.Name
	}
	return names
}

func languages(p *blog.Post, s blog.Site) []string {
	return []string{cmp.Or(p.Language, s.Language)}
}

func sections(p *blog.Post, _ blog.Site) []string {
	if p.Section == "" {
		return nil
	}
	return []string{p.Section}
}

// sliceAll returns the slices of all posts, those of one kind by slug. Names
// with the same slug are one term; it is called as its newest post calls it.
func sliceAll(posts []*blog.Post, s blog.Site, weigh func(*blog.Post) int) []*slice {
	var all []*slice
	for _, kind := range kinds {
		bySlug := map[string]*slice{}
		for _, p := range posts {
			for _, name := range kind.of(p, s) {
				addTo(bySlug, kind.folder, name, p)
			}
		}
		for _, one := range bySlug {
			one.weigh = weigh
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b *slice) int {
		return cmp.Or(cmp.Compare(rankOf(a.kind), rankOf(b.kind)), cmp.Compare(a.slug, b.slug))
	})
	return all
}

func addTo(bySlug map[string]*slice, kind, name string, p *blog.Post) {
	slug := slugOf(name)
	if slug == "" {
		return
	}
	one := bySlug[slug]
	if one == nil {
		one = &slice{kind: kind, slug: slug, name: name}
		bySlug[slug] = one
	}
	if n := len(one.posts); n == 0 || one.posts[n-1] != p { // two spellings in one post
		one.posts = append(one.posts, p)
	}
}

func rankOf(kind string) int {
	for i, k := range kinds {
		if k.folder == kind {
			return i
		}
	}
	return len(kinds)
}

// slugOf returns the segment of a path that stands for a name. It follows from
// the name alone, so that no new term ever moves another's feed. Letter case,
// and whether words are parted by spaces, hyphens, underscores or slashes, make
// no difference; every other character does: C, C++ and C# are three, and so
// are cafe and café.
func slugOf(name string) string {
	folded := cases.Fold().String(norm.NFC.String(name))
	words := strings.FieldsFunc(folded, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '-' || r == '_' || r == '/' || r == '\\'
	})
	slug := norm.NFC.String(strings.Join(words, "-"))
	if strings.Trim(slug, ".") == "" { // segments of dots lead elsewhere (RFC 3986 section 5.2.4)
		slug = strings.ReplaceAll(slug, ".", "dot")
	}
	return slug
}

// root returns the folder of the slice's documents: "/", or a path that ends
// with a slash.
func (s *slice) root() string {
	if s.kind == "" {
		return "/"
	}
	return path.Join("/", s.kind, s.slug) + "/"
}

// title names the feed of the slice.
func (s *slice) title(site blog.Site) string {
	if s.kind == "" {
		return site.Title
	}
	return s.name + " – " + site.Title
}

// address returns the absolute URL of a path below the site.
func address(s blog.Site, path string) string {
	return s.URL + (&url.URL{Path: path}).EscapedPath()
}
