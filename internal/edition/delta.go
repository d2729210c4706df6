package edition

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/coding"
	"broadsheet/internal/edition/internal/delta"
	"broadsheet/internal/feed"
)

// entries returns the entries of a feed as they are now, with their keys by id. Posts
// whose texts cannot be rendered are not among them. It is an error if a text is not there
// any more.
func (d *Document) entries() ([]feed.Entry, map[string]blog.Key, error) {
	posts, texts := d.feed.Segment.Posts, d.edition.texts
	keys := make(map[string]blog.Key, len(posts))
	list := make([]feed.Entry, 0, len(posts))
	for _, p := range posts {
		x, err := texts.text(p)
		switch {
		case isPassing(err):
			return nil, nil, err
		case err != nil:
			continue
		}
		list = append(list, texts.entry(p, x))
		var k blog.Keyer
		keys[p.ID] = k.Key(keyOf(p), x.key).Sum()
	}
	return list, keys, nil
}

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
	list, keys, err := d.entries()
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
