package edition

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/feed"
	"broadsheet/internal/page"
)

// pagePaths are those of documents that every edition has, besides the feeds and
// the files of the theme, as fold gives them.
var pagePaths = []string{"/", "/index.html", "/subscribe", "/archive", "/404.html", "/feed.css", "/feeds.opml", robotsPath, "/favicon.ico"}

// Reserved are the paths at which there is, or may one day be, something else than
// the page of a post: a feed or another address of it, a list of posts, a file of
// the theme, or anything below a path that is a file. Two that are deeply equal give
// the same answers.
type Reserved struct {
	settings Settings
	whole    map[string]bool // folded
}

// Reserved returns the reserved paths of a site of these settings and a theme; nil is
// the built-in one.
func (s Settings) Reserved(theme *page.Theme) Reserved {
	if theme == nil {
		theme = builtIn()
	}
	whole := map[string]bool{}
	for _, at := range s.feedPaths() {
		whole[fold(at)] = true
	}
	if s.Pages {
		for _, at := range pagePaths {
			whole[at] = true
		}
		for _, a := range theme.Assets() {
			whole[fold("/"+a.Name)] = true
		}
	}
	return Reserved{s, whole}
}

// Has reports whether a path is reserved.
func (r Reserved) Has(path string) bool {
	folded, s := fold(path), r.settings
	folder := cmp.Or(strings.TrimSuffix(folded, "/index.html"), "/") // whose file it would be
	return folded == "" || r.whole[folded] || r.whole[folder] || s.belowFile(r.whole, folded) || s.isTermFeed(folded) || s.Pages && isList(folded)
}

// feedPaths are the paths of the main feed, and all others under which it is asked
// for.
func (s Settings) feedPaths() []string {
	all := slices.Clone(s.generatorFeeds().Main)
	for _, f := range feed.Formats {
		all = append(append(all, s.feedPath(key{}, f), "/"+f.File), aliases["/"+f.File]...)
	}
	return all
}

// belowFile reports whether one of the folders that a path leads through is a
// file.
func (s Settings) belowFile(files map[string]bool, folded string) bool {
	for dir := path.Dir(folded); dir != "/" && dir != "."; dir = path.Dir(dir) {
		if files[dir] && path.Ext(dir) != "" {
			return true
		}
	}
	return false
}

// isTermFeed reports whether a path is one at which the dialect's generator writes
// the feed of a term.
func (s Settings) isTermFeed(folded string) bool {
	for _, kind := range kinds {
		at := s.generatorSlice(key{kind.folder, "*"})
		if matches, _ := path.Match(at, folded); matches && at != "" {
			return true
		}
	}
	return false
}

// isList reports whether a path is that of a list of posts, or below one.
func isList(folded string) bool {
	segments := strings.Split(folded[1:], "/")
	if singular[segments[0]] != "" {
		return true
	}
	if len(segments) < 2 || strings.Trim(segments[1], "0123456789") != "" {
		return false
	}
	return segments[0] == "archive" || segments[0] == "years" || segments[0] == "page"
}
