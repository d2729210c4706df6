// Package paths decides at which paths of a site its documents are.
//
// In go the site and its settings; out come canonical paths, aliases, and absolute
// addresses. Canonical paths are decoded and begin with a slash. Everything here follows
// from these values alone.
package paths

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
)

// Paths of the documents that are those of no term and no post.
const (
	Subscribe = "/subscribe/"
	Archive   = "/archive/"
	NotFound  = "/404.html" // what is said to people who ask for a page that is not there
	Robots    = "/robots.txt"
	FeedStyle = "/feed.css" // shows feeds to people
	OPML      = "/feeds.opml"
)

// Site is a site with the settings that say where its documents are.
type Site struct {
	blog.Site
	Settings settings.Settings

	base     string        // path of the site's URL, decoded, without a slash at its end
	escaped  string        // the same, escaped
	feeds    dialect.Feeds // of the generator
	patterns []pattern
	told     map[term.Key]string // where the generator has the feeds that its settings tell of
	terms    map[string]term.Key // the terms of these, by folded path
}

// New returns the site with its settings, which have their defaults.
func New(site blog.Site, s settings.Settings) *Site {
	at := &Site{Site: site, Settings: s, feeds: dialect.Kind(s.Dialect).Feeds()}
	at.feeds.Path, at.feeds.TermPaths = nil, nil // sites of the same values are deeply equal; see Reserved
	if u, err := url.Parse(site.URL); err == nil {
		at.base, at.escaped = strings.TrimSuffix(u.Path, "/"), strings.TrimSuffix(u.EscapedPath(), "/")
	}
	at.readTermPaths()
	at.patterns = at.patternsOfFeeds()
	return at
}

// Base returns the path of the site's URL, decoded and without a slash at its end; empty
// where it has none.
func (s *Site) Base() string { return s.base }

// Absolute returns the absolute URL of a path.
func (s *Site) Absolute(path string) string {
	return s.URL + (&url.URL{Path: path}).EscapedPath()
}

// Rooted returns the URL of a path without scheme and host.
func (s *Site) Rooted(path string) string { return s.escaped + path }

// Numbered returns the path of page n of a list, which begins in the folder root.
func Numbered(root string, n int) string {
	if n == 1 {
		return root
	}
	return root + "page/" + strconv.Itoa(n) + "/"
}

// Year returns the path of the page that lists the posts of a year.
func Year(year int) string { return "/years/" + strconv.Itoa(year) + "/" }

// Kind returns the path of the list of all terms of a kind.
func Kind(kind string) string { return "/" + kind + "/" }

// ArchiveOf returns the folder of archive n of a feed, which is in the folder root; empty
// if n is less than 1.
func ArchiveOf(root string, n int) string {
	if n < 1 {
		return ""
	}
	return path.Join(root, "archive", strconv.Itoa(n)) + "/"
}

// FeedRoot returns the folder of the feeds of what a page shows: that of its term, or
// else that of the main feeds.
func FeedRoot(path string) string {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	if len(segments) >= 2 && term.Singular(segments[0]) != "" {
		return "/" + segments[0] + "/" + segments[1] + "/"
	}
	return "/"
}

// Home returns the address of the page that shows the posts of a term to people: ours,
// or else that of the site's generator, or else the first page.
func (s *Site) Home(k term.Key) string {
	pattern := s.Settings.TermPages[k.Kind]
	switch {
	case k.Kind == "":
	case s.Settings.Pages:
		return s.Absolute(k.Root())
	case pattern != "" && (k.Kind != "languages" || s.generatorTerm(k) != ""):
		return s.Absolute(strings.Replace(pattern, "*", k.Slug, 1))
	}
	return s.URL + "/"
}

// FeedID returns the id of a term's feed: the address of its folder. The main feed keeps
// the id that a generator gave it.
func (s *Site) FeedID(k term.Key) string {
	if k.Kind == "" && s.feeds.AddressIsID {
		return s.Absolute("/" + strings.TrimPrefix(cmp.Or(s.Settings.FeedPath, s.feeds.Main[0]), "/"))
	}
	if at := s.told[k]; at != "" && s.feeds.AddressIsID && k.Kind == "sections" {
		return s.Absolute(at)
	}
	return s.Absolute(k.Root())
}

// Feed returns the canonical path of a term's feed in a format. It is the one at which
// the generator of the dialect writes it, since its subscribers know that; or else that
// in the term's own folder.
func (s *Site) Feed(k term.Key, f feed.Format) string {
	main := s.GeneratorFeed()
	if f.Name == s.feeds.Format {
		at := s.generatorTerm(k)
		if k.Kind == "" {
			return main
		}
		if at != "" && at != main {
			return at
		}
	}
	ours := k.Root() + f.File
	if _, taken := s.terms[ours]; ours != main && !taken {
		return ours
	}
	return k.Root() + "index." + f.Name // the generator's feed, in its own format, has the customary name
}

// GeneratorFeed returns where the generator of the dialect writes the main feed; empty:
// there is no such generator.
func (s *Site) GeneratorFeed() string {
	if s.feeds.Main == nil {
		return ""
	}
	at := path.Clean("/" + s.Settings.FeedPath)
	isFolder := strings.HasSuffix(s.Settings.FeedPath, "/") || Fold(at) == "/"
	if isFolder || strings.ContainsAny(at, "?#\\") || slices.Contains(ofPages, Fold(at)) {
		return s.feeds.Main[0]
	}
	return at
}
