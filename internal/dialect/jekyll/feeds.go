package jekyll

import (
	"cmp"
	"strings"

	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter/meta"
)

// termPaths returns where the feed plugin writes the feeds of categories, tags and
// collections that its settings list.
func termPaths(g settings.Site) map[string]string {
	all := map[string]string{}
	categories, ok := g.Value("feed.collections.posts.categories")
	if !ok {
		categories, _ = g.Value("feed.categories")
	}
	for _, category := range categories.Strings() {
		all["categories/"+category] = "/feed/" + category + ".xml"
	}
	for _, c := range collectionsOf(g) {
		if !c.hasFeed {
			continue
		}
		all["sections/"+c.label] = c.path("")
		for _, category := range c.categories {
			all["sections/"+part(c, category)] = c.path(category)
		}
	}
	tagPaths(g, all)
	return all
}

// tagPaths adds those of tags, if there are any.
func tagPaths(g settings.Site, all map[string]string) {
	tags, _ := g.Value("feed.tags")
	if isOn, isSwitch := tags.Bool(); tags.Kind == meta.Null || isSwitch && !isOn {
		return
	}
	folder := "/" + strings.TrimLeft(cmp.Or(g.Text("feed.tags.path"), "/feed/by_tag/"), "/")
	all["tags/*"] = folder + "*.xml"
	only, ok := g.Value("feed.tags.only")
	if ok {
		all["tags/*"] = ""
	}
	for _, tag := range only.Strings() {
		all["tags/"+tag] = folder + tag + ".xml"
	}
	except, _ := g.Value("feed.tags.except")
	for _, tag := range except.Strings() {
		all["tags/"+tag] = ""
	}
}
