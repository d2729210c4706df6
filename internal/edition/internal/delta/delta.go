// Package delta finds what is new in a feed since a reader last asked (RFC 3229, the
// instance manipulation "feed").
package delta

import (
	"maps"
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
)

// maxVersions is how many past versions of a feed are remembered.
const maxVersions = 64

// Version is what a feed once said.
type Version struct {
	Hash    string              // of its bytes
	Entries map[string]blog.Key // keys of its entries, by id
}

// Says reports whether the version has these entries and no others.
func (v *Version) Says(entries map[string]blog.Key) bool { return maps.Equal(v.Entries, entries) }

// Since returns the entries that are new or changed since the version, given their
// present keys. It changes list.
func (v *Version) Since(list []feed.Entry, keys map[string]blog.Key) []feed.Entry {
	return slices.DeleteFunc(list, func(e feed.Entry) bool {
		key, known := v.Entries[e.Post.ID]
		return known && key == keys[e.Post.ID]
	})
}

// Past are versions of a feed, the newest last.
type Past []*Version

// With returns the past versions with one more, nil being none. The oldest is dropped if
// there are too many.
func (p Past) With(v *Version) Past {
	if v == nil || p.Of(v.Hash) != nil {
		return p
	}
	p = append(slices.Clone(p), v)
	return p[max(0, len(p)-maxVersions):]
}

// Of returns the version with this hash; nil: it is not known.
func (p Past) Of(hash string) *Version {
	for _, v := range p {
		if v.Hash == hash {
			return v
		}
	}
	return nil
}
