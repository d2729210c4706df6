package term

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"broadsheet/internal/blog"
)

// Titles returns titles by the terms that they are for. They are given by kind and name,
// such as "sections/notes".
func Titles(given map[string]string) map[Key]string {
	titles := make(map[Key]string, len(given))
	for _, at := range slices.Sorted(maps.Keys(given)) { // two may have one slug
		kind, name, _ := strings.Cut(at, "/")
		titles[Key{kind, Slug(name)}] = given[at]
	}
	return titles
}

// Main returns the posts of the main feed: all but translations, those of excluded terms,
// and those that stand aside while there are others.
func Main(posts []*blog.Post, excluded []blog.Term) *Term {
	aside := asideIn(posts)
	isExcluded := func(p *blog.Post) bool { return p.Translation() || aside(p) || p.HasAny(excluded) }
	if slices.ContainsFunc(posts, isExcluded) {
		posts = slices.DeleteFunc(slices.Clone(posts), isExcluded)
	}
	return &Term{Posts: posts}
}

// asideIn returns which of the posts are in the feeds of their sections only.
func asideIn(posts []*blog.Post) func(*blog.Post) bool {
	for _, p := range posts {
		if !p.Aside() {
			return (*blog.Post).Aside
		}
	}
	return func(*blog.Post) bool { return false }
}

// Sort returns the terms of these posts, in the order of Compare. Names with the same
// slug are one term. Its name is that in titles, or else the one that its newest post
// has. A name without a slug is no term.
func Sort(posts []*blog.Post, site blog.Site, titles map[Key]string) []*Term {
	s := sorter{titles: titles, byKey: map[Key]*Term{}, last: make([]lastNamed, len(Kinds))}
	for range Kinds {
		s.byName = append(s.byName, map[string]*Term{})
	}
	var p *blog.Post
	adders := make([]func(name string), len(Kinds))
	for i := range Kinds {
		adders[i] = func(name string) { s.add(i, name, p) }
	}
	aside := asideIn(posts)
	for _, p = range posts {
		for i := range Kinds {
			if Kinds[i].ofAll && aside(p) {
				continue
			}
			Kinds[i].names(p, &site, adders[i])
		}
	}
	return slices.SortedFunc(maps.Values(s.byKey), func(a, b *Term) int { return Compare(a.Key, b.Key) })
}

// sorter makes each slug once, and looks a name up at most once each time that a post
// has it: that is most of what an edition of many posts costs.
type sorter struct {
	titles map[Key]string
	byKey  map[Key]*Term
	byName []map[string]*Term // for each of Kinds; nil for a name without a slug
	last   []lastNamed        // for each of Kinds: many posts in a row have one author, language or section
}

type lastNamed struct {
	name string
	term *Term
}

// add adds a post to the term of a name.
func (s *sorter) add(kind int, name string, p *blog.Post) {
	last := &s.last[kind]
	if last.term == nil || last.name != name {
		t, known := s.byName[kind][name]
		if !known {
			t = s.named(Kinds[kind].Folder, name)
			s.byName[kind][name] = t
		}
		*last = lastNamed{name, t}
	}
	t := last.term
	if t == nil {
		return
	}
	if n := len(t.Posts); n == 0 || t.Posts[n-1] != p { // a post may have two spellings
		t.Posts = append(t.Posts, p)
	}
}

// named returns the term of a name, which may be that of another spelling; nil: the name
// has no slug.
func (s *sorter) named(kind, name string) *Term {
	slug := Slug(name)
	if slug == "" {
		return nil
	}
	k := Key{kind, slug}
	t := s.byKey[k]
	if t == nil {
		t = &Term{Key: k, Name: cmp.Or(s.titles[k], name)}
		s.byKey[k] = t
	}
	if name != slug {
		t.Names = append(t.Names, name)
	}
	return t
}
