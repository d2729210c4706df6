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
		"config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml", "config/_default/config.yaml",
	},
}

// postFolders are where generators keep posts, below the site's folder.
var postFolders = map[Kind]string{Jekyll: "_posts", Hugo: "content"}

// maxSettings bounds the size of a settings file.
const maxSettings = 256 << 10

// Read finds out what dir was made for. With a kind other than the empty one it
// is taken to be that. The problems are those of the generator's settings.
func Read(dir string, kind Kind) (Site, []blog.Problem) {
	kinds := []Kind{Jekyll, Hugo}
	if kind != "" {
		kinds = []Kind{kind}
	}
	for _, k := range kinds {
		root, file := locate(dir, k)
		if file != "" && (kind != "" || isFolder(filepath.Join(root, postFolders[k]))) {
			return read(Site{Kind: k, Root: root, File: file})
		}
	}
	if kind == "" {
		kind = Plain
	}
	return Site{Kind: kind, Root: dir}, nil
}

// locate returns the site's folder, which is dir or one above it if dir is named
// like, or lies in, the folder of its posts, and the settings in it.
func locate(dir string, kind Kind) (root, file string) {
	root = dir
	for range 4 {
		for _, name := range settingsFiles[kind] {
			if info, err := os.Stat(filepath.Join(root, filepath.FromSlash(name))); err == nil && info.Mode().IsRegular() {
				return root, name
			}
		}
		real, err := filepath.Abs(root)
		if err != nil || !within(filepath.ToSlash(real), postFolders[kind]) {
			return dir, ""
		}
		root = filepath.Join(root, "..")
	}
	return dir, ""
}

// within reports whether a path leads through a folder of this name.
func within(real, name string) bool { return slices.Contains(strings.Split(real, "/"), name) }

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// read reads the settings from disk.
func read(s Site) (Site, []blog.Problem) {
	name := filepath.ToSlash(filepath.Join(s.Root, filepath.FromSlash(s.File)))
	data, err := os.ReadFile(name)
	if err == nil && len(data) > maxSettings {
		err = errors.New("longer than 256 KiB")
	}
	if err != nil {
		if detail, ok := errors.AsType[*fs.PathError](err); ok {
			err = detail.Err
		}
		return s, []blog.Problem{{File: name, Severity: blog.Error, Message: "cannot read the settings of " + string(s.Kind) + ": " + err.Error()}}
	}
	return Parse(s, data)
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
	const field frontmatter.Field = "setting"
	v, _, ok := frontmatter.Keys{Exact: s.Kind == Jekyll, Names: map[frontmatter.Field][]string{field: {key}}}.Find(frontmatter.Block{Meta: s.Settings}, field)
	return v, ok
}
