package edition

import (
	"broadsheet/internal/edition/internal/content"
	"broadsheet/internal/edition/internal/delta"
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
	body := d.since(v, c.Version())
	if body != nil && len(body) < len(c.Body) {
		found = content.New(content.Options{Body: body, Hash: c.Hash, Modified: c.Modified})
	}
	c.KeepDelta(base, found)
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
