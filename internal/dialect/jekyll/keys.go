package jekyll

import (
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/frontmatter"
)

// keys are those that Jekyll and its feed plugin know, in that case.
var keys = exactly(rules.KeysWith(map[frontmatter.Field][]string{
	frontmatter.Published: {"date"},
	frontmatter.Updated:   {"last_modified_at"},
	frontmatter.Draft:     {"draft"}, // whose posts the feed plugin leaves out
	frontmatter.Public:    {"published"},
	frontmatter.Withheld:  nil,
	frontmatter.NotBefore: nil,
	frontmatter.Embargo:   nil,
	frontmatter.Status:    nil,
	frontmatter.Standing:  nil,
	frontmatter.Locked:    nil,
	frontmatter.Rendered:  nil,
	frontmatter.Unlisted:  {"unlisted"}, // themes have a use of their own for hidden
	frontmatter.Listed:    nil,
	frontmatter.ID:        {"id"}, // the feed plugin knows no other, and itself not even this one
	frontmatter.Permalink: {"permalink"},
	frontmatter.Authors:   {"author", "authors"},
	frontmatter.Summary:   {"description", "excerpt"},
	frontmatter.Image:     {"image.path", "image"},
	frontmatter.Language:  {"lang"},
	frontmatter.Aliases:   {"redirect_from"},
}))

func exactly(k frontmatter.Keys) frontmatter.Keys {
	k.Exact = true
	return k
}
