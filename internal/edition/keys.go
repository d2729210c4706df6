package edition

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"broadsheet/internal/blog"
)

// keyOfInputs returns the key of all that documents are made of, apart from the posts.
func keyOfInputs(in *inputs) blog.Key {
	var k blog.Keyer
	for _, part := range []any{in.site, in.settings} {
		text, _ := json.Marshal(part) // they hold nothing that JSON cannot say
		k.Bytes(text)
	}
	if zone := in.site.Zone; zone != nil {
		k.Text(zone.String())
		for _, month := range []time.Month{time.January, time.July} {
			k.Time(time.Date(2026, month, 1, 0, 0, 0, 0, zone))
		}
	}
	theme := in.theme.Hash()
	k.Bytes(theme[:])
	keys := slices.SortedFunc(maps.Keys(in.titles), compareKeys)
	for _, at := range keys {
		k.Text(at.kind, at.slug, in.titles[at])
	}
	return k.Sum()
}

// keyOfTexts returns the key of what bodies are rendered by.
func keyOfTexts(s Settings) blog.Key {
	var k blog.Keyer
	return k.Bool(s.Typography).Bool(s.Emoji).Bool(s.Highlight).Sum()
}

// keyOf returns the key of a post.
func keyOf(p *blog.Post) blog.Key {
	if p.Key != (blog.Key{}) {
		return p.Key
	}
	return blog.KeyOf(p)
}

// add adds what a place says.
func (at place) add(k *blog.Keyer) {
	k.Bool(at.archive).Bool(at.complete).Text(at.previous, at.next, at.name).Int(int64(at.number), int64(at.of))
	k.Bool(at.isPost).Bool(at.unlisted)
	for _, p := range []*blog.Post{at.newer, at.older} {
		k.Bool(p != nil)
		if p != nil {
			k.Text(p.URL, nameOf(p))
		}
	}
	if at.names != nil {
		k.Key(at.names.key)
	}
	if at.counts != nil {
		for _, y := range at.counts.years {
			k.Int(int64(y.year), int64(y.from), int64(y.to))
		}
	}
}

// key returns the key of all that the document is made of; false while that is not
// known, since a text of it was not rendered yet, or waits to be.
func (d *Document) key() (blog.Key, bool) {
	var k blog.Keyer
	k.Text(d.Path, d.ContentType).Key(d.in.key)
	if d.entries != nil {
		k.Text(d.entries.format.Name)
	}
	d.place.add(&k)
	for _, p := range d.posts {
		text, known := d.texts.state(p, d.entries == nil)
		if !known {
			return blog.Key{}, false
		}
		k.Key(keyOf(p), text)
	}
	return k.Sum(), true
}

// Same reports whether both editions say the same in every document, as far as
// anybody has asked.
func (e *Edition) Same(o *Edition) bool {
	if e == o {
		return true
	}
	if o == nil || e.in.key != o.in.key || e.mends != o.mends {
		return false
	}
	return e.samePosts(o, e.Posts, o.Posts) && e.samePosts(o, e.unlisted, o.unlisted)
}

func (e *Edition) samePosts(o *Edition, ours, theirs []*blog.Post) bool {
	return slices.EqualFunc(ours, theirs, func(a, b *blog.Post) bool {
		if a != b && keyOf(a) != keyOf(b) {
			return false
		}
		if e.texts.book == o.texts.book {
			return true
		}
		now, known := e.texts.state(a, true)
		before, knownBefore := o.texts.state(b, true)
		return !known || !knownBefore || now == before
	})
}
