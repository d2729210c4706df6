// Package hugo is the dialect of Hugo, with its sections, bundles, languages and
// shortcodes.
package hugo

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/hugo/internal/config"
	"broadsheet/internal/dialect/hugo/internal/section"
	"broadsheet/internal/dialect/hugo/layout"
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

// Dialect is that of Hugo.
var Dialect = &rules.Dialect{
	Name: "hugo",
	Folder: rules.Folder{
		Settings: config.Files, Posts: "content", IsOwn: config.IsOwn, Further: config.Further(), Parts: config.Folders(), Complete: complete,
	},
	Extensions:    section.Formats,
	Publication:   config.Publication,
	FutureKey:     futureKey,
	Static:        "static",
	Ignored:       []string{"public", "resources"},
	IgnoresFolder: layout.Ignores,
	LeavesOut: func(s settings.Site) func(string) bool {
		files, _ := config.IgnoredBy(s)
		return func(name string) bool { return strings.HasPrefix(name, "themes/") || files.Has(name) }
	},
	Publishes: func(_ settings.Site, name string) bool { return strings.HasPrefix(name, "static/") },
	IsData:    func(name string) bool { return isIndex(name) || section.Is(name) || layout.IsOne(name) },
	IsBundle:  func(name string) bool { return strings.HasPrefix(path.Base(name), "index.") },
	Feeds: rules.Feeds{
		Format: "rss", Main: []string{"/index.xml"}, SameName: true, Path: config.FeedPath,
		Terms: map[string]string{
			"categories": "/categories/*/index.xml", "tags": "/tags/*/index.xml", "authors": "/authors/*/index.xml",
			"sections": "/*/index.xml", "languages": "/*/index.xml",
		},
	},
	Languages: config.Languages,
	Others:    others,
	Alike:     func(s settings.Site) func(file, ref string) []string { return bySettings(s).alike },
	Short:     func(s settings.Site) func(file string) string { return bySettings(s).short },
	TermPages: config.TermPages,
	Titles:    titles,
	Flavour:   config.Flavour,
	Posts: func(src rules.Source) rules.Posts {
		h := newHugo(src)
		return rules.Posts{
			Keys: keys, Ignores: h.ignores, Ignored: h.tellOf, State: h.state, Dates: h.dates, Comments: comments,
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
	languages  map[string]bool           // of the site, those too that are disabled; empty: it has but one
	disabled   map[string]bool           // languages whose pages are not published
	main       string                    // the language whose pages have no folder of their own
	bundles    map[string]bool           // folders that are one page with its resources
	sections   map[string]bool           // folders that are sections, besides those at the top
	holds      map[string]section.Hold   // what keeps back the sections that have a page, by folder and language
	reader     section.Reader            // of the pages of sections
	told       map[string][]blog.Problem // what is wrong with the pages of sections, by path
	cascades   []cascade                 // what section pages hand down, the nearest first
	dateKeys   map[meta.Field][]string
	layouts    *layout.Set
	params     map[string]any // of the site
	renderer   func() *markdown.Renderer
	ignored    config.Ignored // files that the settings leave out
	published  []string       // keys of the date of publication alone

	handsToSections bool // whether a cascade is meant for other pages than regular ones too
}

// content is a folder of pages.
type content struct {
	folder   string // with a slash at its end
	language string // of the pages in it; empty: as they say
}

func newHugo(src rules.Source) hugo {
	g := src.Settings
	h := bySettings(g)
	h.reader.Zone = src.Site.Zone
	h.zone, h.layouts = src.Site.Zone, layout.New(src.Data, config.Themes(g))
	h.renderer = sync.OnceValue(func() *markdown.Renderer {
		return markdown.New(markdown.Options{Typographer: config.Typographer(g) == "true", Emoji: g.Is("enableEmoji"), Flavour: config.Flavour(g)})
	})
	var pages []string // of sections
	for _, name := range slices.Sorted(maps.Keys(src.Data)) {
		if h.ignored.Has(name) {
			continue
		}
		if isIndex(name) {
			h.bundles[path.Dir(name)] = true
		}
		if section.Is(name) && h.contentOf(name).folder != "" && !h.disabled[h.languageOf(name)] {
			pages = append(pages, name)
			h.sections[path.Dir(name)] = true
			h.cascades = append(h.cascades, h.cascadesOf(name, src.Data[name])...)
		}
	}
	top, _ := g.Value("cascade")
	handed, _ := h.cascadeList(cascade{}, top)
	h.cascades = append(h.cascades, handed...)
	slices.SortStableFunc(h.cascades, func(a, b cascade) int { return b.depth() - a.depth() })
	h.handsToSections = slices.ContainsFunc(h.cascades, func(c cascade) bool { return c.meantFor("section") || c.meantFor("home") })
	for _, name := range pages {
		h.readSection(name, src.Data[name])
	}
	return h
}

// bySettings is the dialect as far as the settings say.
func bySettings(g settings.Site) hugo {
	h := hugo{
		site: g, contents: []content{{cmp.Or(strings.Trim(g.Text("contentDir"), "/"), "content") + "/", ""}},
		languages: map[string]bool{}, main: config.MainLanguage(g), bundles: map[string]bool{}, sections: map[string]bool{}, holds: map[string]section.Hold{}, told: map[string][]blog.Problem{},
		disabled: config.DisabledLanguages(g), published: publicationKeys(g), dateKeys: dateKeysOf(g), taxonomies: config.Taxonomies(g),
	}
	h.ignored, _ = config.IgnoredBy(g)
	h.reader = section.Reader{
		Keys: keys, Published: h.published, Expires: h.dateKeys[meta.Expires],
		Drafts: g.Is("buildDrafts"), Future: g.Is(futureKey), Expired: g.Is("buildExpired"),
	}
	params, _ := g.Value("params")
	h.params = asMap(params.Map)
	languages, _ := g.Value("languages")
	for _, pair := range languages.Map {
		language := strings.ToLower(pair.Key)
		h.languages[language] = true
		if folder := strings.Trim(values.TextIn(pair.Value.Map, "contentDir"), "/"); folder != "" {
			h.contents = append(h.contents, content{folder + "/", language})
		}
	}
	slices.SortStableFunc(h.contents, func(a, b content) int { return len(b.folder) - len(a.folder) })
	return h
}

// ignores reports whether a file is no page by where it lies: outside of the
// content, in a language that is disabled, left out by the settings, the page of a section, or a resource of another page.
func (h hugo) ignores(name string) bool {
	return h.disabled[h.languageOf(name)] || h.contentOf(name).folder == "" || !isPage(name) || section.Is(name) || h.inBundle(name) || h.ignored.Has(name)
}

// tellOf reports what is wrong with the page of a section.
func (h hugo) tellOf(r *rules.Reading) {
	for _, p := range h.told[r.File.Path] {
		r.Report(p)
	}
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
	return strings.HasPrefix(base, "index.") && isPage(name)
}

func isPage(name string) bool { return paths.IsPage(name) }

func (h hugo) state(r *rules.Reading) rules.State {
	if len(h.cascades) > 0 {
		r.SetMeta(h.handedTo(r.File.Path, "page", r.Block.Meta))
	}
	if r.IsAside() {
		return rules.Other
	}
	if !h.isDated(r) {
		if r.Block.Format != frontmatter.None {
			r.Report(blog.Problem{File: r.File.Path, Line: 1, Severity: blog.Warning, Cause: "page without a date",
				Message: `the page has no date, and so is no post: expected "date" in its front matter`})
			if !withholds(r) {
				r.Address = h.addressOfOther(r)
			}
		}
		return rules.Other
	}
	var without []meta.Field
	if h.site.Is("buildDrafts") {
		without = append(without, meta.Draft)
	}
	state := r.Publicity(without...)
	if state == rules.Draft || neverRendered(r) || h.liesInDraft(r) {
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
	for _, pair := range r.Block.Meta {
		if v := pair.Value; section.IsBuild(pair.Key) && v.Kind != meta.Map && v.Said() {
			r.Report(blog.Problem{File: r.File.Path, Line: v.Line, Severity: blog.Error, Message: section.CannotBeRead(pair.Key, v, "a mapping") + ", so the page is kept back"})
			return true
		}
	}
	if v, _, ok := meta.Plain.FindKey(r.Block.Meta, meta.Any, "headless"); ok {
		if on, readable := v.Switch(); on || !readable {
			return true
		}
	}
	said := buildOption(r, "render")
	return said != "" && said != "always" && said != "true"
}

// buildOption is what the front matter says under build, in lower case.
func buildOption(r *rules.Reading, option string) string {
	for _, key := range []string{"build", "_build"} {
		if v, _, ok := meta.Plain.FindKey(r.Block.Meta, meta.Any, key); ok {
			if said := values.TextIn(v.Map, option); said != "" {
				return strings.ToLower(said)
			}
		}
	}
	return ""
}

// withholds reports whether what lies beside a page is not published with it. A word that nobody
// can read withholds it too.
func withholds(r *rules.Reading) bool {
	said := buildOption(r, "publishResources")
	return said != "" && said != "true"
}
