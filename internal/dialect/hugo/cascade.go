package hugo

import (
	"path"
	"slices"
	"strings"

	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"

	"golang.org/x/text/unicode/norm"
)

// cascade is values that a section hands down to the pages below it.
type cascade struct {
	folder   string // of the section; empty: the whole site
	below    string // where the pages are, from the content on; empty: anywhere
	language string // of the pages, in lower case; empty: any
	values   meta.Pairs
}

// depth is how near a cascade is to its pages: the deeper one is asked first.
func (c cascade) depth() int { return max(len(c.folder), len(c.below)) }

// hands reports whether a cascade is meant for the page of a file.
func (h hugo) hands(c cascade, file string) bool {
	if c.folder != "" && !strings.HasPrefix(file, c.folder+"/") || c.language != "" && c.language != strings.ToLower(h.languageOf(file)) {
		return false
	}
	at := norm.NFC.String(strings.TrimPrefix(file, h.contentOf(file).folder))
	return c.below == "" || strings.HasPrefix(at, c.below+"/") || strings.TrimSuffix(at, path.Ext(at)) == c.below
}

// cascadesOf reads what the page of a section hands down. Sections of one folder
// in two languages are two sections.
func (h hugo) cascadesOf(name string, text []byte) []cascade {
	block, err := frontmatter.Parse(name, text)
	if err != nil {
		return nil
	}
	for _, pair := range block.Meta {
		if strings.EqualFold(pair.Key, "cascade") {
			return cascadeList(cascade{folder: path.Dir(name), language: strings.ToLower(h.languageOf(name))}, pair.Value)
		}
	}
	return nil
}

// cascadeList reads values for the pages that c is meant for: a map, or a list of
// maps, each of which may name some of these pages.
func cascadeList(c cascade, v meta.Value) []cascade {
	if v.Kind == meta.List {
		var all []cascade
		for _, one := range v.List {
			all = append(all, cascadeList(c, one)...)
		}
		return all
	}
	c.values = nil
	for _, pair := range v.Map {
		switch strings.ToLower(pair.Key) {
		case "_target", "target":
			if !c.aim(pair.Value.Map) {
				return nil
			}
		default:
			c.values = append(c.values, pair)
		}
	}
	if c.values == nil {
		return nil
	}
	return []cascade{c}
}

// aim narrows a cascade to its target; false if that is none of the pages of a
// published site.
func (c *cascade) aim(target meta.Pairs) bool {
	said := func(key string) string { return strings.ToLower(values.TextIn(target, key)) }
	if kind := said("kind"); kind != "" && !matchesOne(kind, "page") {
		return false
	}
	if environment := said("environment"); environment != "" && !matchesOne(environment, "production") {
		return false
	}
	if language := said("lang"); language != "" {
		if c.language != "" && c.language != language {
			return false
		}
		c.language = language
	}
	c.below = norm.NFC.String(strings.Trim(strings.TrimRight(values.TextIn(target, "path"), "*"), "/{}"))
	return true
}

// matchesOne reports whether a pattern such as "page" or "{page,section}" matches a
// word.
func matchesOne(pattern, word string) bool {
	for one := range strings.SplitSeq(strings.Trim(pattern, "{}"), ",") {
		if matches, err := path.Match(strings.TrimSpace(one), word); err == nil && matches {
			return true
		}
	}
	return false
}

// withDefaults adds values for keys that the metadata does not have, in any case.
func withDefaults(m, values meta.Pairs) meta.Pairs {
	for _, pair := range values {
		if !slices.ContainsFunc(m, func(p meta.Pair) bool { return strings.EqualFold(p.Key, pair.Key) }) {
			m = append(slices.Clip(m), pair)
		}
	}
	return m
}
