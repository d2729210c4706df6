package generator

import "strings"

// shelves are the folders in which people and generators keep what is not, or
// not yet, for the public.
var shelves = map[string]bool{
	"draft": true, "drafts": true, "unpublished": true, "private": true, "trash": true, "template": true, "templates": true,
	"archetypes": true, "scaffolds": true,
}

// shelfName is the name of a folder without what does not matter: letter case,
// and the underscore that generators put in front.
func shelfName(folder string) string { return strings.TrimLeft(strings.ToLower(folder), "_.") }

// Shelf returns the folder, of those that a file lies in, that keeps it from the
// public in a folder of posts without rules of its own: one for drafts, or one
// for templates. It is empty where there is none. The path is relative to Root and
// slash-separated.
func Shelf(rel string) string {
	folders := strings.Split(rel, "/")
	for _, folder := range folders[:len(folders)-1] {
		if shelves[shelfName(folder)] {
			return folder
		}
	}
	return ""
}
