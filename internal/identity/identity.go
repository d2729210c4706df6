// Package identity tells which post is which over time, so that each keeps its id: who had
// which, and who claims which.
//
// In go claims, which are posts that ask for ids, and what is remembered of posts by the
// paths of their files; out comes which claim goes on with which post, whatever happened to
// the name, the date, the title or the text. No two claims get the same post. The table
// has what is remembered over restarts: in go a store and the rows that change, out come
// all rows.
package identity

import (
	"slices"
	"strings"
)

// Identity is what is remembered of a post.
type Identity struct {
	ID   string `json:"id"`
	Hash string `json:"hash"`           // SHA-256 of the file that last bore the id, 32 bytes
	Gone bool   `json:"gone,omitempty"` // the file was not there any more when last looked
	Path string `json:"path,omitempty"` // of the permalink, below the site
	Was  string `json:"was,omitempty"`  // former such paths, separated by spaces

	// What the post is known again by, if its file has other bytes under another
	// name: a digest of its date and title, and a sketch of its text.
	Title string `json:"title,omitempty"`
	Text  string `json:"text,omitempty"`
}

// Table is identities by the paths of the posts' files. They are never written to, so that
// tables that follow each other share them.
type Table map[string]*Identity

// At returns the identity of a file's post; the zero value: there is none.
func (t Table) At(file string) Identity { return t[file].Value() }

// Value returns the identity; the zero value: there is none.
func (k *Identity) Value() Identity {
	if k == nil {
		return Identity{}
	}
	return *k
}

// At returns what was known of a post, whose permalink has this path now.
func (k Identity) At(path string) Identity {
	former := strings.Fields(k.Was)
	if k.Path != "" && k.Path != path && !slices.Contains(former, k.Path) {
		former = append(former, k.Path)
	}
	former = slices.DeleteFunc(former, func(old string) bool { return old == path })
	k.Path, k.Was = path, strings.Join(former, " ")
	return k
}

// Without returns what is remembered of a post that nobody sees, but for the addresses
// that others bear since, by path below the site.
func (k Identity) Without(borne map[string]bool) Identity {
	k.Was = without(k.Was, borne)
	if borne[k.Path] {
		k.Path = ""
	}
	return k
}

func without(was string, borne map[string]bool) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(was), func(old string) bool { return borne[old] }), " ")
}
