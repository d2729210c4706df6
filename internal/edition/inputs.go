package edition

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
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/page"
)

// inputs is all that the bytes of documents depend on, apart from the posts.
type inputs struct {
	site   *paths.Site // with the settings
	theme  *page.Theme
	titles map[term.Key]string
	key    blog.Key  // of these
	common page.Site // what all pages say of the site
	link   string    // Link of the pages that show the main feed
}

// builtIn is the theme of editions that are given none.
var builtIn = sync.OnceValue(func() *page.Theme {
	theme, _ := page.Load(nil, "") // what is part of the program has no faults
	return theme
})

func newInputs(in Input) *inputs {
	site := paths.New(in.Site, in.Settings.WithDefaults())
	now := &inputs{site: site, theme: in.Theme, titles: term.Titles(in.Titles)}
	if now.theme == nil {
		now.theme = builtIn()
	}
	now.key, now.common, now.link = now.makeKey(), pages.CommonOf(now.site), feeds.LinkOfPage(now.site, term.Key{})
	return now
}

// makeKey returns the key of the inputs.
func (in *inputs) makeKey() blog.Key {
	var k blog.Keyer
	for _, part := range []any{in.site.Site, in.site.Settings} {
		text, _ := json.Marshal(part) // they hold nothing that JSON cannot say
		k.Bytes(text)
	}
	if zone := in.site.Zone; zone != nil {
		k.Text(zone.String())
		for _, month := range []time.Month{time.January, time.July} {
			k.Time(time.Date(2026, month, 1, 0, 0, 0, 0, zone))
		}
	}
	theme := in.theme.Hash()
	k.Bytes(theme[:])
	for _, at := range slices.SortedFunc(maps.Keys(in.titles), term.Compare) {
		k.Text(at.Kind, at.Slug, in.titles[at])
	}
	return k.Sum()
}

// Reserved are the paths at which there is, or may one day be, something else than the
// page of a post. Two that are deeply equal give the same answers.
type Reserved = paths.Reserved

// Reserve returns the paths that are reserved in a site of these settings and a theme;
// nil is the built-in one.
func Reserve(s Settings, theme *page.Theme) Reserved {
	if theme == nil {
		theme = builtIn()
	}
	var files []string
	for _, a := range theme.Assets() {
		files = append(files, a.Name)
	}
	for _, o := range outputs {
		files = append(files, o.path[1:])
	}
	return paths.Reserve(s, files)
}
