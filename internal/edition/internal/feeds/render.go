package feeds

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/delta"
)

// Render writes the whole feed. It returns the keys of its entries, by id.
func (d Feed) Render(e Entries) (body []byte, keys map[string]blog.Key, err error) {
	list, keys, err := e.Load(d.Segment.Posts)
	if err != nil {
		return nil, nil, err
	}
	body, err = d.Format.Render(d.Channel(), list)
	return body, keys, err
}

// Since writes a feed of the entries that are new or changed since a version; nil if there
// are none, or if the present entries are not those of now any more. The feed never claims
// to be complete.
func (d Feed) Since(e Entries, v, now *delta.Version) []byte {
	list, keys, err := e.Load(d.Segment.Posts)
	if err != nil || !now.Says(keys) {
		return nil
	}
	list = v.Since(list, keys)
	if len(list) == 0 {
		return nil
	}
	channel := d.Channel()
	channel.History.Complete = false
	body, err := d.Format.Render(channel, list)
	if err != nil || d.Format.Check(body) != nil {
		return nil
	}
	return body
}
