package source

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/known"
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
	case s.isSuspicious(len(missing)):
		limit = s.o.Hold
		s.problems = append(s.problems, blog.Problem{Severity: blog.Warning,
			Message: fmt.Sprintf("many files are missing at once; they stay for %v in case that is an accident", limit)})
	}
	if s.awaitsNew() && limit == s.o.Grace {
		limit += heirGrace
	}
	s.keepDisplaced(missing, min(limit, s.o.Grace+heirGrace))
	for _, path := range slices.Sorted(maps.Keys(missing)) {
		s.keepMissing(path, missing[path], limit)
	}
	if len(missing) > 0 {
		slices.SortFunc(s.entries, func(a, b *known.Entry) int { return strings.Compare(a.Path, b.Path) })
	}
	return limit
}

// heirGrace is for how much longer at most a missing file stays while a new one waits, or did so
// just now and went: it may hold the same post, and neither would be shown for a moment. It is
// much longer than a file waits, for one may come after the other, and a busy machine looks seldom.
const heirGrace = 8 * time.Second

// awaitsNew reports whether a file that nothing was known of has to wait, or had to just now.
func (s *scan) awaitsNew() bool {
	s.awaited = s.prev.awaited
	for i := range s.found {
		if f := &s.found[i]; f.before == nil && f.entry == nil && f.held != "" {
			s.awaited = s.now
		}
	}
	return s.now.Sub(s.awaited) < s.o.Grace
}

// missing returns the entries that no file was found for.
func (s *scan) missing() map[string]*known.Entry {
	missing := map[string]*known.Entry{}
	here := s.entries
	for _, before := range s.prev.entries {
		path := before.Path
		for len(here) > 0 && here[0].Path < path {
			here = here[1:]
		}
		leftOut := s.firstOmitted != "" && path >= s.firstOmitted
		away := (len(here) == 0 || here[0].Path != path) && !s.exists(path) && !leftOut
		if (away || s.former[path] != "") && !s.isClaimed(before) {
			missing[path] = before
		}
	}
	return missing
}

// exists reports whether a file was found that has nothing to show.
func (s *scan) exists(path string) bool {
	i, ok := s.at(path)
	return ok && !s.found[i].gone
}

// isSuspicious reports whether so many files are missing that it may be an accident.
func (s *scan) isSuspicious(n int) bool {
	all := len(s.prev.entries)
	return n > 0 && len(s.found) == 0 || n > 10 && n*5 > all
}

// keepMissing keeps an entry until its time is up. One in a folder that cannot
// be listed stays for good: nobody knows whether it is gone.
func (s *scan) keepMissing(path string, before *known.Entry, limit time.Duration) {
	kept := *before
	if s.isUnreadable(path) {
		kept.Stale, kept.Absent = true, false
		s.entries = append(s.entries, &kept)
		return
	}
	if kept.Missing == 0 {
		kept.Missing = s.moment(s.now)
	}
	if left := limit - s.moment(s.now).Sub(kept.Missing); left > 0 {
		kept.Absent = true
		s.wake(left)
		s.due = append(s.due, path)
		s.entries = append(s.entries, &kept)
		s.held = append(s.held, Held{path, "the file is missing; it stays for a while in case it comes back"})
	}
}

// isUnreadable reports whether the file lies in a folder that cannot be listed.
func (s *scan) isUnreadable(path string) bool {
	return slices.ContainsFunc(s.unreadableDirs, func(dir string) bool { return strings.HasPrefix(path, dir) })
}

// findMoves gives files that are not known the keys of missing ones with the same
// bytes.
func (s *scan) findMoves(missing map[string]*known.Entry) {
	byHash := known.ByHash(missing)
	for i := range s.found {
		f := &s.found[i]
		if f.entry == nil || f.was != nil || f.entry == f.before {
			continue
		}
		if from := known.Likeliest(byHash[f.entry.Hash], f.Path, missing); from != "" {
			f.entry.Key = missing[from].Key
			delete(missing, from)
		}
	}
}
