// Package swap decides when another tree that took the place of a folder is shown. In go what a scan
// saw of it, and what the scan before did; out comes how long the tree that is shown stays. Times are
// of our own clock.
package swap

import (
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/known"
	"broadsheet/internal/source/internal/tree"
)

// confirm is how long a tree must show the same files before it is taken.
const confirm = 250 * time.Millisecond

// Swap is a tree that took the root's place and is not shown yet.
type Swap struct {
	tree.Generation
	Began    time.Time // when the root was first found to be another
	Since    time.Time // when the tree was first seen with these files
	Sights   []known.Seen
	Problems []blog.Problem // of the tree that is still shown
}

// After returns the swap as it goes on from what the scan before saw; nil: nothing.
func (w Swap) After(before *Swap) *Swap {
	if before == nil {
		return &w
	}
	w.Began, w.Problems = before.Began, before.Problems
	if w.isSame(before) {
		w.Since = before.Since
	}
	return &w
}

// isSame reports whether both are one tree with the same files. Their contents may differ: each
// file has to be left alone for itself.
func (w *Swap) isSame(before *Swap) bool {
	return w.Generation == before.Generation &&
		slices.EqualFunc(w.Sights, before.Sights, func(a, b known.Seen) bool { return a.Path() == b.Path() })
}

// Wait returns how long the tree that is still shown stays at the least; 0: it stays no longer. A
// tree that is seen twice with the same files is taken. An empty one has to wait for as long as hold,
// since it may be a volume that is not there yet. One that never comes to rest is taken after hold.
func (w *Swap) Wait(now time.Time, hold time.Duration, isEmpty bool) time.Duration {
	left := hold - now.Sub(w.Began)
	switch {
	case left <= 0:
		return 0
	case isEmpty:
		return left
	}
	return max(confirm-now.Sub(w.Since), 0)
}
