package source

import (
	"slices"
	"strings"
)

// What editors, file managers and programs that synchronise folders leave
// about. Most of it lacks the extension of a post; the rules spare the reading
// of what does not.
var (
	ignoredPrefixes = []string{".", "#", "~"}
	ignoredSuffixes = []string{
		"~", ".swp", ".swx", ".tmp", ".temp", ".bak", ".bck", ".orig", ".rej", ".part", ".filepart", ".crdownload",
		"___jb_tmp___", "___jb_old___", "___jb_bak___",
	}
	ignoredNames = []string{"4913", "Thumbs.db", "desktop.ini", "node_modules", "lost+found", "@eaDir"}
)

// ignored reports whether a file or folder of this name never holds posts.
func ignored(name string) bool {
	return slices.Contains(ignoredNames, name) ||
		slices.ContainsFunc(ignoredPrefixes, func(p string) bool { return strings.HasPrefix(name, p) }) ||
		slices.ContainsFunc(ignoredSuffixes, func(s string) bool { return strings.HasSuffix(name, s) }) ||
		inConflict(name)
}

// conflict is said of a copy that holds somebody's work but is no post.
const conflict = "this is a copy that a program for synchronising made when two sides had changed; it is ignored"
