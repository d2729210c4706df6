// Package config reads what the settings of a Hugo site say: which files hold them, and what they
// tell of the publication, its languages and taxonomies, and of files that are left out. In go the
// settings as they are written; what cannot be read is a problem with file and line.
package config

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter/meta"
)

// Files are the names of Hugo's settings, the likelier ones first.
var Files = []string{
	"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json",
	"config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/hugo.yml", "config/_default/hugo.json",
	"config/_default/config.toml", "config/_default/config.yaml", "config/_default/config.yml", "config/_default/config.json",
}

// IsOwn reports whether settings are Hugo's: config.toml is that of many programs.
func IsOwn(s settings.Site) bool {
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

// Complete adds the settings that Hugo lets stand in other files: those in the folder of
// settings count before those at the top, and those of the environment that it
// publishes for before these.
func Complete(s settings.Site) (settings.Site, []blog.Problem) {
	var problems []blog.Problem
	if path.Dir(s.File) == "config/_default" {
		s.Values = nil // it is read with the others
	}
	for _, folder := range settingsFolders {
		for _, name := range partsIn(s, folder) {
			part, found, err := s.Load(name)
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, settings.ErrTooLong) {
				continue
			}
			if err != nil {
				problems = append(problems, blog.Problem{File: name, Severity: blog.Error, Message: "cannot read the settings of hugo: " + err.Error()})
				continue
			}
			if name != s.File {
				problems = append(problems, found...)
			}
			s.Values = merge(s.Values, under(name, part.Values))
		}
	}
	s.Values = append(s.Values, ignoredElsewhere(s)...)
	_, wrong := IgnoredBy(s)
	problems = append(problems, wrong...)
	return s, slices.Concat(problems, mountedElsewhere(s), unknownDates(s))
}

// settingsFolders are those whose files Hugo merges, the weaker one first: for what
// is published it is the environment "production".
var settingsFolders = []string{"config/_default", "config/production"}

// partsIn are the settings files of a folder: the main ones, then those of single
// keys.
func partsIn(s settings.Site, folder string) []string {
	entries, err := os.ReadDir(filepath.Join(s.Root, filepath.FromSlash(folder)))
	if err != nil {
		return nil
	}
	var main, parts []string
	for _, entry := range entries[:min(len(entries), maxParts)] {
		switch strings.ToLower(path.Ext(entry.Name())) {
		case ".toml", ".yaml", ".yml", ".json":
		default:
			continue
		}
		name := path.Join(folder, entry.Name())
		if len(keysOfFile(name)) == 0 {
			main = append(main, name)
			continue
		}
		parts = append(parts, name)
	}
	return append(main, parts...)
}

// maxParts bounds how many files of such a folder are looked at.
const maxParts = 200

// keysOfFile are the keys under which the settings of a file stand: params.toml holds
// params, languages.fr.toml the language fr, and params.fr.toml the params of that.
func keysOfFile(name string) []string {
	key, language, ofLanguage := strings.Cut(strings.TrimSuffix(path.Base(name), path.Ext(name)), ".")
	switch {
	case key == "hugo" || key == "config":
		return nil
	case !ofLanguage:
		return []string{key}
	case key == "languages":
		return []string{key, language}
	}
	return []string{"languages", language, key}
}

// under puts settings under the keys that the name of their file says.
func under(name string, values meta.Pairs) meta.Pairs {
	for _, key := range slices.Backward(keysOfFile(name)) {
		values = meta.Pairs{{Key: key, Value: meta.Value{Kind: meta.Map, Map: values}}}
	}
	return values
}

// merge adds settings to others, and counts before them.
func merge(to, from meta.Pairs) meta.Pairs {
	to = slices.Clone(to)
	for _, pair := range from {
		i := slices.IndexFunc(to, func(p meta.Pair) bool { return strings.EqualFold(p.Key, pair.Key) })
		switch {
		case i < 0:
			to = append(to, pair)
		case to[i].Value.Kind == meta.Map && pair.Value.Kind == meta.Map:
			to[i].Value.Map = merge(to[i].Value.Map, pair.Value.Map)
		default:
			to[i] = pair
		}
	}
	return to
}

// Further returns the names of other files and folders that hold settings, so that they are watched.
func Further() []string { return slices.Concat(settingsFolders, elsewhere()) }

// Folders returns the folders whose files hold settings, whatever their names: one of them may be
// that of a language.
func Folders() []string { return slices.Clone(settingsFolders) }
