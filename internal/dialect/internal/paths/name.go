// Package paths reads what the path of a file says of a post, and fills in the patterns
// of permalinks. Paths are slash-separated and relative to the folder of the site.
package paths

import (
	"path"
	"regexp"
	"strings"
)

// Name is what the name of a file says of its post.
type Name struct {
	Base  string // without folders and extension
	Date  string // as written at its beginning, e.g. "2026-1-31"; empty: none
	Slug  string
	Draft bool // the file lies in a folder for drafts or templates, or is named as one
}

// setAside reports whether the name of a file, without its extension, is one that
// generators pass over, as _later, or says what it is, as later.draft does.
func setAside(base string) bool {
	switch strings.ToLower(path.Ext(base)) {
	case ".draft", ".private":
		return true
	}
	return strings.HasPrefix(base, "_")
}

var datedName = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ](.*))?$`)

// NameOf reads a path. A file named index is named after its folder.
func NameOf(file string) Name {
	dir, base := path.Split(file)
	n := Name{Base: strings.TrimSuffix(base, path.Ext(base))}
	n.Draft = onShelf(file) || setAside(n.Base)
	name := n.Base
	if name == "index" && dir != "" {
		name = path.Base(dir)
	}
	n.Slug = name
	if m := dated(name); m != nil {
		n.Date, n.Slug = m[1], m[2]
	}
	if n.Slug == "" {
		n.Slug = name
	}
	if n.Date == "" {
		n.Date = dateOfFolders(dir)
	}
	return n
}

// dated matches a name that begins with a date, and is quick about any other.
func dated(name string) []string {
	if name == "" || name[0] < '0' || name[0] > '9' {
		return nil
	}
	return datedName.FindStringSubmatch(name)
}

// dateOfFolders returns the date that the nearest of the folders begins with, as
// Eleventy takes it.
func dateOfFolders(dir string) string {
	folders := strings.Split(dir, "/")
	for i := len(folders) - 1; i >= 0; i-- {
		if m := dated(folders[i]); m != nil {
			return m[1]
		}
	}
	return ""
}

// splitDate matches a date that folders and a name make together, as Docusaurus takes it.
var splitDate = regexp.MustCompile(`(?:^|/)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[-_ /]([^/]*))?$`)

// DateOfPath returns the date that the folders of a file and its name make together, and the slug
// that is left then; empty: they make none.
func DateOfPath(file string) (date, slug string) {
	named := strings.TrimSuffix(file, path.Ext(file))
	if dir, base := path.Split(named); base == "index" {
		named = strings.TrimSuffix(dir, "/")
	}
	m := splitDate.FindStringSubmatch(named)
	if m == nil {
		return "", ""
	}
	if slug = m[4]; slug == "" {
		slug = path.Base(named)
	}
	return m[1] + "-" + m[2] + "-" + m[3], slug
}

// IsPage reports whether a generator takes a file for a page, by its extension.
func IsPage(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm":
		return true
	}
	return false
}
