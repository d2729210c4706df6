package edition

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/bodies"
)

// key returns the key of all that the document is made of. It is false while that is not
// known, since a text of the document was not rendered yet, or is being rendered.
func (d *Document) key() (blog.Key, bool) {
	var k blog.Keyer
	k.Text(d.Path, d.ContentType).Key(d.edition.inputs.Key, d.extra)
	for _, p := range d.posts {
		text, known := d.edition.bodies.State(p, d.feed == nil)
		if !known {
			return blog.Key{}, false
		}
		k.Key(bodies.KeyOf(p), text)
	}
	return k.Sum(), true
}

// Same reports whether both editions say the same in every document, as far as
// anybody has asked.
func (e *Edition) Same(o *Edition) bool {
	if e == o {
		return true
	}
	if o == nil || e.inputs.Key != o.inputs.Key || e.mends != o.mends || o.bodies.Missed() {
		return false
	}
	return e.bodies.SamePosts(o.bodies, e.Posts, o.Posts) && e.bodies.SamePosts(o.bodies, e.unlisted, o.unlisted)
}
