package edition

import (
	"maps"
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/coding"
	"broadsheet/internal/feed"
)

// maxVersions is how many past versions of a feed are known by their entries.
const maxVersions = 64

// version is what a feed once said: for each entry, by id, the key of
// its entry.
type version struct {
	hash    string
	entries map[string]blog.Key
}

// entries is where a feed gets its entries from, and how it is written.
type entries struct {
	slice  *slice
	part   part
	in     *inputs
	texts  *texts
	format feed.Format
}

func (s *entries) channel() feed.Channel { return channelOf(s.slice, s.part, s.in, s.format) }

// load returns the entries as they are now, with their keys. Posts whose texts cannot be rendered are not among them.
func (s *entries) load() ([]feed.Entry, map[string]blog.Key) {
	keys := make(map[string]blog.Key, len(s.part.posts))
	list := make([]feed.Entry, 0, len(s.part.posts))
	for _, p := range s.part.posts {
		if x, err := s.texts.text(p); err == nil {
			list = append(list, s.texts.entry(p, x))
			keys[p.ID] = keyOfEntry(p, x)
		}
	}
	return list, keys
}

// keyOfEntry returns the key of what the entry of a post says.
func keyOfEntry(p *blog.Post, x *body) blog.Key {
	var k blog.Keyer
	return k.Key(keyOf(p), x.key).Sum()
}

// render writes the whole feed.
func (s *entries) render() ([]byte, map[string]blog.Key, error) {
	list, keys := s.load()
	body, err := s.format.Render(s.channel(), list)
	return body, keys, err
}

// since writes a feed of the entries that are new or changed since a version;
// nil if the feed as it is now is no longer what keys say, or there are none.
// It never claims to be all there is.
func (s *entries) since(v *version, keys map[string]blog.Key) []byte {
	list, now := s.load()
	if !maps.Equal(now, keys) {
		return nil
	}
	list = slices.DeleteFunc(list, func(e feed.Entry) bool {
		key, known := v.entries[e.Post.ID]
		return known && key == keys[e.Post.ID]
	})
	if len(list) == 0 {
		return nil
	}
	channel := s.channel()
	channel.History.Complete = false
	body, err := s.format.Render(channel, list)
	if err != nil || s.format.Check(body) != nil {
		return nil
	}
	return body
}

// remembering returns the past versions with one more, the newest last.
func remembering(past []*version, v *version) []*version {
	if v == nil || slices.ContainsFunc(past, func(known *version) bool { return known.hash == v.hash }) {
		return past
	}
	past = append(slices.Clone(past), v)
	return past[max(0, len(past)-maxVersions):]
}

// Delta returns a feed of nothing but the entries that are new or changed since
// the version of the document whose Hash base was (RFC 3229; the instance
// manipulation "feed"). It returns nil where there is none to be had: for other
// documents than feeds, for versions of an earlier run or long ago, where only
// entries went, and where the whole is no longer. c is the document's content.
func (d *Document) Delta(c *Content, base string) *Content {
	if d.entries == nil || c.version == nil {
		return nil
	}
	past := d.edition.cache.past(d)
	i := slices.IndexFunc(past, func(v *version) bool { return v.hash == base })
	if i < 0 {
		return nil
	}
	if known, ok := c.deltas.Load(base); ok {
		return known.(*Content) //nolint:forcetypeassert // nothing else is stored
	}
	var delta *Content
	if body := d.entries.since(past[i], c.version.entries); body != nil && len(body) < len(c.Body) {
		delta = &Content{Body: body, Hash: c.Hash, Modified: c.Modified, packed: coding.Pack(body)}
	}
	c.deltas.Store(base, delta)
	return delta
}
