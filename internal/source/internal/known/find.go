package known

import (
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/blog"
)

// ByHash returns the paths of missing files by the hashes of their bytes, each list in order.
func ByHash(missing map[string]*Entry) map[[32]byte][]string {
	all := map[[32]byte][]string{}
	for _, path := range slices.Sorted(maps.Keys(missing)) {
		hash := missing[path].Hash
		all[hash] = append(all[hash], path)
	}
	return all
}

// Exchanged returns a name, the one that the file had which bears it now, and so on, given the
// former names of files by the present ones. No two files had the same.
func Exchanged(former map[string]string, name string) []string {
	names := []string{name}
	for next := former[name]; next != "" && next != name; next = former[next] {
		names = append(names, next)
	}
	return names
}

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
