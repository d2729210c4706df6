package jekyll

import (
	"path"
	"slices"
	"strings"

	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"

	"golang.org/x/text/unicode/norm"
)

// defaults are front matter values for the posts within a scope.
type defaults struct {
	path   string // folder or pattern of paths; empty: all
	kind   string // type of document; empty: all
	values meta.Pairs
}

// defaultsOf reads the settings' defaults, the most specific first: those of the
// deeper path, then those that name a type, then those written later.
func defaultsOf(g settings.Site) []defaults {
	list, _ := g.Value("defaults")
	var all []defaults
	for _, one := range list.List {
		scope, _ := one.Map.Get("scope")
		given, _ := one.Map.Get("values")
		kind := values.TextIn(scope.Map, "type")
		if kind == "post" { // as Jekyll 2 called them
			kind = "posts"
		}
		at := norm.NFC.String(strings.Trim(values.TextIn(scope.Map, "path"), "/"))
		if within, ok := below(collectionsDir(g), at); ok {
			at = within
		}
		all = append(all, defaults{path: at, kind: kind, values: given.Map})
	}
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b defaults) int {
		if d := len(b.path) - len(a.path); d != 0 {
			return d
		}
		return len(b.kind) - len(a.kind)
	})
	return all
}

// applyDefaults adds what the front matter does not say.
func (j jekyll) applyDefaults(r *rules.Reading) {
	kind, file := "posts", r.File.Path
	if c, _, ok := j.collectionOf(file); ok {
		kind = c.label
	}
	file, _ = below(j.dir, file)
	for _, d := range j.defaults {
		if !d.covers(kind, file) {
			continue
		}
		for _, pair := range d.values {
			if _, said := r.Block.Meta.Get(pair.Key); !said {
				r.SetMeta(append(slices.Clip(r.Block.Meta), pair))
			}
		}
	}
}

func (d defaults) covers(kind, file string) bool {
	if d.kind != "" && d.kind != kind {
		return false
	}
	file = norm.NFC.String(file)
	if strings.Contains(d.path, "*") {
		// What a pattern matches may be a folder, and covers all below it.
		for pattern := strings.ReplaceAll(d.path, "**", "*"); file != "."; file = path.Dir(file) {
			if matches, err := path.Match(pattern, file); err == nil && matches {
				return true
			}
		}
		return false
	}
	return d.path == "" || file == d.path || strings.HasPrefix(file, d.path+"/")
}
