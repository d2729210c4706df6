package config

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"

	"golang.org/x/text/unicode/norm"
)

// ignoreFiles is Hugo's setting of regular expressions, one or a list; a file
// whose path one of them matches is not there for it.
const ignoreFiles = "ignoreFiles"

// Ignored are the files that the settings of Hugo leave out.
type Ignored []*regexp.Regexp

// IgnoredBy compiles what the settings leave out. An expression that cannot be read
// is taken as text: when in doubt, a file is left out. It is among the problems.
func IgnoredBy(s settings.Site) (Ignored, []blog.Problem) {
	var all Ignored
	var problems []blog.Problem
	for _, pair := range s.Values {
		if !strings.EqualFold(pair.Key, ignoreFiles) {
			continue
		}
		for _, text := range pair.Value.Strings() {
			text = norm.NFC.String(text)
			one, err := regexp.Compile(text)
			if err != nil {
				one = regexp.MustCompile(regexp.QuoteMeta(text))
				problems = append(problems, blog.Problem{File: s.Path(), Line: pair.Line,
					Severity: blog.Error, Message: fmt.Sprintf("settings of the generator: %s: %v; it is taken as text", pair.Key, err)})
			}
			all = append(all, one)
		}
	}
	return append(all, unmounted(s)...), problems
}

// unmounted are what Hugo's mounts leave out of the folders that they name.
func unmounted(s settings.Site) Ignored {
	mounts, _ := s.Value("module.mounts")
	var all Ignored
	for _, mount := range mounts.List {
		source, patterns := "", []string(nil)
		for _, pair := range mount.Map {
			switch strings.ToLower(pair.Key) {
			case "source":
				source = strings.Join(pair.Value.Strings(), "")
			case "excludefiles":
				patterns = append(patterns, pair.Value.Strings()...)
			case "files":
				for _, one := range pair.Value.Strings() {
					if without, ok := strings.CutPrefix(one, "!"); ok {
						patterns = append(patterns, strings.TrimSpace(without))
					}
				}
			}
		}
		for _, pattern := range patterns {
			all = append(all, regexp.MustCompile(`^/?`+settings.Glob(norm.NFC.String(path.Join(source, strings.Trim(pattern, "/"))), false)+`(?:/|$)`))
		}
	}
	return all
}

// Has reports whether the file of a path, relative to Root and slash-separated,
// is left out. Hugo matches the whole path, of which only this part is the site's.
func (x Ignored) Has(rel string) bool {
	rel = norm.NFC.String(rel)
	for _, one := range x {
		if one.MatchString(rel) || one.MatchString("/"+rel) {
			return true
		}
	}
	return false
}

// ignoredElsewhere are such settings in the other files that Hugo merges with
// those of the site's: of its folder, and of the environment that it builds for.
func ignoredElsewhere(s settings.Site) meta.Pairs {
	var all meta.Pairs
	for _, name := range elsewhere() {
		if name == s.File {
			continue
		}
		part, _, _ := s.Load(name) // what cannot be read is told of the site's own file only
		for _, pair := range part.Values {
			if strings.EqualFold(pair.Key, ignoreFiles) {
				all = append(all, pair)
			}
		}
	}
	return all
}

// elsewhere are the names of these files.
func elsewhere() []string {
	var names []string
	for _, folder := range []string{"config/_default/", "config/production/"} {
		for _, name := range []string{"hugo", "config"} {
			for _, ext := range []string{".toml", ".yaml", ".yml", ".json"} {
				names = append(names, folder+name+ext)
			}
		}
	}
	return names
}

// mountedElsewhere names the folders that Hugo's mounts put in the place of the content, or
// into it: their pages are not read.
func mountedElsewhere(s settings.Site) []blog.Problem {
	mounts, _ := s.Value("module.mounts")
	var problems []blog.Problem
	for _, mount := range mounts.List {
		source, target := strings.Trim(values.TextIn(mount.Map, "source"), "/"), strings.Trim(values.TextIn(mount.Map, "target"), "/")
		inContent := target == "content" || strings.HasPrefix(target, "content/")
		if inContent && source != target {
			problems = append(problems, blog.Problem{File: s.Path(), Line: mount.Line, Severity: blog.Warning,
				Message: fmt.Sprintf("module.mounts: the pages in %q, which Hugo shows as %q, are not read", source, target)})
		}
	}
	return problems
}

// unknownDates names the sources of dates that only the machine knows on which Hugo
// runs: they would be others on the next.
func unknownDates(s settings.Site) []blog.Problem {
	var problems []blog.Problem
	for _, key := range []string{"frontmatter.date", "frontmatter.publishDate"} {
		v, _ := s.Value(key)
		for _, name := range v.Strings() {
			if name = strings.ToLower(name); name == ":git" || name == ":filemodtime" {
				problems = append(problems, blog.Problem{File: s.Path(), Line: v.Line, Severity: blog.Warning,
					Message: fmt.Sprintf("settings of the generator: %s: %q is passed over: dates are read from files only", key, name)})
			}
		}
	}
	return problems
}
