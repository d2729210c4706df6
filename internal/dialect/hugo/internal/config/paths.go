package config

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter/meta"
)

// FeedPath is where the settings move the main feed to.
func FeedPath(s settings.Site) string {
	if name := s.Text("outputFormats.rss.baseName"); name != "" {
		return "/" + strings.Trim(name, "/") + ".xml"
	}
	return ""
}

// MainLanguage is the language, in lower case, whose pages have no folder of their
// own.
func MainLanguage(s settings.Site) string {
	return strings.ToLower(cmp.Or(s.Text("defaultContentLanguage"), "en"))
}

// Languages are those whose pages lie in a folder of their own.
func Languages(s settings.Site) []string {
	var all []string
	stated, _ := s.Value("languages")
	disabled := DisabledLanguages(s)
	for _, pair := range stated.Map {
		if language := strings.ToLower(pair.Key); disabled[language] {
			continue
		} else if language != MainLanguage(s) || s.Is("defaultContentLanguageInSubdir") {
			all = append(all, language)
		}
	}
	slices.Sort(all)
	return all
}

// DisabledLanguages are those, in lower case, whose pages are not published. The main
// one cannot be.
func DisabledLanguages(s settings.Site) map[string]bool {
	all := map[string]bool{}
	list, _ := s.Value("disableLanguages")
	for _, language := range list.Strings() {
		for one := range strings.FieldsSeq(language) {
			all[strings.ToLower(one)] = true
		}
	}
	stated, _ := s.Value("languages")
	for _, pair := range stated.Map {
		if off, _, ok := meta.Plain.FindKey(pair.Value.Map, meta.Any, "disabled"); ok {
			if on, readable := off.Switch(); on || !readable {
				all[strings.ToLower(pair.Key)] = true
			}
		}
	}
	delete(all, MainLanguage(s))
	return all
}

// TermPages are the pages of sections, languages and taxonomies.
func TermPages(s settings.Site) map[string]string {
	pages := map[string]string{"sections": "/*/"}
	if len(Languages(s)) > 0 {
		pages["languages"] = "/*/"
	}
	for _, name := range Taxonomies(s) {
		if kind := strings.ToLower(name); kind == "categories" || kind == "tags" || kind == "authors" {
			pages[kind] = "/" + name + "/*/"
		}
	}
	return pages
}

// Taxonomies are Hugo's lists of terms, as they are called in paths.
func Taxonomies(s settings.Site) []string {
	v, ok := s.Value("taxonomies")
	if !ok {
		return []string{"categories", "tags"}
	}
	var all []string
	for _, pair := range v.Map {
		if pair.Value.Text != "" {
			all = append(all, pair.Value.Text)
		}
	}
	return all
}

// Themes are the site's, the nearest first.
func Themes(s settings.Site) []string {
	v, _ := s.Value("theme")
	return v.Strings()
}
