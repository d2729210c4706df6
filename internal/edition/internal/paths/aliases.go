package paths

import (
	"slices"
	"strings"

	"broadsheet/internal/dialect"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
)

// aliases are the paths under which the main feed and the first page are asked for
// besides their own, by the customary path of the document. They answer with the same
// bytes rather than with a redirect, which most readers would follow anew at every poll.
var aliases = map[string][]string{
	"/": {"/index.html"},
	"/rss.xml": {
		"/feed", "/rss", "/index.xml", "/index.rss", "/feed.xml", "/feed.rss", "/feed/rss", "/rss2.xml",
		"/blog/feed",
	},
	"/atom.xml":  {"/atom", "/feed/atom", "/index.atom", "/feeds/posts/default"},
	"/feed.json": {"/feed/json", "/index.json"},
}

// Alias is a second path of a document.
type Alias struct{ Path, Canonical string }

// Aliases returns the aliases of the main feeds and the first page. Of several for one
// path the first counts.
func (s *Site) Aliases() []Alias {
	var all []Alias
	for _, alias := range s.feeds.Main {
		all = append(all, Alias{alias, s.GeneratorFeed()})
	}
	for _, alias := range aliases["/"] {
		all = append(all, Alias{alias, "/"})
	}
	for _, f := range feed.Formats {
		for _, alias := range aliases["/"+f.File] {
			all = append(all, Alias{alias, s.Feed(term.Key{}, f)})
		}
	}
	return slices.DeleteFunc(all, func(a Alias) bool { _, taken := s.terms[Fold(a.Path)]; return taken })
}

// IsTaken reports whether a path is that of a feed or a list, or one under which feeds
// and pages are asked for: no file of a theme takes its place.
func IsTaken(path string) bool {
	first, _, _ := strings.Cut(path[1:], "/")
	if term.Singular(first) != "" || first == "archive" || first == "years" || first == "page" || path == OPML {
		return true
	}
	for canonical, others := range aliases {
		if path == canonical || slices.Contains(others, path) {
			return true
		}
	}
	return slices.Contains(dialect.MainFeeds(), path)
}
