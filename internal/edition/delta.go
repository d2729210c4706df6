package edition

import (
	"broadsheet/internal/edition/internal/content"
)

// Delta returns a feed of nothing but the entries that are new or changed since the
// version of the document whose Hash was base (RFC 3229; the instance manipulation
// "feed"). It returns nil if there is no such feed: for other documents than feeds, for
// versions of an earlier run or long ago, if entries only went, and if the whole feed has
// changed since. c is the document's content.
func (d *Document) Delta(c *Content, base string) *Content {
	if d.feed == nil || c.Version() == nil {
		return nil
	}
	v := d.edition.cache.documents.Past(d.Path, d.versions).Of(base)
	if v == nil {
		return nil
	}
	found, made := c.Delta(base)
	if made {
		return found
	}
	body := d.feed.Since(d.edition.entries, v, c.Version())
	if body != nil && len(body) < len(c.Body) {
		found = content.New(content.Options{Body: body, Hash: c.Hash, Modified: c.Modified})
	}
	c.KeepDelta(base, found)
	return found
}
