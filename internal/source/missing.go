package source

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
)

// settleMissing decides about files that were there before: one whose bytes
// turned up under a new name goes, the others stay for as long as their absence
// may be an accident. It returns how long that is.
func (s *scan) settleMissing() time.Duration {
	if s.prev == nil {
		return 0
	}
	missing := s.missing()
	s.findMoves(missing)
	limit := s.o.Grace
	switch {
	case s.swapped: // awaitSwap made sure
		limit = 0
	case s.much(len(missing)):
		limit = s.o.Hold
		s.problems = append(s.problems, blog.Problem{Severity: blog.Warning,
			Message: fmt.Sprintf("many files are missing at once; they stay for %v in case that is an accident", limit)})
	}
	for _, path := range slices.Sorted(maps.Keys(missing)) {
		s.keepMissing(path, missing[path], limit)
	}
	if len(missing) > 0 {
		slices.SortFunc(s.entries, func(a, b *entry) int { return strings.Compare(a.file.Path, b.file.Path) })
	}
	return limit
}

// missing returns the entries that no file was found for.
func (s *scan) missing() map[string]*entry {
	missing := map[string]*entry{}
	here := s.entries
	for _, before := range s.prev.entries {
		path := before.file.Path
		for len(here) > 0 && here[0].file.Path < path {
			here = here[1:]
		}
		leftOut := s.cut != "" && path >= s.cut
		if (len(here) == 0 || here[0].file.Path != path) && !s.there(path) && !leftOut {
			missing[path] = before
		}
	}
	return missing
}

// there reports whether a file was found that has nothing to show.
func (s *scan) there(path string) bool {
	i, ok := slices.BinarySearchFunc(s.found, path, func(f found, path string) int { return strings.Compare(f.path, path) })
	return ok && !s.found[i].gone
}

// much reports whether so many files are missing that it may be an accident.
func (s *scan) much(n int) bool {
	all := len(s.prev.entries)
	return n > 0 && len(s.found) == 0 || n > 10 && n*5 > all
}

// keepMissing keeps an entry until its time is up. One in a folder that cannot
// be listed stays for good: nobody knows whether it is gone.
func (s *scan) keepMissing(path string, before *entry, limit time.Duration) {
	kept := *before
	kept.file.MovedFrom = ""
	if s.isLost(path) {
		kept.file.Stale = true
		s.entries = append(s.entries, &kept)
		return
	}
	if kept.missing.IsZero() {
		kept.missing = s.now
	}
	if left := limit - s.now.Sub(kept.missing); left > 0 {
		s.wake(left)
		s.entries = append(s.entries, &kept)
		s.held = append(s.held, Held{path, "the file is missing; it stays for a while in case it comes back"})
	}
}

// isLost reports whether the file lies in a folder that cannot be listed.
func (s *scan) isLost(path string) bool {
	return slices.ContainsFunc(s.lost, func(dir string) bool { return strings.HasPrefix(path, dir) })
}

// findMoves marks files that were known under another name: by being the same
// file on disk, or by their bytes. The other name may be missing now, or be that
// of another file, as when files are renumbered. An inode's number alone does
// not tell: it goes to the next new file.
func (s *scan) findMoves(missing map[string]*entry) {
	former := maps.Clone(missing)
	var moved []*found
	for i := range s.found {
		f := &s.found[i]
		before := f.before
		if f.entry == nil || f.entry == before || before != nil && before.stayed(f.entry) {
			continue
		}
		moved = append(moved, f)
		if before != nil {
			former[f.path] = before
		}
	}
	byHash, bySelf := map[[32]byte][]string{}, map[self]string{}
	for _, path := range slices.Sorted(maps.Keys(former)) {
		e := former[path]
		byHash[e.file.Hash] = append(byHash[e.file.Hash], path)
		bySelf[e.self()] = path
	}
	for _, f := range moved {
		from := bySelf[f.entry.self()]
		if f.entry.birth.IsZero() || former[from] == nil || from == f.path {
			from = first(byHash[f.entry.file.Hash], former)
		}
		if from != "" {
			f.entry.file.MovedFrom = from
			delete(former, from)
			delete(missing, from)
		}
	}
}

// stayed reports whether what is now under the entry's name is the same file:
// edited where it lies, or saved anew with the same bytes.
func (e *entry) stayed(now *entry) bool {
	return e.file.Hash == now.file.Hash || !e.birth.IsZero() && e.self() == now.self()
}

func (e *entry) self() self { return self{e.print.id, e.birth} }

// self is what stays the same about a file whatever happens to its name and
// its bytes.
type self struct {
	id    fileID
	birth time.Time
}

// first returns the first of the paths that is still free to be claimed.
func first(paths []string, former map[string]*entry) string {
	for _, path := range paths {
		if former[path] != nil {
			return path
		}
	}
	return ""
}
