package publish

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/library"
)

// Change is how many public posts came, were edited and went. A post is the same as
// long as it has its id.
type Change struct{ Added, Changed, Gone int }

// changeOf returns by what two libraries that follow each other differ; before may be
// nil.
func changeOf(before, now *library.Library) Change {
	switch before {
	case nil:
		return Change{Added: len(now.Posts)}
	case now:
		return Change{}
	}
	return compare(before.Posts, now.Posts)
}

// compare compares two lists, both newest first.
func compare(before, after []*blog.Post) Change {
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after = before[1:], after[1:]
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	left := make(map[string][]blog.Key, len(before)) // two may claim one id
	for _, p := range before {
		left[p.ID] = append(left[p.ID], p.Key)
	}
	var c Change
	for _, p := range after {
		switch keys := left[p.ID]; {
		case len(keys) == 0:
			c.Added++
		default:
			if keys[0] != p.Key {
				c.Changed++
			}
			left[p.ID] = keys[1:]
		}
	}
	for _, keys := range left {
		c.Gone += len(keys)
	}
	return c
}
