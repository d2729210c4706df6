package jekyll

import (
	"strings"

	"broadsheet/internal/dialect/internal/settings"
)

// publication is what _config.yml says of the publication.
func publication(s settings.Site) map[string]string {
	said := map[string]string{
		"title":       s.Text("title", "name"),
		"description": s.Text("description"),
		"url":         address(s),
		"language":    s.Text("lang", "locale"),
		"timezone":    s.Text("timezone"),
		"author":      s.Author("author"),
		"icon":        s.Text("feed.icon"),
		"logo":        s.Text("feed.logo", "logo"),
		"items":       s.Items("feed.posts_limit"),
		"typographer": "true", // kramdown's way with quotes and dashes
	}
	if s.Is("feed.excerpt_only") {
		said["content"] = "summary"
	}
	return said
}

// address is the URL of the site, which Jekyll has in two settings.
func address(s settings.Site) string {
	base := s.Text("url")
	if base == "" {
		return ""
	}
	return strings.TrimRight(strings.TrimRight(base, "/")+"/"+strings.Trim(s.Text("baseurl"), "/"), "/")
}
