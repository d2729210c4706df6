package post

import (
	"path"
	"slices"
	"strings"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/generator"
)

// chainsOf returns the keys that Hugo looks for a date under, by field: those of
// the settings, in which ":default" stands for Hugo's own.
func chainsOf(g generator.Site) map[frontmatter.Field][]string {
	chains := map[frontmatter.Field][]string{
		frontmatter.Published: {"publishdate", "pubdate", "published"},
		frontmatter.Updated:   hugoKeys.Names[frontmatter.Updated],
		frontmatter.Expires:   hugoKeys.Names[frontmatter.Expires],
		frontmatter.PageDate:  {"date", "publishdate", "pubdate", "published", "lastmod", "modified"},
	}
	stated := map[frontmatter.Field]string{
		frontmatter.PageDate: "frontmatter.date", frontmatter.Updated: "frontmatter.lastmod",
		frontmatter.Published: "frontmatter.publishDate", frontmatter.Expires: "frontmatter.expiryDate",
	}
	for field, key := range stated {
		v, ok := g.Value(key)
		if !ok {
			continue
		}
		var keys []string
		for _, name := range v.Strings() {
			if name = strings.ToLower(name); name == ":default" {
				keys = append(keys, chains[field]...)
				continue
			}
			keys = append(keys, name)
		}
		chains[field] = keys
	}
	// What no key of its own says is what the page's date says.
	chains[frontmatter.Published] = append(slices.Clone(chains[frontmatter.Published]), chains[frontmatter.PageDate]...)
	return chains
}

// isSection reports whether a file is the page of a section.
func isSection(name string) bool {
	return isPostFile(name) && strings.HasPrefix(path.Base(name), "_index.")
}

// cascadesOf reads what the page of a section hands down.
func cascadesOf(name string, text []byte) []defaults {
	block, err := frontmatter.Parse(name, text)
	if err != nil {
		return nil
	}
	for _, pair := range block.Meta {
		if strings.EqualFold(pair.Key, "cascade") {
			return cascadeList(path.Dir(name), pair.Value)
		}
	}
	return nil
}

// cascadeList reads values for the pages below a folder: a map, or a list of
// maps, each of which may name the pages that it is meant for.
func cascadeList(dir string, v frontmatter.Value) []defaults {
	if v.Kind == frontmatter.List {
		var all []defaults
		for _, one := range v.List {
			all = append(all, cascadeList(dir, one)...)
		}
		return all
	}
	d := defaults{path: dir}
	for _, pair := range v.Map {
		switch strings.ToLower(pair.Key) {
		case "_target", "target":
			kind := textIn(pair.Value.Map, "kind")
			if kind != "" && kind != "page" || textIn(pair.Value.Map, "environment", "lang") != "" {
				return nil
			}
			if below := strings.Trim(strings.TrimRight(textIn(pair.Value.Map, "path"), "*"), "/{}"); below != "" {
				d.path = path.Join("content", below)
			}
		default:
			d.values = append(d.values, pair)
		}
	}
	if d.values == nil {
		return nil
	}
	return []defaults{d}
}

// withDefaults adds values for keys that the metadata does not have, in any case.
func withDefaults(m, values frontmatter.Pairs) frontmatter.Pairs {
	for _, pair := range values {
		if !slices.ContainsFunc(m, func(p frontmatter.Pair) bool { return strings.EqualFold(p.Key, pair.Key) }) {
			m = append(slices.Clip(m), pair)
		}
	}
	return m
}
