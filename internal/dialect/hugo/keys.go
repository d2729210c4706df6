package hugo

import (
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/frontmatter"
)

// keys are those that Hugo knows, in any case.
var keys = rules.KeysWith(map[frontmatter.Field][]string{
	frontmatter.Published: {"publishdate", "pubdate", "published", "date", "lastmod", "modified"},
	frontmatter.Updated:   {"lastmod", "modified"},
	frontmatter.Expires:   {"expirydate", "unpublishdate"},
	frontmatter.Draft:     {"draft"},
	frontmatter.Public:    {"published"},
	frontmatter.Withheld:  nil,
	frontmatter.NotBefore: nil,
	frontmatter.Embargo:   nil,
	frontmatter.Status:    nil,
	frontmatter.Standing:  nil,
	frontmatter.Locked:    nil,
	frontmatter.Rendered:  nil,
	frontmatter.Unlisted:  {"unlisted"},
	frontmatter.ID:        {"id"},
	frontmatter.Permalink: {"url"},
	frontmatter.Summary:   {"summary"}, // a description is for search engines
	frontmatter.Authors:   {"authors", "author", "params.authors", "params.author"},
	frontmatter.Listed:    {"build.list", "_build.list"},
})
