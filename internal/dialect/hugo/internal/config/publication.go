package config

import (
	"strings"

	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/markdown"
)

// Publication is what the settings say of the publication.
func Publication(s settings.Site) map[string]string {
	language := "languages." + MainLanguage(s) + "."
	own := func(key string) string { return s.Text(language+key, key) } // what its main language says counts before all
	return map[string]string{
		"title":       own("title"),
		"description": s.Text(language+"params.description", language+"description", "params.description", "description"),
		"url":         strings.TrimRight(own("baseURL"), "/"),
		"language":    s.Text(language+"locale", language+"languageCode", "locale", "languageCode", "defaultContentLanguage"),
		"timezone":    own("timeZone"),
		"author":      s.Author("params.author"),
		"copyright":   own("copyright"),
		"items":       s.Items("services.rss.limit", "rssLimit"),
		"typographer": Typographer(s),
		"emoji":       s.Text("enableEmoji"),
	}
}

// Typographer is whether plain quotes and dashes become curly ones, as they do by
// default.
func Typographer(s settings.Site) string {
	v, ok := s.Value("markup.goldmark.extensions.typographer")
	if on, isSwitch := v.Bool(); ok && isSwitch && !on || s.Is("markup.goldmark.extensions.typographer.disable") {
		return "false"
	}
	return "true"
}

// Flavour is how the settings have Markdown read.
func Flavour(s settings.Site) markdown.Flavour {
	// Hugo before 0.60 had another renderer, which let HTML through.
	old := strings.EqualFold(s.Text("markup.defaultMarkdownHandler"), "blackfriday")
	f := markdown.Flavour{NoHTML: !s.Is("markup.goldmark.renderer.unsafe") && !old, HeadingIDs: markdown.GitHub}
	switch strings.ToLower(s.Text("markup.goldmark.parser.autoHeadingIDType", "markup.goldmark.parser.autoIDType")) {
	case "github-ascii":
		f.HeadingIDs = markdown.GitHubASCII
	case "blackfriday":
		f.HeadingIDs = markdown.Blackfriday
	}
	if v, ok := s.Value("markup.goldmark.parser.autoHeadingID"); ok {
		if on, readable := v.Bool(); readable && !on {
			f.HeadingIDs = markdown.NoIDs
		}
	}
	return f
}
