package generator

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/internal/frontmatter"
)

// FeedPath is where the generator writes its main feed, as its settings say;
// empty: at its usual path.
func (s Site) FeedPath() string {
	switch s.Kind {
	case Jekyll:
		return s.Text("feed.collections.posts.path", "feed.path")
	case Hugo:
		if name := s.Text("outputFormats.rss.baseName"); name != "" {
			return "/" + strings.Trim(name, "/") + ".xml"
		}
	}
	return ""
}

// Languages are those, in lower case, whose pages lie in a folder of their own at
// the top of the site.
func (s Site) Languages() []string {
	if s.Kind != Hugo {
		return nil
	}
	var all []string
	main := strings.ToLower(cmp.Or(s.Text("defaultContentLanguage"), "en"))
	languages, _ := s.Value("languages")
	for _, pair := range languages.Map {
		if language := strings.ToLower(pair.Key); language != main || s.Is("defaultContentLanguageInSubdir") {
			all = append(all, language)
		}
	}
	slices.Sort(all)
	return all
}

// TermPages are the paths, with * for the slug, of the pages that the generator
// itself makes for the posts of a category, tag, author, section or language, by
// the name of the list: "tags". A list that it makes no pages for is absent.
func (s Site) TermPages() map[string]string {
	switch s.Kind {
	case Jekyll:
		return s.archives()
	case Hugo:
		pages := map[string]string{"sections": "/*/"}
		if len(s.Languages()) > 0 {
			pages["languages"] = "/*/"
		}
		for _, name := range s.Taxonomies() {
			if kind := strings.ToLower(name); kind == "categories" || kind == "tags" || kind == "authors" {
				pages[kind] = "/" + name + "/*/"
			}
		}
		return pages
	}
	return nil
}

// Taxonomies are Hugo's lists of terms, as they are called in paths.
func (s Site) Taxonomies() []string {
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

// archives are the pages of the plugin jekyll-archives.
func (s Site) archives() map[string]string {
	pages := map[string]string{}
	enabled, _ := s.Value("jekyll-archives.enabled")
	for _, one := range []struct{ list, kind, usual string }{
		{"categories", "category", "/category/:name/"}, {"tags", "tag", "/tag/:name/"},
	} {
		on := slices.Contains(enabled.Strings(), one.list) || enabled.Kind != frontmatter.List && slices.Contains([]string{"all", "true"}, enabled.Text)
		pattern := cmp.Or(s.Text("jekyll-archives.permalinks."+one.kind), one.usual)
		if on && strings.Contains(pattern, ":name") {
			pages[one.list] = "/" + strings.TrimLeft(strings.Replace(pattern, ":name", "*", 1), "/")
		}
	}
	return pages
}
