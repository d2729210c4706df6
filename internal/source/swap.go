package source

import (
	"os"
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/swap"
)

// awaitSwap decides about a root that is another tree than before: its link leads elsewhere, or
// another folder bears its name. The new tree is never mixed with the old one. While the new one
// has to wait, awaitSwap returns the old one as it was. Then it returns nil, and what only the old
// tree held may go at once.
func (s *scan) awaitSwap() *Snapshot {
	for i := range s.found {
		if f := &s.found[i]; f.Broken == "" && f.Print == (files.Print{}) {
			if info, err := os.Lstat(s.name(f)); err == nil {
				f.Print = files.PrintOf(info)
			}
		}
	}
	if s.prev.swap != nil {
		s.confirmed = s.prev.swap.Sights
	}
	found := swap.Swap{Generation: s.Generation, Began: s.now, Since: s.now, Sights: s.seen(), Problems: s.prev.Problems}
	now, isEmpty := found.After(s.prev.swap), len(s.found) == 0 && len(s.prev.entries) > 0
	wait := now.Wait(s.now, s.o.Hold, isEmpty)
	if wait == 0 {
		return nil
	}
	still := *s.prev
	still.swap, still.Problems, still.Again = now, slices.Clone(now.Problems), wait
	if isEmpty {
		still.Problems = append(still.Problems, blog.Problem{Severity: blog.Warning,
			Message: "the folder was replaced by an empty one; the posts stay for " + s.o.Hold.String() + " in case that is an accident"})
		blog.SortProblems(still.Problems)
	}
	return &still
}
