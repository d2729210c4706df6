package jekyll

import (
	"path"
	"regexp"
	"strings"

	"broadsheet/internal/dialect/internal/settings"

	"golang.org/x/text/unicode/norm"
)

// patterns are those of a setting of Jekyll that lists files: the beginning of a
// path each, or a pattern in which * stands for slashes too.
type patterns []pattern

type pattern struct {
	text  string
	match *regexp.Regexp
}

func patternsOf(g settings.Site, key string) patterns {
	list, _ := g.Value(key)
	var all patterns
	for _, text := range list.Strings() {
		text = norm.NFC.String(text)
		if text = strings.TrimPrefix(strings.TrimPrefix(text, "./"), "/"); text != "" {
			all = append(all, pattern{text, regexp.MustCompile(`(?s)^(?:` + settings.Glob(text, true) + `)$`)})
		}
	}
	return all
}

// has reports whether a path, or a folder above it, is among the files.
func (all patterns) has(name string) bool {
	name = norm.NFC.String(name)
	for _, p := range all {
		if strings.HasPrefix(name, p.text) {
			return true
		}
		for at := name; at != "."; at = path.Dir(at) {
			if p.match.MatchString(at) || p.match.MatchString(at+"/") {
				return true
			}
		}
	}
	return false
}

// without returns those that others does not list in the same words.
func (all patterns) without(others patterns) patterns {
	var rest patterns
	for _, p := range all {
		listed := false
		for _, o := range others {
			listed = listed || o.text == p.text
		}
		if !listed {
			rest = append(rest, p)
		}
	}
	return rest
}

// excluded reports whether the settings leave a file out. Jekyll looks for a file of a
// collection below the folder of all collections.
func (j jekyll) excluded(name string) bool {
	exclude := j.exclude.without(j.include)
	if !exclude.has(name) {
		c, within, ok := j.collectionOf(name)
		if !ok || !exclude.has(path.Join(c.folder(), within)) {
			return false
		}
	}
	return !j.include.has(name) && !j.include.has(path.Base(name))
}
