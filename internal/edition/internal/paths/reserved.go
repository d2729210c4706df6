package paths

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
)

// ofPages are the folded paths of documents that every edition has, besides the feeds,
// the files of the theme and the documents of the whole site.
var ofPages = []string{
	"/", "/index.html", "/subscribe", "/archive", "/404.html", FeedStyle, Robots, "/favicon.ico",
}

// Reserved are the paths at which there is, or may one day be, something else than the
// page of a post: a feed or an alias of it, a list of posts, a file of the theme, or
// anything below a path that is a file. Two that are deeply equal give the same answers.
type Reserved struct {
	site  *Site
	whole map[string]bool // folded
}

// Reserve returns the paths that are reserved by settings, and by files at the top of the
// site that have these names.
func Reserve(s settings.Settings, files []string) Reserved {
	r := Reserved{New(blog.Site{}, s), map[string]bool{}}
	for _, at := range r.site.mainFeeds() {
		r.whole[Fold(at)] = true
	}
	if !s.Pages {
		return r
	}
	for _, at := range ofPages {
		r.whole[at] = true
	}
	for _, name := range files {
		r.whole[Fold("/"+name)] = true
	}
	return r
}

// Has reports whether a path is reserved.
func (r Reserved) Has(path string) bool {
	folded := Fold(path)
	folder := cmp.Or(strings.TrimSuffix(folded, "/index.html"), "/") // whose file it would be
	switch {
	case folded == "", r.whole[folded], r.whole[folder]:
		return true
	case r.whole[folded+".html"]: // which static servers have there
		return true
	}
	return r.isBelowFile(folded) || r.site.isTermFeed(folded) || r.site.Settings.Pages && isList(folded)
}

// mainFeeds returns the paths of the main feed, aliases included.
func (s *Site) mainFeeds() []string {
	all := slices.Clone(s.feeds.Main)
	for _, f := range feed.Formats {
		all = append(append(all, s.Feed(term.Key{}, f), "/"+f.File), aliases["/"+f.File]...)
	}
	return all
}

// isBelowFile reports whether one of the folders that a path leads through is a file.
func (r Reserved) isBelowFile(folded string) bool {
	for dir := path.Dir(folded); dir != "/" && dir != "."; dir = path.Dir(dir) {
		if r.whole[dir] && path.Ext(dir) != "" {
			return true
		}
	}
	return false
}

// isTermFeed reports whether the generator of the dialect may write the feed of a term to
// a path.
func (s *Site) isTermFeed(folded string) bool {
	if _, told := s.terms[folded]; told {
		return true
	}
	for _, kind := range term.Kinds {
		at := s.generatorTerm(term.Key{Kind: kind.Folder, Slug: "*"})
		if matches, _ := path.Match(at, folded); matches && at != "" {
			return true
		}
	}
	return false
}

// isList reports whether a path is that of a list of posts, or below one.
func isList(folded string) bool {
	segments := strings.Split(folded[1:], "/")
	if term.Singular(segments[0]) != "" {
		return true
	}
	if len(segments) < 2 || strings.Trim(segments[1], "0123456789") != "" {
		return false
	}
	return segments[0] == "archive" || segments[0] == "years" || segments[0] == "page"
}
