package paths

import (
	"slices"
	"strings"
)

// shelves are the folders in which people and generators keep what is not, or
// not yet, for the public.
var shelves = map[string]bool{
	"draft": true, "drafts": true, "unpublished": true, "private": true, "trash": true, "template": true, "templates": true,
	"archetypes": true, "scaffolds": true,
}

// IsShelf reports whether a folder of this name keeps what is in it from the public,
// where no generator says otherwise: one for drafts, or one for templates. Neither
// letter case nor the underscore matters that generators put in front.
func IsShelf(folder string) bool { return shelves[strings.TrimLeft(strings.ToLower(folder), "_.")] }

// onShelf reports whether a file lies in such a folder.
func onShelf(file string) bool {
	folders := strings.Split(file, "/")
	return slices.ContainsFunc(folders[:len(folders)-1], IsShelf)
}
