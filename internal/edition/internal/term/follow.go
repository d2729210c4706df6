package term

import (
	"slices"

	"broadsheet/internal/blog"
)

// mostFollowed is how many posts may be others for Follow to pay.
const mostFollowed = 64

// Follow returns what Sort makes of posts that replace others, one by one: before is what
// it made of those. It returns false where that says nothing: there are more or fewer
// posts, or one belongs to other terms.
func Follow(before []*Term, replaced, posts []*blog.Post) ([]*Term, bool) {
	if len(replaced) != len(posts) {
		return nil, false
	}
	now := map[*blog.Post]*blog.Post{}
	for i, p := range posts {
		old := replaced[i]
		if p == old {
			continue
		}
		if len(now) == mostFollowed || now[old] != nil || !sameTerms(old, p) {
			return nil, false
		}
		now[old] = p
	}
	terms := make([]*Term, len(before))
	for i, t := range before {
		terms[i] = t.with(now)
	}
	return terms, true
}

// sameTerms reports whether both posts belong to the same terms, by the same names.
func sameTerms(a, b *blog.Post) bool {
	return a.Language() == b.Language() && a.Section == b.Section && a.Aside() == b.Aside() && slices.Equal(a.Parts(), b.Parts()) && slices.Equal(a.Terms, b.Terms) &&
		slices.EqualFunc(a.Authors, b.Authors, func(a, b blog.Author) bool { return a.Name == b.Name })
}

// with returns the term with other posts in the place of some; the very same if it has
// none of them.
func (t *Term) with(now map[*blog.Post]*blog.Post) *Term {
	next := t
	for old, p := range now {
		i := slices.Index(t.Posts, old)
		if i < 0 {
			continue
		}
		if next == t {
			next = &Term{Key: t.Key, Name: t.Name, Names: t.Names, Posts: slices.Clone(t.Posts)}
		}
		next.Posts[i] = p
	}
	return next
}
