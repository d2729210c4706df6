package generator

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"

	"golang.org/x/text/unicode/norm"
)

// ignoreFiles is Hugo's setting of regular expressions, one or a list; a file
// whose path one of them matches is not there for it.
const ignoreFiles = "ignoreFiles"

// Ignored are the files that the settings of Hugo leave out.
type Ignored []*regexp.Regexp

// Ignored compiles what the settings leave out. An expression that cannot be read
// is taken as text: when in doubt, a file is left out. It is among the problems.
func (s Site) Ignored() (Ignored, []blog.Problem) {
	if s.Kind != Hugo {
		return nil, nil
	}
	var all Ignored
	var problems []blog.Problem
	for _, pair := range s.Settings {
		if !strings.EqualFold(pair.Key, ignoreFiles) {
			continue
		}
		for _, text := range pair.Value.Strings() {
			text = norm.NFC.String(text)
			one, err := regexp.Compile(text)
			if err != nil {
				one = regexp.MustCompile(regexp.QuoteMeta(text))
				problems = append(problems, blog.Problem{File: filepath.ToSlash(filepath.Join(s.Root, filepath.FromSlash(s.File))), Line: pair.Line,
					Severity: blog.Error, Message: fmt.Sprintf("settings of the generator: %s: %v; it is taken as text", pair.Key, err)})
			}
			all = append(all, one)
		}
	}
	return append(all, s.unmounted()...), problems
}

// unmounted are what Hugo's mounts leave out of the folders that they name.
func (s Site) unmounted() Ignored {
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
			all = append(all, regexp.MustCompile(`^/?`+Glob(norm.NFC.String(path.Join(source, strings.Trim(pattern, "/"))), false)+`(?:/|$)`))
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

// Glob returns a pattern of file names as a regular expression, without anchors.
// With across a * matches slashes too, as Ruby's fnmatch has it; ** always does.
func Glob(pattern string, across bool) string {
	star := `[^/]*`
	if across {
		star = `.*`
	}
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case strings.HasPrefix(pattern[i:], "**/"):
			b.WriteString(`(?:.*/)?`)
			i += 2
		case strings.HasPrefix(pattern[i:], "**"):
			b.WriteString(`.*`)
			i++
		case c == '*':
			b.WriteString(star)
		case c == '?':
			b.WriteString(`.`)
		case c == '[' && strings.IndexByte(pattern[i:], ']') > 1:
			end := i + strings.IndexByte(pattern[i:], ']')
			b.WriteString("[" + strings.NewReplacer(`\`, `\\`, `[`, `\[`).Replace(strings.Replace(pattern[i+1:end], "!", "^", 1)) + "]")
			i = end
		default:
			b.WriteString(regexp.QuoteMeta(string(c)))
		}
	}
	if _, err := regexp.Compile(b.String()); err != nil {
		return regexp.QuoteMeta(pattern)
	}
	return b.String()
}

// ignoredElsewhere are such settings in the other files that Hugo merges with
// those of the site's: of its folder, and of the environment that it builds for.
func (s Site) ignoredElsewhere() frontmatter.Pairs {
	var all frontmatter.Pairs
	for _, name := range elsewhere() {
		part := Site{Kind: Hugo, Root: s.Root, File: name}
		data, err := os.ReadFile(filepath.Join(s.Root, filepath.FromSlash(name)))
		if err != nil || len(data) > maxSettings || name == s.File {
			continue
		}
		read, _ := Parse(part, data)
		for _, pair := range read.Settings {
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
