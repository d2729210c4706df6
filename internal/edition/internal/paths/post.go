package paths

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"broadsheet/internal/blog"
)

// Post returns the path of a post's page; empty where its permalink is none of this site,
// or cannot be a path of it.
func (s *Site) Post(p *blog.Post) string { return s.at(p.URL) }

// at returns the path of a permalink.
func (s *Site) at(permalink string) string {
	rest, below := strings.CutPrefix(permalink, s.URL+"/")
	if !below || strings.ContainsAny(rest, "?#") {
		return ""
	}
	if whole := permalink[len(s.URL):]; isFolded(whole) && !isBelowFile(whole) {
		return whole
	}
	decoded, err := url.PathUnescape(rest)
	if err != nil || strings.ContainsFunc(decoded, unicode.IsControl) {
		return ""
	}
	decoded = "/" + decoded
	clean := path.Clean(decoded)
	if decoded != clean && decoded != clean+"/" || isBelowFile(decoded) { // dots and doubled slashes lead elsewhere
		return ""
	}
	return decoded
}

// isBelowFile reports whether a path is that of the first page's file, or leads through a
// file, which is no folder.
func isBelowFile(path string) bool {
	first, _, _ := strings.Cut(path[1:], "/")
	return path == "/index.html" || slices.Contains(files, first) && path != "/"+first
}

// files are the documents at the top that are no folders.
var files = []string{"rss.xml", "atom.xml", "feed.json", OPML[1:], FeedStyle[1:], NotFound[1:], "page.css", "icon.svg"}
