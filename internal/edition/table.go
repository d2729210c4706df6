package edition

import (
	"maps"
	"slices"
	"strings"

	"broadsheet/internal/feed"
	"broadsheet/internal/page"
)

// table holds documents, and the paths under which they are found.
type table struct {
	order     []*Document          // as planned
	documents map[string]*Document // by canonical path
	aliases   map[string]string    // canonical paths by folded path, canonical ones included
}

// find returns the document of a path that is written as the table has it.
func (t *table) find(path string) *Document {
	if d := t.documents[path]; d != nil {
		return d
	}
	return t.documents[t.aliases[path]]
}

// index makes the table of these documents.
func index(order []*Document) *table {
	t := &table{order: order, documents: make(map[string]*Document, len(order)), aliases: make(map[string]string, 2*len(order))}
	for _, d := range order {
		t.documents[d.Path] = d
		if d.ours != "" {
			t.aliases[fold(d.ours)] = d.Path
		}
	}
	for _, d := range order {
		t.aliases[fold(d.Path)] = d.Path
	}
	delete(t.aliases, "") // paths that are too long to be folded
	return t
}

// plan makes the table of the documents that are those of no slice and no post: the
// main feeds first. Those of slices and posts are made when somebody asks for one.
func (e *Edition) plan() {
	p := planner{Edition: e}
	p.feedsOf(e.main)
	p.take(e.feedList())
	e.head = len(p.order)
	p.pagesOfLists()
	e.top = index(p.order)
	customary(e.top.aliases, e.in.settings)
	e.bySlug = make(map[key]*slice, len(e.slices))
	for _, s := range e.slices {
		e.bySlug[s.key()] = s
	}
	for _, s := range e.slices { // some scripts are folded to capitals, which paths are not
		if lower := (key{s.kind, strings.ToLower(s.slug)}); e.bySlug[lower] == nil {
			e.bySlug[lower] = s
		}
	}
	if e.in.settings.Pages {
		e.pages = pagesOfPosts(e)
	}
}

// planner fills a table.
type planner struct {
	*Edition
	order []*Document
}

// feedsOf takes the feeds of a slice.
func (p *planner) feedsOf(s *slice) {
	for _, part := range s.parts(p.in.settings) {
		for _, f := range feed.Formats {
			p.take(p.feedOf(s, part, f))
		}
	}
}

// take adds a document.
func (p *planner) take(d *Document) {
	d.edition, d.texts = p.Edition, p.texts
	p.order = append(p.order, d)
}

// tableOf returns the documents of a slice: its feeds, and the pages that list it.
func (e *Edition) tableOf(s *slice) *table {
	s.planning.Do(func() {
		s.table = e.draw(s)
		e.publishing.Lock()
		defer e.publishing.Unlock()
		e.planned = append(e.planned, s)
	})
	return s.table
}

// draw makes the table of a slice.
func (e *Edition) draw(s *slice) *table {
	p := planner{Edition: e}
	p.feedsOf(s)
	if e.in.settings.Pages {
		kind := page.Term
		if s.kind == "authors" {
			kind = page.Author
		}
		p.listPages(s.root(), kind, named{key: s.key(), name: s.name}, s.posts)
	}
	return index(p.order)
}

// Has reports whether a document has this very path. Unlike Find it makes none that
// stays.
func (e *Edition) Has(path string) bool {
	if e.top.documents[path] != nil {
		return true
	}
	if _, ok := e.postAt(path, false); ok {
		return true
	}
	return slices.ContainsFunc(e.slicesAt(path), func(s *slice) bool { return e.draw(s).documents[path] != nil })
}

// slicesAt returns the slices that may have a document at a path: the one whose folder
// it lies in, and those whose feed the generator of the dialect has there.
func (e *Edition) slicesAt(at string) []*slice {
	var found []*slice
	add := func(k key) {
		if s := e.bySlug[k]; s != nil && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	kind, rest, _ := strings.Cut(strings.TrimLeft(at, "/"), "/")
	if singular[kind] != "" {
		slug, _, _ := strings.Cut(rest, "/")
		add(key{kind, slug})
	}
	for _, p := range e.in.patterns {
		if len(at) > len(p.before)+len(p.after) && strings.HasPrefix(at, p.before) && strings.HasSuffix(at, p.after) {
			add(key{p.kind, at[len(p.before) : len(at)-len(p.after)]})
		}
	}
	return found
}

// pattern is where the generator of the dialect has the feeds of a kind of slice: at
// paths that begin and end so, with the slug between.
type pattern struct{ kind, before, after string }

func (s Settings) patterns() []pattern {
	var all []pattern
	for _, kind := range kinds {
		if before, after, is := strings.Cut(s.generatorPattern(kind.folder), "*"); is {
			all = append(all, pattern{kind.folder, before, after})
		}
	}
	return all
}

// listed returns the document of a path that is written as the tables have it, unless it
// is the page of a post.
func (e *Edition) listed(at string) *Document {
	if d := e.top.documents[at]; d != nil {
		return d
	}
	for _, s := range e.slicesAt(at) {
		if d := e.tableOf(s).find(at); d != nil {
			return d
		}
	}
	return e.top.find(at)
}

// every returns all documents but the pages of posts, the main feeds first.
func (e *Edition) every() []*Document {
	all := slices.Clone(e.top.order[:e.head])
	for _, s := range e.slices {
		all = append(all, e.tableOf(s).order...)
	}
	return append(all, e.top.order[e.head:]...)
}

// allAliases returns the paths of all documents but the pages of posts, by folded path.
func (e *Edition) allAliases() map[string]string {
	all := map[string]string{}
	for _, s := range e.slices {
		maps.Copy(all, e.tableOf(s).aliases)
	}
	maps.Copy(all, e.top.aliases)
	return all
}

// count returns how many documents the slice has.
func (s *slice) count(o Settings) int {
	n := len(feed.Formats) * len(s.parts(o))
	if o.Pages {
		n += max(1, (len(s.posts)+o.Items-1)/o.Items)
	}
	return n
}

// customary adds the paths under which the main feed and the first page are asked for.
func customary(table map[string]string, o Settings) {
	add := func(alias, canonical string) {
		if table[alias] == "" {
			table[alias] = canonical
		}
	}
	for _, alias := range o.generatorFeeds().Main {
		add(alias, o.generatorPath())
	}
	for _, alias := range aliases["/"] {
		add(alias, "/")
	}
	for _, f := range feed.Formats {
		for _, alias := range aliases["/"+f.File] {
			add(alias, o.feedPath(key{}, f))
		}
	}
}
