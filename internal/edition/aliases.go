package edition

import (
	"path"
	"slices"
	"strings"

	"broadsheet/internal/dialect"
	"broadsheet/internal/feed"
)

// aliases are the paths under which the main feed and the first page are asked
// for besides their own, by the customary name of the document. They answer with
// the same bytes rather than a redirect, which most readers would follow anew at
// every poll.
var aliases = map[string][]string{
	"/": {"/index.html"},
	"/rss.xml": {
		"/feed", "/rss", "/index.xml", "/index.rss", "/feed.xml", "/feed.rss", "/feed/rss", "/rss2.xml",
		"/blog/feed",
	},
	"/atom.xml":  {"/atom", "/feed/atom", "/index.atom", "/feeds/posts/default"},
	"/feed.json": {"/feed/json", "/index.json"},
}

// generatorFeeds are where the generator of the dialect writes its feeds.
func (s Settings) generatorFeeds() dialect.Feeds { return dialect.Kind(s.Dialect).Feeds() }

// feedPath returns the canonical path of a slice's feed in a format: the one at
// which the generator of the dialect writes it, which is what its subscribers
// know, else that of the slice's own folder.
func (s Settings) feedPath(k key, f feed.Format) string {
	main := s.generatorPath()
	if f.Name == s.generatorFeeds().Format {
		at := s.generatorSlice(k)
		if k.kind == "" {
			return main
		}
		if at != "" && at != main {
			return at
		}
	}
	if ours := k.root() + f.File; ours != main {
		return ours
	}
	return k.root() + "index." + f.Name // the generator's feed, in its own format, has the customary name
}

// generatorPath is where the dialect's generator writes the main feed; empty:
// there is no such generator.
func (s Settings) generatorPath() string {
	theirs := s.generatorFeeds().Main
	if theirs == nil {
		return ""
	}
	at := path.Clean("/" + s.FeedPath)
	if strings.HasSuffix(s.FeedPath, "/") || strings.ContainsAny(at, "?#\\") || fold(at) == "/" || slices.Contains(pagePaths, fold(at)) {
		return theirs[0]
	}
	return at
}

// generatorSlice is where the dialect's generator writes the feed of a slice;
// empty: nowhere. In Hugo a folder at the top is a section or a language.
func (s Settings) generatorSlice(k key) string {
	pattern := s.generatorPattern(k.kind)
	translated := slices.ContainsFunc(s.Languages, func(language string) bool { return slugOf(language) == k.slug })
	switch top := strings.HasPrefix(pattern, "/*"); {
	case k.kind == "sections" && translated, k.kind == "languages" && !translated:
		return ""
	case top && (singular[k.slug] != "" || path.Ext(k.slug) != ""): // the folder is ours, or may be a file
		return ""
	}
	return strings.Replace(pattern, "*", k.slug, 1)
}

// generatorPattern is where the dialect's generator writes the feeds of a kind of slice,
// with * for the slug; empty: nowhere.
func (s Settings) generatorPattern(kind string) string {
	theirs := s.generatorFeeds()
	pattern := theirs.Terms[kind]
	if pattern != "" && theirs.SameName {
		pattern = path.Join(path.Dir(pattern), path.Base(s.generatorPath()))
	}
	return pattern
}
