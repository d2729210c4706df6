// Package inputs gathers all that documents depend on apart from the posts.
package inputs

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/feeds"
	"broadsheet/internal/edition/internal/pages"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/page"
)

// Inputs are all that the bytes of documents depend on, apart from the posts. They never
// change.
type Inputs struct {
	Site   *paths.Site // with the settings
	Theme  *page.Theme
	Titles map[term.Key]string
	Key    blog.Key // of these

	Common page.Site // what all pages say of the site
	Link   string    // Link of the pages that show the main feed
}

// Options are what New makes the inputs of.
type Options struct {
	Site     blog.Site
	Settings settings.Settings
	Theme    *page.Theme       // nil: the built-in one
	Titles   map[string]string // see term.Titles
}

// New returns the inputs.
func New(o Options) *Inputs {
	site := paths.New(o.Site, o.Settings.WithDefaults())
	in := &Inputs{Site: site, Theme: o.Theme, Titles: term.Titles(o.Titles)}
	if in.Theme == nil {
		in.Theme = BuiltIn()
	}
	in.Key, in.Common, in.Link = in.makeKey(), pages.CommonOf(site), feeds.LinkOfPage(site, term.Key{})
	return in
}

// BuiltIn returns the built-in theme.
var BuiltIn = sync.OnceValue(func() *page.Theme {
	theme, _ := page.Load(nil, "") // what is part of the program has no faults
	return theme
})

// Reserve returns the paths that are reserved by settings, by a theme, nil being the
// built-in one, and by other documents at these paths.
func Reserve(s settings.Settings, theme *page.Theme, others []string) paths.Reserved {
	if theme == nil {
		theme = BuiltIn()
	}
	var files []string
	for _, a := range theme.Assets() {
		files = append(files, a.Name)
	}
	for _, path := range others {
		files = append(files, path[1:])
	}
	return paths.Reserve(s, files)
}

// makeKey returns the key of the inputs.
func (in *Inputs) makeKey() blog.Key {
	var k blog.Keyer
	for _, part := range []any{in.Site.Site, in.Site.Settings} {
		text, _ := json.Marshal(part) // they hold nothing that JSON cannot say
		k.Bytes(text)
	}
	if zone := in.Site.Zone; zone != nil {
		k.Text(zone.String())
		for _, month := range []time.Month{time.January, time.July} {
			k.Time(time.Date(2026, month, 1, 0, 0, 0, 0, zone))
		}
	}
	theme := in.Theme.Hash()
	k.Bytes(theme[:])
	for _, at := range slices.SortedFunc(maps.Keys(in.Titles), term.Compare) {
		k.Text(at.Kind, at.Slug, in.Titles[at])
	}
	return k.Sum()
}
