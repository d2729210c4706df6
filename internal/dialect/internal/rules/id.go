package rules

import (
	"regexp"
	"slices"
	"strings"

	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"
)

// identify gives the post the id that its front matter states, else this one.
//
// Exporters write the number that a post had in their database as id, beside the
// guid that their feeds had: an id that is a bare number or word does not count
// where there is a guid, and a bare number does not where there is a UUID. The feeds
// of generators never had such numbers, so that there they count for nothing.
func (r *Reading) identify(byDefault string) {
	r.Post.ID = byDefault
	stated := r.statedIDs()
	if len(stated) == 0 {
		return
	}
	first, best := stated[0], stated[0]
	switch {
	case IsGlobal(first.id):
	case r.posts.ForeignIDs:
		best = r.better(stated)
	case number.MatchString(first.id), r.hasGUID():
		r.also = []string{first.id}
		return
	}
	r.Post.ID, r.explicit = best.id, true
	for _, other := range []string{first.id, first.written, best.written} {
		if other != best.id && !slices.Contains(r.also, other) {
			r.also = append(r.also, other)
		}
	}
}

// statedID is an id of the front matter.
type statedID struct {
	key         string // as the table has it
	id, written string
}

// statedIDs returns what stands under the keys of the dialect, the first key first.
func (r *Reading) statedIDs() []statedID {
	if !r.fields.Has(meta.ID) {
		return nil
	}
	var all []statedID
	keys := r.posts.Keys
	for _, key := range keys.Names[meta.ID] {
		v, _, _ := keys.FindKey(r.Block.Meta, meta.ID, key)
		if id := strings.TrimSpace(values.First(v.Strings())); id != "" {
			s := statedID{key, id, id}
			if key == "uuid" && uuid.MatchString(id) {
				s.id = "urn:uuid:" + id // RFC 9562 section 4
			}
			all = append(all, s)
		}
	}
	return all
}

// better returns what comes before a first id that is known in its database only.
func (r *Reading) better(stated []statedID) statedID {
	for _, s := range stated {
		if s.key == "guid" || s.key == "uuid" && number.MatchString(stated[0].id) {
			return s
		}
	}
	return stated[0]
}

// hasGUID reports whether there is a guid, which generators do not know.
func (r *Reading) hasGUID() bool {
	_, _, has := meta.Plain.FindKey(r.Block.Meta, meta.ID, "guid")
	return has
}

var (
	number = regexp.MustCompile(`^[0-9]+$`)
	uuid   = regexp.MustCompile(`^(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	global = regexp.MustCompile(`^(?i)(` +
		`[a-z][a-z0-9+.-]*://[^/?#\s]+.*|` + // with an authority (RFC 3986 section 3.2)
		`tag:[^:,/\s]+,[0-9]{4}(-[0-9]{2}){0,2}:.*|` + // RFC 4151
		`urn:[a-z0-9][a-z0-9-]+:.+|` + // RFC 8141
		`(did|doi|info|mid|ni):.+)$`)
)

// IsGlobal reports whether an id is made so that nobody else's is the same: a URI
// with an authority of its own or of a register, or a UUID.
func IsGlobal(id string) bool { return global.MatchString(id) || uuid.MatchString(id) }
