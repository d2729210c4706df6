package edition

import (
	"broadsheet/internal/edition/internal/coding"
	"broadsheet/internal/edition/internal/delta"
)

// Delta returns a feed of nothing but the entries that are new or changed since the
// version of the document whose Hash was base (RFC 3229; the instance manipulation
// "feed"). It returns nil if there is no such feed: for other documents than feeds, for
// versions of an earlier run or long ago, if entries only went, and if the whole feed has
// changed since. c is the document's content.
func (d *Document) Delta(c *Content, base string) *Content {
	if d.feed == nil || c.version == nil {
		return nil
	}
	v := d.edition.cache.past(d).Of(base)
	if v == nil {
		return nil
	}
	if known, ok := c.deltas.Load(base); ok {
		return known.(*Content) //nolint:forcetypeassert // nothing else is stored
	}
	var found *Content
	body := d.since(v, c.version)
	if body != nil && len(body) < len(c.Body) {
		found = &Content{Body: body, Hash: c.Hash, Modified: c.Modified, packed: coding.Pack(body)}
	}
	c.deltas.Store(base, found)
	return found
}

// since writes a feed of the entries that are new or changed since a version; nil if
// there are none, or if the present entries are not those of now any more. The feed never
// claims to be complete.
func (d *Document) since(v, now *delta.Version) []byte {
	list, keys, err := d.edition.entries.Load(d.posts)
	if err != nil || !now.Says(keys) {
		return nil
	}
	list = v.Since(list, keys)
	if len(list) == 0 {
		return nil
	}
	channel := d.feed.Channel()
	channel.History.Complete = false
	body, err := d.feed.Format.Render(channel, list)
	if err != nil || d.check(body) != nil {
		return nil
	}
	return body
}
