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

// withDefaults adds values for keys that the metadata does not have, in any case.
func withDefaults(m, values frontmatter.Pairs) frontmatter.Pairs {
	for _, pair := range values {
		if !slices.ContainsFunc(m, func(p frontmatter.Pair) bool { return strings.EqualFold(p.Key, pair.Key) }) {
			m = append(slices.Clip(m), pair)
		}
	}
	return m
}
