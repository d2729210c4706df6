package known

import (
	"path"
	"slices"
	"strings"

	"broadsheet/internal/blog"
)

// Likeliest returns the one of the missing paths that the file now at this path
// had: one with the same last element, else the first; empty if all are taken.
func Likeliest(paths []string, now string, missing map[string]*Entry) string {
	first := ""
	for _, p := range paths {
		switch {
		case missing[p] == nil: // taken
		case path.Base(p) == path.Base(now):
			return p
		case first == "":
			first = p
		}
	}
	return first
}

// Media looks up a path in a sorted list.
func Media(sorted []blog.Media, path string) (blog.Media, bool) {
	i, found := slices.BinarySearchFunc(sorted, path, func(f blog.Media, path string) int { return strings.Compare(f.Path, path) })
	if !found {
		return blog.Media{}, false
	}
	return sorted[i], true
}
