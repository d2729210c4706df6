package jekyll

import (
	"path"
	"slices"
	"strings"

	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter/meta"
)

// publishes reports whether Jekyll copies a file to the site.
func publishes(s settings.Site, rel string) bool {
	return !strings.HasPrefix(rel, "_") && !strings.Contains(rel, "/_") && !excludes(s, rel)
}

// excludes reports whether the settings of a Jekyll site exclude a file, or a
// folder that it lies in, and do not include it again.
func excludes(s settings.Site, rel string) bool {
	return lists(s, "exclude", rel) && !lists(s, "include", rel)
}

// lists reports whether one of a setting's patterns means a path, or a folder on
// the way to it.
func lists(s settings.Site, key, rel string) bool {
	setting, _ := s.Value(key)
	patterns := setting.List
	if setting.Kind != meta.List {
		patterns = []meta.Value{setting}
	}
	return slices.ContainsFunc(patterns, func(pattern meta.Value) bool {
		want := strings.Trim(pattern.Text, "/ ")
		for at := rel; want != "" && at != "."; at = path.Dir(at) {
			if same, _ := path.Match(want, at); same || want == at {
				return true
			}
		}
		return false
	})
}
