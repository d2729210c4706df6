// Package hugo is the dialect of Hugo, with its sections, bundles, languages and
// shortcodes.
package hugo

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// Dialect is that of Hugo.
var Dialect = &rules.Dialect{
	Name: "hugo",
	Folder: rules.Folder{
		Settings: settingsFiles, Posts: "content", IsOwn: isOwn, Further: slices.Concat(partFiles(), elsewhere()), Complete: complete,
	},
	Publication: publication,
	FutureKey:   "buildFuture",
	Static:      "static",
	Ignored:     []string{"public", "resources", "themes"},
	LeavesOut: func(s settings.Site) func(string) bool {
		files, _ := ignoredBy(s)
		return files.has
	},
	Publishes: func(_ settings.Site, name string) bool { return strings.HasPrefix(name, "static/") },
	IsData:    func(name string) bool { return isIndex(name) || isSection(name) || shortcodeName(name) != "" },
	IsBundle:  func(name string) bool { return strings.HasPrefix(path.Base(name), "index.") },
	Feeds: rules.Feeds{
		Format: "rss", Main: []string{"/index.xml"}, SameName: true, Path: feedPath,
		Terms: map[string]string{
			"categories": "/categories/*/index.xml", "tags": "/tags/*/index.xml", "authors": "/authors/*/index.xml",
			"sections": "/*/index.xml", "languages": "/*/index.xml",
		},
	},
	Languages: languages,
	TermPages: termPages,
	Titles:    titles,
	Posts: func(src rules.Source) rules.Posts {
		h := newHugo(src)
		return rules.Posts{
			Keys: keys, Ignores: h.ignores, State: h.state, Dates: h.dates, Comments: comments,
			Texts: h.texts, AuthorsAndTerms: h.authorsAndTerms, Links: h.links,
		}
	},
}

// hugo is the dialect of Hugo, followed to the letter where subscribers would
// notice: which pages there are, addresses (which are the ids), dates, titles.
type hugo struct {
	site       settings.Site
	zone       *time.Location
	contents   []content // the folders of pages, the deeper ones first
	taxonomies []string
	languages  map[string]bool // of the site; empty: it has but one
	main       string          // the language whose pages have no folder of their own
	bundles    map[string]bool // folders that are one page with its resources
	sections   map[string]bool // folders with a page of their own
	cascades   []cascade       // what section pages hand down, the nearest first
	dateKeys   map[meta.Field][]string
	shortcodes siteShortcodes
	ignored    ignored // files that the settings leave out
}

// content is a folder of pages.
type content struct {
	folder   string // with a slash at its end
	language string // of the pages in it; empty: as they say
}

func newHugo(src rules.Source) hugo {
	g := src.Settings
	h := hugo{
		site: g, zone: src.Site.Zone, contents: []content{{cmp.Or(strings.Trim(g.Text("contentDir"), "/"), "content") + "/", ""}},
		languages: map[string]bool{}, main: mainLanguage(g), bundles: map[string]bool{}, sections: map[string]bool{},
		dateKeys: dateKeysOf(g), shortcodes: newSiteShortcodes(src.Data), taxonomies: taxonomies(g),
	}
	h.ignored, _ = ignoredBy(g)
	languages, _ := g.Value("languages")
	for _, pair := range languages.Map {
		language := strings.ToLower(pair.Key)
		h.languages[language] = true
		if folder := strings.Trim(values.TextIn(pair.Value.Map, "contentDir"), "/"); folder != "" {
			h.contents = append(h.contents, content{folder + "/", language})
		}
	}
	slices.SortStableFunc(h.contents, func(a, b content) int { return len(b.folder) - len(a.folder) })
	for _, name := range slices.Sorted(maps.Keys(src.Data)) {
		if h.ignored.has(name) {
			continue
		}
		if isIndex(name) {
			h.bundles[path.Dir(name)] = true
		}
		if isSection(name) {
			h.sections[path.Dir(name)] = true
			h.cascades = append(h.cascades, h.cascadesOf(name, src.Data[name])...)
		}
	}
	top, _ := g.Value("cascade")
	h.cascades = append(h.cascades, cascadeList(cascade{}, top)...)
	slices.SortStableFunc(h.cascades, func(a, b cascade) int { return b.depth() - a.depth() })
	return h
}

// ignores reports whether a file is no page by where it lies: outside of the
// content, left out by the settings, the page of a section, or a resource of another page.
func (h hugo) ignores(name string) bool {
	return h.contentOf(name).folder == "" || isSection(name) || h.inBundle(name) || h.ignored.has(name)
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
	return paths.IsPage(name) && (strings.HasPrefix(base, "index."))
}

func (h hugo) state(r *rules.Reading) rules.State {
	for _, c := range h.cascades {
		if h.hands(c, r.File.Path) {
			r.SetMeta(withDefaults(r.Block.Meta, c.values))
		}
	}
	if r.IsAside() {
		return rules.Other
	}
	if !h.isDated(r) {
		if r.Block.Format != frontmatter.None {
			r.Report(blog.Problem{File: r.File.Path, Line: 1, Severity: blog.Warning, Cause: "page without a date",
				Message: `the page has no date, and so is no post: expected "date" in its front matter`})
		}
		return rules.Other
	}
	var without []meta.Field
	if h.site.Is("buildDrafts") {
		without = append(without, meta.Draft)
	}
	state := r.Publicity(without...)
	if state == rules.Draft || neverRendered(r) {
		return rules.Draft
	}
	r.WarnOfForeign("Hugo")
	if r.IsUnlisted() {
		return rules.Unlisted
	}
	return state
}

// isDated reports whether a page says when it was published, however well. Pages
// that do not are no posts, as those of documentation.
func (h hugo) isDated(r *rules.Reading) bool {
	for _, key := range h.dateKeys[meta.Published] {
		if key == ":filename" && r.Name.Date != "" {
			return true
		}
		if _, _, ok := r.Lookup(meta.Published, key); ok {
			return true
		}
	}
	return false
}

// neverRendered reports whether a page has no address of its own: Hugo shows such a
// one at most as a part of others.
func neverRendered(r *rules.Reading) bool {
	if v, _, ok := meta.Plain.FindKey(r.Block.Meta, meta.Any, "headless"); ok {
		if on, readable := v.Switch(); on || !readable {
			return true
		}
	}
	for _, key := range []string{"build", "_build"} {
		if v, _, ok := meta.Plain.FindKey(r.Block.Meta, meta.Any, key); ok && notRendered[strings.ToLower(values.TextIn(v.Map, "render"))] {
			return true
		}
	}
	return false
}

// notRendered are the values of build.render that leave a page out; link keeps only
// its address.
var notRendered = map[string]bool{"never": true, "false": true, "link": true}

// isSection reports whether a file is the page of a section.
func isSection(name string) bool {
	return paths.IsPage(name) && strings.HasPrefix(path.Base(name), "_index.")
}
