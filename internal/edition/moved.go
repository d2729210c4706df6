package edition

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"broadsheet/internal/blog"

	"golang.org/x/text/unicode/norm"
)

// Moved is what became of addresses that are no documents any more.
type Moved struct {
	Posts map[string]string // where former addresses of posts lead, by path
	Moves []blog.Move       // what the settings say has moved, stronger than any document
	Gone  []string          // paths that are gone for good, with "*" at the end for all that begin so
}

// Moved returns where a request's path leads by the settings, or, where the
// edition has no document of that path, by the former addresses of posts: an
// absolute URL, or gone for good, or neither.
func (e *Edition) Moved(path string) (to string, gone bool) {
	if len(e.moved.Moves)+len(e.moved.Gone) == 0 && e.spelled(path) != nil {
		return "", false // nearly every request
	}
	path = norm.NFC.String(path)
	folded := fold(path)
	for _, m := range e.moved.Moves {
		if rest, ok := matches(m.From, folded, path); ok {
			return target(e.in.site, m.To, rest), false
		}
	}
	if slices.ContainsFunc(e.moved.Gone, func(pattern string) bool { _, ok := matches(pattern, folded, path); return ok }) {
		return "", true
	}
	if e.named(path) != nil {
		return "", false
	}
	return e.former[folded], false
}

// matches reports whether a path is meant by a pattern, and what its star stands
// for.
func matches(pattern, folded, path string) (rest string, ok bool) {
	beginning, star := strings.CutSuffix(norm.NFC.String(pattern), "*")
	if !star {
		return "", folded == fold(pattern)
	}
	if len(path) < len(beginning) || !strings.EqualFold(path[:len(beginning)], beginning) {
		return "", false
	}
	return path[len(beginning):], true
}

// target returns the absolute URL that a move leads to. What the star stands for
// comes from the request: it can name a path, but never a host or a query.
func target(site blog.Site, to, rest string) string {
	beginning, star := strings.CutSuffix(to, "*")
	if !star {
		return site.Resolve(to)
	}
	rest = (&url.URL{Path: "/" + strings.TrimLeft(rest, "/")}).EscapedPath()[1:]
	return strings.TrimSuffix(site.Resolve(beginning), "/") + "/" + rest
}

// formerOf folds the former addresses of posts. A post never leads to itself.
func formerOf(posts map[string]string, site blog.Site) map[string]string {
	former := make(map[string]string, len(posts))
	for _, old := range slices.Sorted(maps.Keys(posts)) { // several may be spellings of one
		to := posts[old]
		if decoded, err := url.PathUnescape(old); err == nil {
			old = decoded
		}
		if folded := fold(old); former[folded] == "" && folded != fold(strings.TrimPrefix(to, site.URL)) {
			former[folded] = to
		}
	}
	return former
}
