package edition

import (
	"cmp"
	"maps"
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

	documents []*Document // its feeds in every format, then its archives
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

// slicer slices posts. It makes each slug once.
type slicer struct {
	site   blog.Site
	titles map[key]string // in the place of names
	weigh  func(*blog.Post) int
	slugs  map[string]string // by name
}

// of calls f for each slice that p belongs to, with the name that p knows it by;
// twice for one slice where p spells its name in two ways.
func (r *slicer) of(p *blog.Post, f func(k key, name string)) {
	for _, kind := range kinds {
		kind.each(p, &r.site, func(name string) {
			slug, known := r.slugs[name]
			if !known {
				slug = slugOf(name)
				r.slugs[name] = slug
			}
			if slug != "" {
				k := key{kind.folder, slug}
				f(k, cmp.Or(r.titles[k], name))
			}
		})
	}
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
	byKey := map[key]*slice{}
	for _, p := range posts {
		r.of(p, func(k key, name string) { add(byKey, k, name, p, r.weigh) })
	}
	return inOrder(slices.Collect(maps.Values(byKey)))
}

// again returns the same for posts that differ from those of before by a few. A
// slice that has none of these is the slice that it was.
func (r *slicer) again(before []*slice, posts []*blog.Post, d difference) []*slice {
	touched := map[key]*slice{}
	for _, p := range slices.Concat(d.gone, d.added) {
		r.of(p, func(k key, _ string) { touched[k] = nil })
	}
	var all []*slice
	for _, s := range before {
		if _, changed := touched[s.key()]; changed {
			touched[s.key()] = s
			continue
		}
		all = append(all, s)
	}
	for k, s := range touched {
		if s = r.renew(k, s, posts, d); len(s.posts) > 0 {
			all = append(all, s)
		}
	}
	return inOrder(all)
}

// renew makes a slice anew. What stays of its posts keeps its order, which is
// that of all posts.
func (r *slicer) renew(k key, s *slice, posts []*blog.Post, d difference) *slice {
	var old []*blog.Post
	if s != nil {
		old = s.posts
	}
	added := slices.DeleteFunc(slices.Clone(d.added), func(p *blog.Post) bool {
		_, in := r.nameIn(k, p)
		return !in
	})
	renewed := &slice{kind: k.kind, slug: k.slug, weigh: r.weigh}
	for _, p := range posts {
		for len(old) > 0 && slices.Contains(d.gone, old[0]) {
			old = old[1:]
		}
		switch {
		case len(old) > 0 && p == old[0]:
			old = old[1:]
		case !slices.Contains(added, p):
			continue
		}
		renewed.posts = append(renewed.posts, p)
	}
	if len(renewed.posts) > 0 {
		renewed.name, _ = r.nameIn(k, renewed.posts[0])
	}
	return renewed
}

// nameIn returns the name by which p knows a slice; false if it is not in it.
func (r *slicer) nameIn(k key, p *blog.Post) (name string, in bool) {
	r.of(p, func(of key, as string) {
		if of == k && !in {
			name, in = as, true
		}
	})
	return name, in
}

func add(byKey map[key]*slice, k key, name string, p *blog.Post, weigh func(*blog.Post) int) {
	one := byKey[k]
	if one == nil {
		one = &slice{kind: k.kind, slug: k.slug, name: name, weigh: weigh}
		byKey[k] = one
	}
	if n := len(one.posts); n == 0 || one.posts[n-1] != p { // two spellings in one post
		one.posts = append(one.posts, p)
	}
}

func inOrder(all []*slice) []*slice {
	slices.SortFunc(all, func(a, b *slice) int {
		return cmp.Or(cmp.Compare(rankOf(a.kind), rankOf(b.kind)), cmp.Compare(a.slug, b.slug))
	})
	return all
}

// difference is what parts the posts of one edition from those of the next. A
// post that was edited is gone and added.
type difference struct {
	gone, added []*blog.Post
	much        bool // too much to follow one by one
}

// mostFollowed is how many posts may differ for it to pay to follow each.
const mostFollowed = 64

// differenceOf compares two lists, both newest first.
func differenceOf(before, after []*blog.Post) difference {
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after = before[1:], after[1:]
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	here := make(map[*blog.Post]bool, len(before))
	for _, p := range before {
		here[p] = true
	}
	var d difference
	for _, p := range after {
		if !here[p] {
			d.added = append(d.added, p)
		}
		delete(here, p)
	}
	d.gone = slices.Collect(maps.Keys(here))
	d.much = len(d.gone)+len(d.added) > mostFollowed
	return d
}

// change is how many posts differ.
type change struct{ added, changed, gone int }

func (d difference) count() change {
	before := make(map[string]int, len(d.gone)) // two may claim one id
	for _, p := range d.gone {
		before[p.ID]++
	}
	var c change
	for _, p := range d.added {
		if before[p.ID] > 0 {
			before[p.ID]--
			c.changed++
		}
	}
	c.added, c.gone = len(d.added)-c.changed, len(d.gone)-c.changed
	return c
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

// address returns the absolute URL of a path below the site.
func address(s blog.Site, path string) string {
	return s.URL + (&url.URL{Path: path}).EscapedPath()
}
