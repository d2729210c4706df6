package edition

import (
	"path"
	"strings"

	"broadsheet/internal/feed"
)

// aliases are the paths under which feeds are asked for besides their own.
// They answer with the same bytes rather than a redirect, which most readers
// would follow anew at every poll.
var aliases = map[string][]string{
	"/": {"/index.html"},
	"/rss.xml": {
		"/feed", "/rss", "/index.xml", "/index.rss", "/feed.xml", "/feed.rss", "/feed/rss", "/rss2.xml",
		"/blog/feed",
	},
	"/atom.xml":  {"/atom", "/feed/atom", "/index.atom", "/feeds/posts/default"},
	"/feed.json": {"/feed/json", "/index.json"},
}

// generatorFeeds are the paths at which generators write their feeds: those of
// the main feed, and, by kind of slice, those of the others, with * for the
// slug. They are in one format.
var generatorFeeds = map[string]struct {
	format feed.Format
	main   []string
	slices map[string]string
}{
	"jekyll": {feed.Atom, []string{"/feed.xml", "/feed/posts.xml"}, map[string]string{
		"categories": "/feed/*.xml", "tags": "/feed/by_tag/*.xml",
	}},
	"hugo": {feed.RSS, []string{"/index.xml"}, map[string]string{
		"categories": "/categories/*/index.xml", "tags": "/tags/*/index.xml", "authors": "/authors/*/index.xml", "sections": "/*/index.xml", "languages": "/*/index.xml",
	}},
}

// aliasTable maps every folded path, canonical ones included, to a canonical one.
func aliasTable(documents []*Document, o Settings) map[string]string {
	table := make(map[string]string, 2*len(documents))
	for canonical, others := range aliases {
		for _, alias := range others {
			table[alias] = canonical
		}
	}
	theirs := generatorFeeds[o.Dialect]
	for _, alias := range theirs.main {
		table[alias] = "/" + theirs.format.File
	}
	if o.FeedPath != "" && theirs.format.File != "" {
		table[fold(o.FeedPath)] = "/" + theirs.format.File
	}
	for _, d := range documents {
		kind, slug := kindAndSlug(d.Path)
		if pattern := theirs.slices[kind]; pattern != "" && path.Base(d.Path) == theirs.format.File {
			table[fold(strings.Replace(pattern, "*", slug, 1))] = d.Path
		}
	}
	for _, d := range documents {
		table[fold(d.Path)] = d.Path
	}
	delete(table, "") // paths that are too long to be folded
	return table
}

// kindAndSlug takes the path of a slice's feed apart; that of an archive, or of
// another document, gives nothing.
func kindAndSlug(canonical string) (kind, slug string) {
	parts := strings.Split(canonical, "/")
	if len(parts) != 4 {
		return "", ""
	}
	return parts[1], parts[2]
}
