package post

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/generator"
	"broadsheet/internal/markdown"
)

// hugo is the dialect of Hugo, followed to the letter where subscribers would
// notice: which pages there are, addresses (which are the ids), dates, titles.
type hugo struct {
	site       generator.Site
	zone       *time.Location
	contents   []content // the folders of pages, the deeper ones first
	taxonomies []string
	languages  map[string]bool // of the site; empty: it has but one
	main       string          // the language whose pages have no folder of their own
	bundles    map[string]bool // folders that are one page with its resources
	cascades   []cascade       // what section pages hand down, the nearest first
	chains     map[frontmatter.Field][]string
	own        ownShortcodes
	ignored    generator.Ignored // files that the settings leave out
}

// content is a folder of pages.
type content struct {
	folder   string // with a slash at its end
	language string // of the pages in it; empty: as they say
}

// hugoKeys are the keys that Hugo knows, in any case; those of fields that it has
// no word for are the union's.
var hugoKeys = func() frontmatter.Keys {
	keys := frontmatter.Keys{Names: map[frontmatter.Field][]string{}}
	for field, names := range frontmatter.Plain.Names {
		keys.Names[field] = names
	}
	for field, names := range map[frontmatter.Field][]string{
		frontmatter.Published: {"publishdate", "pubdate", "published", "date", "lastmod", "modified"},
		frontmatter.Updated:   {"lastmod", "modified"},
		frontmatter.Expires:   {"expirydate", "unpublishdate"},
		frontmatter.Draft:     {"draft"},
		frontmatter.Public:    {"published"},
		frontmatter.Withheld:  nil,
		frontmatter.NotBefore: nil,
		frontmatter.Embargo:   nil,
		frontmatter.Status:    nil,
		frontmatter.Standing:  nil,
		frontmatter.Locked:    nil,
		frontmatter.Rendered:  nil,
		frontmatter.Unlisted:  {"unlisted"},
		frontmatter.ID:        {"id"},
		frontmatter.Permalink: {"url"},
		frontmatter.Summary:   {"summary"}, // a description is for search engines
		frontmatter.Authors:   {"authors", "author", "params.authors", "params.author"},
		frontmatter.Listed:    {"build.list", "_build.list"},
	} {
		keys.Names[field] = names
	}
	return keys
}()

func newHugo(site blog.Site, g generator.Site, data map[string][]byte) hugo {
	h := hugo{
		site: g, zone: site.Zone, contents: []content{{cmp.Or(strings.Trim(g.Text("contentDir"), "/"), "content") + "/", ""}},
		languages: map[string]bool{}, main: strings.ToLower(cmp.Or(g.Text("defaultContentLanguage"), "en")), bundles: map[string]bool{},
		chains: chainsOf(g),
	}
	h.ignored, _ = g.Ignored()
	languages, _ := g.Value("languages")
	for _, pair := range languages.Map {
		language := strings.ToLower(pair.Key)
		h.languages[language] = true
		if folder := strings.Trim(textIn(pair.Value.Map, "contentDir"), "/"); folder != "" {
			h.contents = append(h.contents, content{folder + "/", language})
		}
	}
	slices.SortStableFunc(h.contents, func(a, b content) int { return len(b.folder) - len(a.folder) })
	for _, name := range slices.Sorted(maps.Keys(data)) {
		if h.ignored.Has(name) {
			continue
		}
		if isIndex(name) {
			h.bundles[path.Dir(name)] = true
		}
		if isSection(name) {
			h.cascades = append(h.cascades, h.cascadesOf(name, data[name])...)
		}
	}
	top, _ := g.Value("cascade")
	h.cascades = append(h.cascades, cascadeList(cascade{}, top)...)
	slices.SortStableFunc(h.cascades, func(a, b cascade) int { return b.depth() - a.depth() })
	h.own = newOwnShortcodes(data)
	h.taxonomies = g.Taxonomies()
	return h
}

func (hugo) keys() frontmatter.Keys { return hugoKeys }

// passes reports whether a file is no page by where it lies: outside of the
// content, left out by the settings, the page of a section, or a resource of another page.
func (h hugo) passes(name string) bool {
	return h.contentOf(name).folder == "" || isSection(name) || h.inBundle(name) || h.ignored.Has(name)
}

// contentOf returns the folder of pages that a file lies in, the zero one if it
// lies in none.
func (h hugo) contentOf(name string) content {
	for _, c := range h.contents {
		if strings.HasPrefix(name, c.folder) {
			return c
		}
	}
	return content{}
}

// inBundle reports whether a file is a resource of a page: that of the folder it
// lies in, or of one above.
func (h hugo) inBundle(name string) bool {
	if isIndex(name) {
		name = path.Dir(name)
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if h.bundles[dir] {
			return true
		}
	}
	return false
}

// isIndex reports whether a file is the page of its folder.
func isIndex(name string) bool {
	base := path.Base(name)
	return isPostFile(name) && (strings.HasPrefix(base, "index."))
}

func (h hugo) state(r *reader) State {
	for _, c := range h.cascades {
		if h.hands(c, r.file.Path) {
			r.hold(withDefaults(r.block.Meta, c.values))
		}
	}
	if r.block.Format == frontmatter.None && (r.html() || notPosts[strings.ToLower(r.name.base)]) {
		return Other
	}
	if !h.isDated(r) {
		if r.block.Format != frontmatter.None {
			r.problems = append(r.problems, blog.Problem{File: r.file.Path, Line: 1, Severity: blog.Warning, Cause: "page without a date",
				Message: `the page has no date, and so is no post: expected "date" in its front matter`})
		}
		return Other
	}
	var without []frontmatter.Field
	if h.site.Is("buildDrafts") {
		without = append(without, frontmatter.Draft)
	}
	state := r.publicity(without...)
	if state == Draft || r.neverRendered() {
		return Draft
	}
	r.warnOfForeign("Hugo")
	if r.unlisted() {
		return Unlisted
	}
	return state
}

// isDated reports whether a page says when it was published, however well. Pages
// that do not are no posts, as those of documentation.
func (h hugo) isDated(r *reader) bool {
	for _, key := range h.chains[frontmatter.Published] {
		if key == ":filename" && r.name.date != "" {
			return true
		}
		if _, _, ok := r.only(frontmatter.Published, key); ok {
			return true
		}
	}
	return false
}

// neverRendered reports whether a page has no address of its own: Hugo shows such a
// one at most as a part of others.
func (r *reader) neverRendered() bool {
	if v, _, ok := frontmatter.Plain.Under(r.block.Meta, frontmatter.Any, "headless"); ok {
		if on, readable := v.Switch(); on || !readable {
			return true
		}
	}
	for _, key := range []string{"build", "_build"} {
		if v, _, ok := frontmatter.Plain.Under(r.block.Meta, frontmatter.Any, key); ok && notRendered[strings.ToLower(textIn(v.Map, "render"))] {
			return true
		}
	}
	return false
}

// notRendered are the values of build.render that leave a page out; link keeps only
// its address.
var notRendered = map[string]bool{"never": true, "false": true, "link": true}

// dates takes the first key of Hugo's chain that holds a date. A page without
// one would stay in Hugo's feeds with the year 1: it is left out instead.
func (h hugo) dates(r *reader) error {
	published, ok := h.first(r, frontmatter.Published)
	if !ok {
		return blog.Problem{File: r.file.Path, Line: 1, Severity: blog.Error, Message: `the page has no date: expected "date" in its front matter`}
	}
	r.post.Published, r.post.Updated = published, published
	if updated, ok := h.first(r, frontmatter.Updated); ok && updated.After(published) {
		r.post.Updated = updated
	}
	if expires, ok := h.first(r, frontmatter.Expires); ok && !h.site.Is("buildExpired") {
		r.post.Expires = expires
	}
	return nil
}

func (h hugo) first(r *reader, f frontmatter.Field) (time.Time, bool) {
	for _, key := range h.chains[f] {
		if key == ":filename" && r.name.date != "" {
			if d, err := frontmatter.ParseDate(r.name.date, h.zone); err == nil {
				return d.Time, true
			}
		}
		v, name, ok := r.only(f, key)
		if !ok {
			continue
		}
		d, err := frontmatter.ParseDate(v.Text, h.zone)
		if err != nil {
			r.warn(v.Line, name+": "+err.Error())
			continue
		}
		return d.Time, true
	}
	return time.Time{}, false
}

// summaryWords is how long an automatic summary is, at the end of a paragraph.
const summaryWords = 70

// more is the mark between summary and rest.
const more = "<!--more-->"

func (h hugo) texts(r *reader) {
	r.post.Language = h.language(r)
	r.post.Translation = h.languages[strings.ToLower(r.post.Language)] && !strings.EqualFold(r.post.Language, h.main)
	if r.html() {
		r.post.Markup = blog.HTML
	}
	if v, _, ok := r.find(frontmatter.Title); ok {
		r.post.Title = plainTitle(v.Text)
	}
	r.post.Carry = r.carry()
	r.post.Body = h.shortcodes(r, r.post.Body)
	head, _, marked := strings.Cut(string(r.post.Body), more)
	switch summary := r.text(frontmatter.Summary); {
	case marked:
		r.post.Excerpt = []byte(head)
	case summary != "" && r.post.Markup == blog.Markdown:
		r.post.Excerpt = []byte(summary) // it is Markdown too
	case summary != "":
		r.post.Summary = markdown.Written(summary)
	default:
		r.post.SummaryWords = summaryWords
	}
	if v, _, ok := r.only(frontmatter.Summary, "description"); ok {
		r.post.Description = markdown.Written(firstOf(v.Strings()))
	}
}

// language is that of the front matter, or of a file's name such as a.fr.md.
func (h hugo) language(r *reader) string {
	if said := r.language(); said != "" {
		return said
	}
	if ext := strings.ToLower(strings.TrimPrefix(path.Ext(r.name.base), ".")); h.languages[ext] {
		return ext
	}
	return h.contentOf(r.file.Path).language
}

// people fills in who wrote the page and its terms: those of each taxonomy of the
// site, categories as such and all others as tags.
func (h hugo) people(r *reader) {
	v, _, _ := r.find(frontmatter.Authors)
	r.authors(authorsOf(v))
	if len(r.post.Authors) == 0 {
		r.post.Authors = r.site.Authors
	}
	for _, key := range slices.Concat([]string{"categories"}, h.taxonomies, []string{"tags"}) {
		kind := blog.Tag
		switch strings.ToLower(key) {
		case "authors", "author":
			continue
		case "categories":
			kind = blog.Category
		}
		for _, pair := range r.block.Meta {
			if !strings.EqualFold(pair.Key, key) {
				continue
			}
			for _, name := range pair.Value.Strings() {
				r.term(kind, name)
			}
		}
	}
}
