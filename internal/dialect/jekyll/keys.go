package jekyll

import (
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/frontmatter/meta"
)

// keys are those that Jekyll and its feed plugin know, in that case.
var keys = exactly(rules.KeysWith(map[meta.Field][]string{
	meta.Published: {"date"},
	meta.Updated:   {"last_modified_at"},
	meta.Draft:     {"draft"}, // whose posts the feed plugin leaves out
	meta.Public:    {"published"},
	meta.Withheld:  nil,
	meta.NotBefore: nil,
	meta.Embargo:   nil,
	meta.Status:    nil,
	meta.Standing:  nil,
	meta.Locked:    nil,
	meta.Rendered:  nil,
	meta.Unlisted:  {"unlisted"}, // themes have a use of their own for hidden
	meta.Listed:    nil,
	meta.ID:        {"id"}, // the feed plugin knows no other, and itself not even this one
	meta.Permalink: {"permalink"},
	meta.Authors:   {"author", "authors"},
	meta.Summary:   {"description", "excerpt"},
	meta.Image:     {"image.path", "image"},
	meta.Language:  {"lang"},
	meta.Aliases:   {"redirect_from"},
}))

func exactly(k meta.Keys) meta.Keys {
	k.Exact = true
	return k
}
