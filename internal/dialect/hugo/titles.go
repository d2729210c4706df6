package hugo

import (
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/dialect/hugo/internal/section"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// titles takes what a site calls its sections and terms from the pages of these
// lists, _index.md, in the site's main language before any other.
func titles(src rules.Source) map[string]string {
	titles := map[string]string{}
	h := newHugo(src)
	for language := range h.languages {
		if title := h.site.Text("languages." + language + ".title"); title != "" && !h.disabled[language] {
			titles["languages/"+language] = title
		}
	}
	inMain := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(src.Data)) {
		at := h.listOf(name)
		if at == "" {
			continue
		}
		title, main := titleOf(name, src.Data[name]), strings.EqualFold(h.languageOf(name), h.main)
		if title != "" && (titles[at] == "" || main && !inMain[at]) {
			titles[at], inMain[at] = title, main
		}
	}
	return titles
}

// listOf returns which list a file is the page of; empty: none that has feeds.
func (h hugo) listOf(name string) string {
	folder := h.contentOf(name).folder
	if folder == "" || !section.Is(name) {
		return ""
	}
	segments := strings.Split(strings.TrimPrefix(name, folder), "/")
	isTaxonomy := slices.ContainsFunc(h.taxonomies, func(t string) bool { return strings.EqualFold(t, segments[0]) })
	switch {
	case len(segments) == 2 && !isTaxonomy:
		return "sections/" + segments[0]
	case len(segments) == 3 && isTaxonomy:
		return strings.ToLower(segments[0]) + "/" + segments[1]
	}
	return ""
}

// languageOf is that of a file's name, such as a.fr.md, else that of its folder,
// else the main one.
func (h hugo) languageOf(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if ext := strings.ToLower(strings.TrimPrefix(path.Ext(base), ".")); h.languages[ext] {
		return ext
	}
	if language := h.contentOf(name).language; language != "" {
		return language
	}
	return h.main
}

func titleOf(name string, text []byte) string {
	block, err := frontmatter.Parse(name, text)
	if err != nil {
		return ""
	}
	v, _, _ := keys.Find(block.Meta, meta.Title)
	return values.Title(v.Text)
}
