// Package settings holds what a generator was told by the author of a site: its
// settings file, as it was written.
//
// The languages are those of front matter, and what is wrong with a file is told in
// the same way. Settings that cannot be read are problems, with file and line; they
// never keep the posts from being read.
package settings

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// Site is a folder and what its generator was told. The zero value is a folder
// without settings.
type Site struct {
	Root   string     // the folder to be read
	File   string     // the generator's settings, slash-separated; empty: there are none
	Exact  bool       // the case of keys makes a difference
	Values meta.Pairs // as written there
}

// maxBytes bounds the size of a settings file.
const maxBytes = 256 << 10

// ErrTooLong is the error of a settings file of more than 256 KiB.
var ErrTooLong = errors.New("longer than 256 KiB")

// Load reads a settings file from disk, whose name is relative to Root and
// slash-separated. The error is fs.ErrNotExist
// where there is no such regular file, ErrTooLong, or another one of the file system
// without the name of the file.
func (s Site) Load(name string) (Site, []blog.Problem, error) {
	s.File, s.Values = name, nil
	full := filepath.Join(s.Root, filepath.FromSlash(name))
	info, err := os.Stat(full)
	if err != nil || !info.Mode().IsRegular() {
		return s, nil, fs.ErrNotExist
	}
	data, err := os.ReadFile(full)
	if err == nil && len(data) > maxBytes {
		err = ErrTooLong
	}
	if err != nil {
		return s, nil, withoutName(err)
	}
	s, problems := s.Parse(data)
	return s, problems, nil
}

func withoutName(err error) error {
	if detail, ok := errors.AsType[*fs.PathError](err); ok {
		return detail.Err
	}
	return err
}

// Path is the name of the settings file as problems tell it.
func (s Site) Path() string {
	return filepath.ToSlash(filepath.Join(s.Root, filepath.FromSlash(s.File)))
}

// Parse reads the text of a settings file; File says in which language it is.
func (s Site) Parse(data []byte) (Site, []blog.Problem) {
	if path.Ext(s.File) == ".toml" {
		block, err := frontmatter.Parse(s.Path(), []byte("+++\n"+strings.TrimSuffix(string(data), "\n")+"\n+++\n"))
		s.Values = block.Meta
		return s, problems(block.Problems, err, 1)
	}
	v, found, err := frontmatter.ParseData(s.Path(), data)
	s.Values = v.Map
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

// Text returns the value of the first of these settings that has one; a list or a
// mapping is none. Dots lead into mappings.
func (s Site) Text(keys ...string) string {
	for _, key := range keys {
		if v, ok := s.Value(key); ok && v.Kind != meta.List && v.Kind != meta.Map {
			if text := strings.TrimSpace(v.Text); text != "" && v.Kind != meta.Null {
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
func (s Site) Value(key string) (meta.Value, bool) {
	v, _, ok := meta.Keys{Exact: s.Exact}.FindKey(s.Values, meta.Any, key)
	return v, ok
}

// Author returns the author as one line: a name, addresses, or both.
func (s Site) Author(key string) string {
	line := s.Text(key, key+".name")
	for _, extra := range []string{s.Text(key + ".email"), s.Text(key+".uri", key+".url")} {
		if extra != "" {
			line += " <" + extra + ">"
		}
	}
	return strings.TrimSpace(line)
}

// Items returns how many entries a feed is to hold, by the first of these settings
// that has a value. Archives hold the rest.
func (s Site) Items(keys ...string) string {
	limit := s.Text(keys...)
	switch n, err := strconv.Atoi(limit); {
	case err != nil || n == 0:
		return ""
	case n < 0 || n > 1000:
		return "1000"
	}
	return limit
}
