package edition

import (
	"slices"

	"broadsheet/internal/blog"
)

// keyOfTexts returns the key of what bodies are rendered by.
func keyOfTexts(s Settings) blog.Key {
	var k blog.Keyer
	return k.Bool(s.Typography).Bool(s.Emoji).Bool(s.Highlight).Bool(s.Markdown).Sum()
}

// keyOf returns the key of a post.
func keyOf(p *blog.Post) blog.Key {
	if p.Key != (blog.Key{}) {
		return p.Key
	}
	return blog.KeyOf(p)
}

// key returns the key of all that the document is made of. It is false while that is not
// known, since a text of the document was not rendered yet, or is being rendered.
func (d *Document) key() (blog.Key, bool) {
	var k blog.Keyer
	k.Text(d.Path, d.ContentType).Key(d.edition.inputs.key, d.extra)
	for _, p := range d.posts {
		text, known := d.edition.texts.state(p, d.feed == nil)
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
	if o == nil || e.inputs.key != o.inputs.key || e.mends != o.mends {
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
