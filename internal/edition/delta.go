package edition

import (
	"maps"
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
)

// maxVersions is how many past versions of a feed are known by their entries.
const maxVersions = 64

// version is what a feed once said: for each entry, by id, the serial number of
// its text.
type version struct {
	hash    string
	entries map[string]uint64
}

// entries is where a feed gets its entries from, and how it is written.
type entries struct {
	posts   []*blog.Post
	texts   *texts
	channel feed.Channel
	format  feed.Format
}

// load returns the entries as they are now, with the serial numbers of their
// texts. Posts whose texts cannot be rendered are not among them.
func (s *entries) load() ([]feed.Entry, map[string]uint64) {
	serials := make(map[string]uint64, len(s.posts))
	list := make([]feed.Entry, 0, len(s.posts))
	for _, p := range s.posts {
		if x, err := s.texts.text(p); err == nil {
			list = append(list, s.texts.entry(p, x))
			serials[p.ID] = x.serial
		}
	}
	return list, serials
}

// render writes the whole feed.
func (s *entries) render() ([]byte, map[string]uint64, error) {
	list, serials := s.load()
	body, err := s.format.Render(s.channel, list)
	return body, serials, err
}

// since writes a feed of the entries that are new or changed since a version;
// nil if the feed as it is now is no longer what serials say, or there are none.
// It never claims to be all there is.
func (s *entries) since(v *version, serials map[string]uint64) []byte {
	list, now := s.load()
	if !maps.Equal(now, serials) {
		return nil
	}
	list = slices.DeleteFunc(list, func(e feed.Entry) bool {
		serial, known := v.entries[e.Post.ID]
		return known && serial == serials[e.Post.ID]
	})
	if len(list) == 0 {
		return nil
	}
	channel := s.channel
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
	i := slices.IndexFunc(d.past, func(v *version) bool { return v.hash == base })
	if i < 0 {
		return nil
	}
	if known, ok := c.deltas.Load(base); ok {
		return known.(*Content) //nolint:forcetypeassert // nothing else is stored
	}
	var delta *Content
	if body := d.entries.since(d.past[i], c.version.entries); body != nil && len(body) < len(c.Body) {
		delta = &Content{Body: body, Hash: c.Hash, Modified: c.Modified, packed: newPacked(body)}
	}
	c.deltas.Store(base, delta)
	return delta
}
