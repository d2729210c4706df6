package hugo

import (
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/frontmatter/meta"
)

// futureKey is the setting that publishes what is dated in the future.
const futureKey = "buildFuture"

// keys are those that Hugo knows, in any case.
var keys = rules.KeysWith(map[meta.Field][]string{
	meta.Published: {"publishdate", "pubdate", "published", "date", "lastmod", "modified"},
	meta.Updated:   {"lastmod", "modified"},
	meta.Expires:   {"expirydate", "unpublishdate"},
	meta.Draft:     {"draft"},
	meta.Public:    {"published"},
	meta.Withheld:  nil,
	meta.NotBefore: nil,
	meta.Embargo:   nil,
	meta.Status:    nil,
	meta.Standing:  nil,
	meta.Locked:    nil,
	meta.Rendered:  nil,
	meta.Unlisted:  {"unlisted"},
	meta.ID:        {"id"},
	meta.Permalink: {"url"},
	meta.Summary:   {"summary"}, // a description is for search engines
	meta.Authors:   {"authors", "author", "params.authors", "params.author"},
	meta.Listed:    {"build.list", "_build.list"},
})
