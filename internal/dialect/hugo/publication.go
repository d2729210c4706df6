package hugo

import (
	"strings"

	"broadsheet/internal/dialect/internal/settings"
)

// publication is what the settings say of the publication.
func publication(s settings.Site) map[string]string {
	return map[string]string{
		"title":       s.Text("title"),
		"description": s.Text("params.description", "description"),
		"url":         strings.TrimRight(s.Text("baseURL"), "/"),
		"language":    s.Text("locale", "languageCode", "defaultContentLanguage"),
		"timezone":    s.Text("timeZone"),
		"author":      s.Author("params.author"),
		"copyright":   s.Text("copyright"),
		"items":       s.Items("services.rss.limit", "rssLimit"),
		"typographer": "true", // goldmark's extension, on by default
		"emoji":       s.Text("enableEmoji"),
	}
}
