package hugo

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter/meta"
)

// settingsFiles are the names of Hugo's settings, the likelier ones first.
var settingsFiles = []string{
	"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json",
	"config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/hugo.yml", "config/_default/hugo.json",
	"config/_default/config.toml", "config/_default/config.yaml", "config/_default/config.yml", "config/_default/config.json",
}

// isOwn reports whether settings are Hugo's: config.toml is that of many programs.
func isOwn(s settings.Site) bool {
	if strings.Contains(s.File, "hugo.") || strings.HasPrefix(s.File, "config/_default/") {
		return true
	}
	if _, zola := s.Value("base_url"); zola {
		return false
	}
	for _, key := range []string{"baseURL", "languageCode", "theme", "permalinks", "taxonomies", "markup", "contentDir", "defaultContentLanguage"} {
		if _, ok := s.Value(key); ok {
			return true
		}
	}
	return false
}

// complete adds the settings that Hugo lets stand in other files.
func complete(s settings.Site) (settings.Site, []blog.Problem) {
	var problems []blog.Problem
	if path.Dir(s.File) == "config/_default" {
		var parts meta.Pairs
		parts, problems = partsOf(s)
		s.Values = append(s.Values, parts...)
	}
	s.Values = append(s.Values, ignoredElsewhere(s)...)
	_, wrong := ignoredBy(s)
	return s, append(problems, wrong...)
}

// partsOf are the settings that stand in files of their own, each under the file's
// name.
func partsOf(s settings.Site) (all meta.Pairs, problems []blog.Problem) {
	for _, name := range partFiles() {
		part, found, err := s.Load(name)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, settings.ErrTooLong) {
			continue
		}
		if err != nil {
			problems = append(problems, blog.Problem{File: name, Severity: blog.Error, Message: "cannot read the settings of hugo: " + err.Error()})
			continue
		}
		problems = append(problems, found...)
		key := strings.TrimSuffix(path.Base(name), path.Ext(name))
		all = append(all, meta.Pair{Key: key, Value: meta.Value{Kind: meta.Map, Map: part.Values}})
	}
	return all, problems
}

// partFiles are the names of these files.
func partFiles() []string {
	var names []string
	for _, key := range []string{"permalinks", "params", "languages", "taxonomies", "frontmatter", "services", "cascade", "module"} {
		for _, ext := range []string{".toml", ".yaml", ".yml", ".json"} {
			names = append(names, "config/_default/"+key+ext)
		}
	}
	return names
}
