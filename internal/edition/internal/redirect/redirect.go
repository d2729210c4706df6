// Package redirect says where addresses lead that are no documents any more.
//
// In go the rules of the settings and the former addresses of posts; out comes a Table,
// which is immutable.
package redirect

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/paths"

	"golang.org/x/text/unicode/norm"
)

// Rules say where addresses lead.
type Rules struct {
	Posts map[string]string // absolute URLs by former permalinks of posts, as paths
	Moves []blog.Move       // what the settings say has moved, stronger than any document
	Gone  []string          // paths that are gone for good, with "*" at the end for all that begin so
}

// Table answers for paths.
type Table struct {
	site   blog.Site
	rules  Rules
	former map[string]string // URLs by folded former path
}

// New returns the table of these rules. A post never leads to itself.
func New(r Rules, site blog.Site) *Table {
	t := &Table{site: site, rules: r, former: make(map[string]string, len(r.Posts))}
	for _, old := range slices.Sorted(maps.Keys(r.Posts)) { // several may be spellings of one
		to := r.Posts[old]
		if decoded, err := url.PathUnescape(old); err == nil {
			old = decoded
		}
		folded := paths.Fold(old)
		if t.former[folded] == "" && folded != paths.Fold(strings.TrimPrefix(to, site.URL)) {
			t.former[folded] = to
		}
	}
	return t
}

// HasSettings reports whether BySettings may answer at all.
func (t *Table) HasSettings() bool { return len(t.rules.Moves)+len(t.rules.Gone) > 0 }

// BySettings returns where a path leads by the settings: an absolute URL, or gone for
// good, or neither.
func (t *Table) BySettings(path string) (to string, gone bool) {
	path = norm.NFC.String(path)
	folded := paths.Fold(path)
	for _, m := range t.rules.Moves {
		if rest, ok := match(m.From, folded, path); ok {
			return target(t.site, m.To, rest), false
		}
	}
	return "", slices.ContainsFunc(t.rules.Gone, func(pattern string) bool {
		_, ok := match(pattern, folded, path)
		return ok
	})
}

// ByPosts returns the permalink of the post that a path was once the address of; empty:
// of none.
func (t *Table) ByPosts(path string) string { return t.former[paths.Fold(norm.NFC.String(path))] }

// match reports whether a path matches a pattern, and what the star of the pattern stands
// for.
func match(pattern, folded, path string) (rest string, ok bool) {
	beginning, star := strings.CutSuffix(norm.NFC.String(pattern), "*")
	if !star {
		return "", folded == paths.Fold(pattern)
	}
	if len(path) < len(beginning) || !strings.EqualFold(path[:len(beginning)], beginning) {
		return "", false
	}
	return path[len(beginning):], true
}

// target returns the absolute URL that a move leads to. What the star stands for comes
// from the request: it can name a path, but never a host or a query.
func target(site blog.Site, to, rest string) string {
	beginning, star := strings.CutSuffix(to, "*")
	if !star {
		return site.Resolve(to)
	}
	rest = (&url.URL{Path: "/" + strings.TrimLeft(rest, "/")}).EscapedPath()[1:]
	return strings.TrimSuffix(site.Resolve(beginning), "/") + "/" + rest
}
