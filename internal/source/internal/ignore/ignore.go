// Package ignore knows the names of files and folders that hold no posts: what editors,
// file managers and programs that synchronise folders leave about, and what is hidden.
package ignore

import (
	"path/filepath"
	"slices"
	"strings"
)

// Most of what lies about lacks the extension of a post; the rules spare the reading
// of what does not.
var (
	prefixes = []string{".", "#", "~"}
	suffixes = []string{
		"~", ".swp", ".swx", ".tmp", ".temp", ".bak", ".bck", ".orig", ".rej", ".part", ".filepart", ".crdownload",
		"___jb_tmp___", "___jb_old___", "___jb_bak___",
	}
	names = []string{"4913", "Thumbs.db", "desktop.ini", "node_modules", "lost+found", "@eaDir"}
)

// Name reports whether a file or folder of this name never holds posts.
func Name(name string) bool {
	return slices.Contains(names, name) ||
		slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(name, p) }) ||
		slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(name, s) }) ||
		Conflict(name)
}

// Hidden reports whether a path leads over a file or folder whose name begins with
// a dot. Two dots are the way of Kubernetes and others to keep versions of a folder
// that they mount.
func Hidden(inside string) bool {
	for part := range strings.SplitSeq(filepath.ToSlash(inside), "/") {
		if strings.HasPrefix(part, ".") && !strings.HasPrefix(part, "..") && part != "." {
			return true
		}
	}
	return false
}
