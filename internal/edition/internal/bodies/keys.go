package bodies

import (
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/settings"
)

// keyOfSettings returns the key of the settings that bodies depend on.
func keyOfSettings(s settings.Settings) blog.Key {
	var k blog.Keyer
	k.Bool(s.Typography).Bool(s.Emoji).Bool(s.Highlight).Bool(s.Markdown).Bool(s.Syntax != nil).
		Bool(s.Flavour.NoHTML).Int(int64(s.Flavour.HeadingIDs))
	if s.Syntax != nil {
		k.Text(s.Syntax.Key())
	}
	return k.Sum()
}

// KeyOf returns the key of a post.
func KeyOf(p *blog.Post) blog.Key {
	if p.Key != (blog.Key{}) {
		return p.Key
	}
	return blog.KeyOf(p)
}

// textKeyOf returns the key of the text of a post.
func textKeyOf(p *blog.Post) blog.Key {
	if p.Text != (blog.Key{}) {
		return p.Text
	}
	return p.TextKey()
}

// keyOfText returns the key of the text of a post and of the settings that it is rendered
// by.
func (b *Bodies) keyOfText(p *blog.Post) blog.Key {
	var k blog.Keyer
	return k.Key(textKeyOf(p), b.key).Sum()
}

// keyOfBody returns the key of a text's body, given the addresses in the text.
func (b *Bodies) keyOfBody(text blog.Key, p *blog.Post, refs []string) blog.Key {
	var k blog.Keyer
	k.Key(text)
	for _, ref := range refs {
		at, found := b.book.Find(p.Path, ref)
		k.Text(at).Bool(found)
	}
	return k.Sum()
}

// State returns the key of what documents show of a text: its body, or what stands in for
// the body, and on pages the sizes of its pictures. It is false while that is not known,
// since the text was never rendered.
func (b *Bodies) State(p *blog.Post, onPage bool) (blog.Key, bool) {
	text, s := b.keyOfText(p), b.store
	s.cache.Lock()
	defer s.cache.Unlock()
	var k blog.Keyer
	if onPage {
		b.addSize(&k, p.Image().URL)
	}
	if s.failed[text] != nil {
		return k.Key(text, s.good[p.ID]).Sum(), true
	}
	n := s.needs[text]
	if n == nil {
		return blog.Key{}, false
	}
	n.item.Used.Store(true)
	k.Key(b.keyOfBody(text, p, n.refs))
	if onPage {
		for _, at := range n.pictures {
			b.addSize(&k, at)
		}
	}
	return k.Sum(), true
}

func (b *Bodies) addSize(k *blog.Keyer, at string) {
	if at != "" {
		width, height := b.Size(at)
		k.Int(int64(width), int64(height))
	}
}

// Whole returns a post with its text. The error IsTemporary if the text is not there any
// more.
func (b *Bodies) Whole(p *blog.Post) (*blog.Post, error) { return b.whole(p) }

// SamePosts reports whether these posts say the same as those of other bodies, as far as
// their texts were rendered.
func (b *Bodies) SamePosts(o *Bodies, ours, theirs []*blog.Post) bool {
	return slices.EqualFunc(ours, theirs, func(p, q *blog.Post) bool {
		switch {
		case p != q && KeyOf(p) != KeyOf(q):
			return false
		case b.book == o.book:
			return true
		}
		now, known := b.State(p, true)
		before, knownBefore := o.State(q, true)
		return !known || !knownBefore || now == before
	})
}

// SamePost reports whether a post says the same in feeds as one of other bodies, q, made of
// the same store. It renders the post where nothing else tells.
func (b *Bodies) SamePost(o *Bodies, p, q *blog.Post) bool {
	switch {
	case p != q && KeyOf(p) != KeyOf(q):
		return false
	case b.book == o.book && b.key == o.key:
		return true
	}
	now, known := b.State(p, false)
	if !known {
		_, _ = b.Get(p) // an error stays with the text
		now, known = b.State(p, false)
	}
	before, knownBefore := o.State(q, false)
	return known && knownBefore && now == before
}

// Size returns the size of the picture at an address in pixels, 0 where it is unknown.
func (b *Bodies) Size(at string) (width, height int) {
	facts := b.book.FactsAt(at)
	return facts.Width, facts.Height
}

// Shows notes which pictures the page of a post shows, since the page depends on their
// sizes.
func (b *Bodies) Shows(p *blog.Post, pictures []string) {
	slices.Sort(pictures)
	pictures = slices.Compact(pictures)
	text, s := b.keyOfText(p), b.store
	s.cache.Lock()
	defer s.cache.Unlock()
	n := s.needs[text]
	if n == nil || slices.Equal(n.pictures, pictures) {
		return
	}
	s.cache.Remove(&n.item)
	n.pictures = pictures
	n.item.Size = n.size()
	s.cache.Add(&n.item)
}
