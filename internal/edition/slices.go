package edition

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
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

	planning sync.Once
	table    *table // of its documents; nil: they were not made yet
}

// kinds are the lists that posts are sliced by, in the order in which they are
// offered.
var kinds = []struct {
	folder string // also the first segment of the path
	label  string // for people
	each   func(p *blog.Post, s *blog.Site, name func(string))
}{
	{"categories", "Categories", func(p *blog.Post, _ *blog.Site, name func(string)) { terms(p, blog.Category, name) }},
	{"tags", "Tags", func(p *blog.Post, _ *blog.Site, name func(string)) { terms(p, blog.Tag, name) }},
	{"authors", "Authors", authors},
	{"languages", "Languages", languages},
	{"sections", "Sections", sections},
}

func terms(p *blog.Post, kind blog.Kind, name func(string)) {
	for i := range p.Terms {
		if p.Terms[i].Kind == kind {
			name(p.Terms[i].Name)
		}
	}
}

func authors(p *blog.Post, _ *blog.Site, name func(string)) {
	for i := range p.Authors {
		name(p.Authors[i].Name)
	}
}

func languages(p *blog.Post, s *blog.Site, name func(string)) { name(cmp.Or(p.Language, s.Language)) }

func sections(p *blog.Post, _ *blog.Site, name func(string)) {
	if p.Section != "" {
		name(p.Section)
	}
}

// key is what a slice is known by.
type key struct{ kind, slug string }

func (s *slice) key() key { return key{s.kind, s.slug} }

// slicer slices posts. It makes each slug once, and looks up the slice of a name at most
// once for each time that a post names it: that is most of what an edition of many posts
// costs.
type slicer struct {
	site   blog.Site
	titles map[key]string // in the place of names
	weigh  func(*blog.Post) int

	bySlug map[key]*slice
	byName []map[string]*slice // for each of the kinds; nil for a name that has none
	last   []lastNamed         // for each of the kinds: many posts in a row have one author, language or section
}

type lastNamed struct {
	name  string
	slice *slice
}

// titlesOf returns titles by the slices that they are meant for.
func titlesOf(said map[string]string) map[key]string {
	titles := make(map[key]string, len(said))
	for _, at := range slices.Sorted(maps.Keys(said)) { // two may have one slug
		kind, name, _ := strings.Cut(at, "/")
		titles[key{kind, slugOf(name)}] = said[at]
	}
	return titles
}

// all returns the slices of all posts, those of one kind by slug. Names with
// the same slug are one term; it is called as its newest post calls it.
func (r *slicer) all(posts []*blog.Post) []*slice {
	r.bySlug, r.last = map[key]*slice{}, make([]lastNamed, len(kinds))
	for range kinds {
		r.byName = append(r.byName, map[string]*slice{})
	}
	var p *blog.Post
	adders := make([]func(name string), len(kinds))
	for i := range kinds {
		adders[i] = func(name string) { r.add(i, name, p) }
	}
	for _, p = range posts {
		for i := range kinds {
			kinds[i].each(p, &r.site, adders[i])
		}
	}
	return inOrder(slices.Collect(maps.Values(r.bySlug)))
}

// add adds a post to the slice of a name.
func (r *slicer) add(kind int, name string, p *blog.Post) {
	last := &r.last[kind]
	if last.slice == nil || last.name != name {
		s, known := r.byName[kind][name]
		if !known {
			s = r.named(kinds[kind].folder, name)
			r.byName[kind][name] = s
		}
		*last = lastNamed{name, s}
	}
	s := last.slice
	if s == nil {
		return
	}
	if n := len(s.posts); n == 0 || s.posts[n-1] != p { // two spellings in one post
		s.posts = append(s.posts, p)
	}
}

// named returns the slice of a name, which is new or has that of another spelling; nil:
// the name has no slug.
func (r *slicer) named(kind, name string) *slice {
	slug := slugOf(name)
	if slug == "" {
		return nil
	}
	k := key{kind, slug}
	s := r.bySlug[k]
	if s == nil {
		s = &slice{kind: kind, slug: slug, name: cmp.Or(r.titles[k], name), weigh: r.weigh}
		r.bySlug[k] = s
	}
	return s
}

func inOrder(all []*slice) []*slice {
	slices.SortFunc(all, func(a, b *slice) int {
		return compareKeys(a.key(), b.key())
	})
	return all
}

func compareKeys(a, b key) int {
	return cmp.Or(cmp.Compare(rankOf(a.kind), rankOf(b.kind)), cmp.Compare(a.kind, b.kind), cmp.Compare(a.slug, b.slug))
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
	return blog.Segment(slug)
}

// root returns the folder of the slice's documents: "/", or a path that ends
// with a slash.
func (s *slice) root() string { return s.key().root() }

func (k key) root() string {
	if k.kind == "" {
		return "/"
	}
	return path.Join("/", k.kind, k.slug) + "/"
}

// title names the feed of the slice.
func (s *slice) title(site blog.Site) string { return named{key: s.key(), name: s.name}.title(site) }

func (n named) title(site blog.Site) string {
	if n.kind == "" {
		return site.Title
	}
	return n.name + " – " + site.Title
}

// absolute returns the absolute URL of a path below the site.
func absolute(s blog.Site, path string) string {
	return s.URL + (&url.URL{Path: path}).EscapedPath()
}
