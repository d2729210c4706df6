package jekyll

import (
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/dialect/internal/rules"

	"golang.org/x/text/unicode/norm"
)

// addresses are those that templates may ask for.
type addresses struct {
	rules.Addresses
	base, origin string            // of the site: the path, and what stands before it
	named        map[string]string // the files of posts by what post_url may call them
	composed     map[string]string // and by their composed names
}

// post returns the address of a post that post_url names.
func (a addresses) post(name string) (string, bool) { return a.local(a.named[norm.NFC.String(name)]) }

// link returns the address of a file that link names.
func (a addresses) link(file string) (string, bool) {
	file = strings.TrimPrefix(file, "/")
	if a.IsFile(file) {
		return a.base + "/" + file, true
	}
	if _, spelled := a.Posts[file]; !spelled {
		file = a.composed[norm.NFC.String(file)]
	}
	return a.local(file)
}

func (a addresses) local(file string) (string, bool) {
	at, ok := a.Posts[file]
	return strings.TrimPrefix(at, a.origin), ok
}

// byName maps what post_url may call a post to its file: the path below _posts,
// and the bare name, without extension. Of several files with one name it is the
// first by path. The names are composed (Unicode NFC).
func byName(urls map[string]string) map[string]string {
	named := make(map[string]string, 2*len(urls))
	bare := map[string]string{}
	for _, file := range slices.Sorted(maps.Keys(urls)) {
		_, below, found := strings.Cut("/"+file, "/_posts/")
		if !found {
			continue
		}
		below = norm.NFC.String(strings.TrimSuffix(below, path.Ext(below)))
		if named[below] == "" {
			named[below] = file
		}
		if name := path.Base(below); bare[name] == "" {
			bare[name] = file
		}
	}
	for name, file := range bare {
		if named[name] == "" {
			named[name] = file
		}
	}
	return named
}

// composedNames maps the composed forms of the posts' files to the files.
func composedNames(urls map[string]string) map[string]string {
	named := make(map[string]string, len(urls))
	for _, file := range slices.Sorted(maps.Keys(urls)) {
		if name := norm.NFC.String(file); named[name] == "" {
			named[name] = file
		}
	}
	return named
}
