// Package generator knows the site generators that a folder of posts may have
// been made for, by what lies in it: Jekyll by _config.yml and _posts, Hugo by
// hugo.toml or its other names and content.
//
// In go a folder, which may be the site's own or that of its posts, and perhaps
// the name of the generator; out comes a Site: the folder to be read, the
// generator's settings as their author wrote them, and what the publication is
// called there. Settings that cannot be read are problems, with file and line;
// they never keep the posts from being read.
package generator

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
)

// Kind is the rules that a folder was written for.
type Kind string

// The kinds.
const (
	Plain  Kind = "plain"
	Jekyll Kind = "jekyll"
	Hugo   Kind = "hugo"
)

// Site is a folder and what its generator was told.
type Site struct {
	Kind     Kind
	Root     string            // the folder to be read
	File     string            // the generator's settings, slash-separated; empty: there are none
	Settings frontmatter.Pairs // as written there
}

// settingsFiles are the names that generators give their settings, the likelier
// ones first.
var settingsFiles = map[Kind][]string{
	Jekyll: {"_config.yml", "_config.yaml"},
	Hugo: {
		"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json",
		"config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/hugo.yml", "config/_default/hugo.json",
		"config/_default/config.toml", "config/_default/config.yaml", "config/_default/config.yml", "config/_default/config.json",
	},
}

// postFolders are where generators keep posts, below the site's folder.
var postFolders = map[Kind]string{Jekyll: "_posts", Hugo: "content"}

// otherFolders are others that tell a generator's site, one without posts at its top.
var otherFolders = map[Kind][]string{Jekyll: {"_drafts", "_layouts", "_includes"}}

// maxSettings bounds the size of a settings file.
const maxSettings = 256 << 10

// Read finds out what dir was made for. With a kind other than the empty one it
// is taken to be that. The problems are those of the generator's settings.
func Read(dir string, kind Kind) (Site, []blog.Problem) {
	for _, k := range []Kind{Jekyll, Hugo} {
		if kind != "" && kind != k {
			continue
		}
		for _, root := range roots(dir, k) {
			for _, name := range settingsFiles[k] {
				site, problems, ok := read(Site{Kind: k, Root: root, File: name})
				if ok && (kind == k || hasPosts(root, k) && site.isOwn()) {
					return site, problems
				}
			}
		}
		if kind == k { // without settings
			all := roots(dir, k)
			return Site{Kind: k, Root: all[len(all)-1]}, nil
		}
	}
	return Site{Kind: Plain, Root: dir}, nil
}

// Files returns the names of all files and folders that Read may look at, there or
// not.
func Files(dir string) []string {
	var all []string
	for _, k := range []Kind{Jekyll, Hugo} {
		for _, root := range roots(dir, k) {
			for _, folder := range append([]string{postFolders[k]}, otherFolders[k]...) {
				all = append(all, filepath.Join(root, folder))
			}
			for _, name := range settingsFiles[k] {
				all = append(all, filepath.Join(root, filepath.FromSlash(name)))
			}
			if k == Hugo {
				for _, name := range slices.Concat(partFiles(), elsewhere()) {
					all = append(all, filepath.Join(root, filepath.FromSlash(name)))
				}
			}
		}
	}
	return all
}

// isOwn reports whether settings are those of the generator that their name
// suggests: config.toml is that of many programs.
func (s Site) isOwn() bool {
	if s.Kind != Hugo || strings.Contains(s.File, "hugo.") || strings.HasPrefix(s.File, "config/_default/") {
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

// roots returns the folders that may be the site's: dir, and, where dir is the
// folder of the site's posts or lies in it, the one that holds that folder.
func roots(dir string, kind Kind) []string {
	all := []string{dir}
	real, err := filepath.Abs(dir)
	if err != nil {
		return all
	}
	up := dir
	for range 4 {
		name := filepath.Base(real)
		real, up = filepath.Dir(real), filepath.Join(up, "..")
		if name == postFolders[kind] {
			return append(all, up)
		}
	}
	return all
}

// hasPosts reports whether a folder with a generator's settings is laid out as its site.
// Jekyll's posts may lie in a folder of a category; in that called source they are
// Hexo's.
func hasPosts(root string, kind Kind) bool {
	for _, folder := range append([]string{postFolders[kind]}, otherFolders[kind]...) {
		if isFolder(filepath.Join(root, folder)) {
			return true
		}
	}
	if kind != Jekyll {
		return false
	}
	entries, err := os.ReadDir(root)
	return err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return e.IsDir() && e.Name() != "source" && isFolder(filepath.Join(root, e.Name(), postFolders[Jekyll]))
	})
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// read reads the settings from disk; ok is false where there is no such file.
func read(s Site) (site Site, problems []blog.Problem, ok bool) {
	name := filepath.Join(s.Root, filepath.FromSlash(s.File))
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return s, nil, false
	}
	data, err := os.ReadFile(name)
	if err == nil && len(data) > maxSettings {
		err = errors.New("longer than 256 KiB")
	}
	if err != nil {
		if detail, ok := errors.AsType[*fs.PathError](err); ok {
			err = detail.Err
		}
		return s, []blog.Problem{{File: filepath.ToSlash(name), Severity: blog.Error, Message: "cannot read the settings of " + string(s.Kind) + ": " + err.Error()}}, true
	}
	site, problems = Parse(s, data)
	if folder := path.Dir(s.File); folder == "config/_default" {
		parts, found := site.parts()
		site.Settings, problems = append(site.Settings, parts...), append(problems, found...)
	}
	if s.Kind == Hugo {
		site.Settings = append(site.Settings, site.ignoredElsewhere()...)
		_, wrong := site.Ignored()
		problems = append(problems, wrong...)
	}
	return site, problems, true
}

// parts are the settings that Hugo lets stand in files of their own, each under
// the file's name.
func (s Site) parts() (all frontmatter.Pairs, problems []blog.Problem) {
	for _, name := range partFiles() {
		part := Site{Kind: Hugo, Root: s.Root, File: name}
		data, err := os.ReadFile(filepath.Join(s.Root, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) || len(data) > maxSettings {
			continue
		}
		if err != nil {
			problems = append(problems, blog.Problem{File: name, Severity: blog.Error, Message: "cannot read the settings of hugo: " + err.Error()})
			continue
		}
		read, found := Parse(part, data)
		problems = append(problems, found...)
		key := strings.TrimSuffix(path.Base(name), path.Ext(name))
		all = append(all, frontmatter.Pair{Key: key, Value: frontmatter.Value{Kind: frontmatter.Map, Map: read.Settings}})
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

// Parse reads the settings of a site, whose Kind and File are set, as front
// matter is read: the languages are the same, and what is wrong with them is told
// in the same way.
func Parse(s Site, data []byte) (Site, []blog.Problem) {
	name := filepath.ToSlash(filepath.Join(s.Root, filepath.FromSlash(s.File)))
	if path.Ext(s.File) == ".toml" {
		block, err := frontmatter.Parse(name, []byte("+++\n"+strings.TrimSuffix(string(data), "\n")+"\n+++\n"))
		s.Settings = block.Meta
		return s, problems(block.Problems, err, 1)
	}
	v, found, err := frontmatter.ParseData(name, data)
	s.Settings = v.Map
	return s, problems(found, err, 0)
}

// problems are those of the settings, on the lines of their own file.
func problems(found []blog.Problem, err error, shift int) []blog.Problem {
	var p blog.Problem
	if errors.As(err, &p) {
		found = append(found, p)
	}
	for i := range found {
		found[i].Line = max(found[i].Line-shift, 1)
		found[i].Message = "settings of the generator: " + found[i].Message
	}
	return found
}

// Text returns the value of a setting, empty when it is none. Dots lead into
// mappings; letter case makes no difference for Hugo.
func (s Site) Text(keys ...string) string {
	for _, key := range keys {
		if v, ok := s.Value(key); ok && v.Kind != frontmatter.List && v.Kind != frontmatter.Map {
			if text := strings.TrimSpace(v.Text); text != "" && v.Kind != frontmatter.Null {
				return text
			}
		}
	}
	return ""
}

// Is reports whether a setting is true.
func (s Site) Is(key string) bool {
	v, ok := s.Value(key)
	value, _ := v.Bool()
	return ok && value
}

// Value returns a setting as it was written.
func (s Site) Value(key string) (frontmatter.Value, bool) {
	v, _, ok := frontmatter.Keys{Exact: s.Kind == Jekyll}.Under(s.Settings, frontmatter.Any, key)
	return v, ok
}
