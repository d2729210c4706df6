package source

import (
	"os"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/known"
	"broadsheet/internal/source/internal/tree"
)

// confirm is for how long a tree that took the root's place must show the same
// files before it is taken for what the root now is.
const confirm = 250 * time.Millisecond

// swap is a tree that took the root's place and waits to be taken.
type swap struct {
	tree.Generation
	began    time.Time // when the root was first found to be another
	since    time.Time // when the tree was first seen with these files
	sights   []known.Seen
	problems []blog.Problem // of the tree that is still shown
}

// awaitSwap decides about a root that is no longer the tree it was: its link
// leads elsewhere, or another folder bears its name. Nothing of the new tree is
// mixed with the old one: until the new one has been seen twice with the same
// files, awaitSwap returns the old one as it was; then it returns nil, and what
// only the old tree held may go at once. An empty tree has to wait for longer,
// as it may be a volume that is not there yet; one that never comes to rest is
// taken in the end.
func (s *scan) awaitSwap() *Snapshot {
	for i := range s.found {
		if f := &s.found[i]; f.Broken == "" && f.Print == (files.Print{}) {
			if info, err := os.Lstat(s.name(f)); err == nil {
				f.Print = files.PrintOf(info)
			}
		}
	}
	now := &swap{Generation: s.Generation, began: s.now, since: s.now, sights: s.seen(), problems: s.prev.Problems}
	if before := s.prev.swap; before != nil {
		now.began, now.problems = before.began, before.problems
		if now.sameAs(before) {
			now.since = before.since
		}
		s.confirmed = before.sights
	}
	prev := *s.prev
	still := &prev
	still.swap, still.Problems = now, slices.Clone(now.problems)
	still.Again = confirm - s.now.Sub(now.since)
	if left := s.o.Hold - s.now.Sub(now.began); left <= 0 {
		still.Again = 0
	} else if len(s.found) == 0 && len(s.prev.entries) > 0 {
		still.Again = left
		still.Problems = append(still.Problems, blog.Problem{Severity: blog.Warning,
			Message: "the folder was replaced by an empty one; the posts stay for " + s.o.Hold.String() + " in case that is an accident"})
		blog.SortProblems(still.Problems)
	}
	if still.Again <= 0 {
		return nil
	}
	return still
}

// sameAs reports whether both are one tree with the same files. Their contents
// may differ: each file has to be left alone for itself.
func (w *swap) sameAs(before *swap) bool {
	return w.Generation == before.Generation &&
		slices.EqualFunc(w.sights, before.sights, func(a, b known.Seen) bool { return a.Path() == b.Path() })
}
