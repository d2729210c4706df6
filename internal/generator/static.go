package generator

import (
	"path"
	"slices"
	"strings"

	"broadsheet/internal/frontmatter"
)

// Publishes reports whether the generator publishes a media file whatever posts
// say. The path is relative to Root and slash-separated, and the file not Private.
func (s Site) Publishes(rel string) bool {
	switch s.Kind {
	case Jekyll:
		return !strings.HasPrefix(rel, "_") && !strings.Contains(rel, "/_") && !s.excludes(rel)
	case Hugo:
		return strings.HasPrefix(rel, s.Static()+"/")
	}
	return false
}

// excludes reports whether the settings of a Jekyll site exclude a file, or a
// folder that it lies in, and do not include it again.
func (s Site) excludes(rel string) bool { return s.lists("exclude", rel) && !s.lists("include", rel) }

// lists reports whether one of a setting's patterns means a path, or a folder on
// the way to it.
func (s Site) lists(key, rel string) bool {
	setting, _ := s.Value(key)
	patterns := setting.List
	if setting.Kind != frontmatter.List {
		patterns = []frontmatter.Value{setting}
	}
	return slices.ContainsFunc(patterns, func(pattern frontmatter.Value) bool {
		want := strings.Trim(pattern.Text, "/ ")
		for at := rel; want != "" && at != "."; at = path.Dir(at) {
			if same, _ := path.Match(want, at); same || want == at {
				return true
			}
		}
		return false
	})
}
