package rules

import (
	"cmp"

	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"
)

// enclosures fills in what the post offers to be played or downloaded. The
// addresses stay as written; see attached.
func (r *Reading) enclosures() {
	if !r.fields.Has(meta.Enclosures) {
		return
	}
	seen := map[string]bool{}
	for _, key := range r.posts.Keys.Names[meta.Enclosures] {
		v, name, ok := r.Lookup(meta.Enclosures, key)
		if !ok {
			continue
		}
		for _, e := range values.Enclosures(v, name, r.Warn) {
			if seen[e.URL] {
				continue
			}
			if len(r.Post.Enclosures()) == MaxNames {
				r.tooMany("enclosures")
				break
			}
			seen[e.URL] = true
			r.Post.Extra().Enclosures = append(r.Post.Enclosures(), e)
		}
	}
	if len(r.Post.Enclosures()) == 0 {
		return
	}
	first := &r.Post.Enclosures()[0]
	first.Size = cmp.Or(first.Size, values.Size(r.Text(meta.EnclosureSize)))
	first.Duration = cmp.Or(first.Duration, values.Duration(r.Text(meta.Duration)))
	first.Type = cmp.Or(values.MIMEType(r.Text(meta.EnclosureType)), first.Type)
}
