package jekyll

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter/meta"
)

// archives are the pages of the plugin jekyll-archives.
func archives(s settings.Site) map[string]string {
	pages := map[string]string{}
	enabled, _ := s.Value("jekyll-archives.enabled")
	for _, one := range []struct{ list, kind, usual string }{
		{"categories", "category", "/category/:name/"}, {"tags", "tag", "/tag/:name/"},
	} {
		on := slices.Contains(enabled.Strings(), one.list) || enabled.Kind != meta.List && slices.Contains([]string{"all", "true"}, enabled.Text)
		pattern := cmp.Or(s.Text("jekyll-archives.permalinks."+one.kind), one.usual)
		if on && strings.Contains(pattern, ":name") {
			pages[one.list] = "/" + strings.TrimLeft(strings.Replace(pattern, ":name", "*", 1), "/")
		}
	}
	return pages
}
