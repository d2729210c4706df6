package source

import (
	"slices"
	"time"

	"broadsheet/internal/source/internal/known"
)

// A file is displaced if it is missing and its name is that of another now, which was
// known under one of its own: two posts exchange their names, and one of them goes on
// to a third. It is missing like any other, and stays as long; but there is only one
// name for the two. Until it is clear what becomes of it, no file that was renamed is
// shown under its new name.

// refilled reports whether the names that were exchanged are all borne again, the last of them
// by a file that nothing was known of. That may well be the missing one, saved anew, and nobody
// could tell as long as the files are shown as they were. What it says will tell.
func (s *scan) refilled(path string) bool {
	names := known.Exchanged(s.former, path)
	i, ok := s.at(names[len(names)-1])
	return ok && s.found[i].entry != nil && !s.found[i].waits() && s.found[i].entry.Key > s.prev.keys
}

// takeBack shows the files that were renamed as they were, beside those that are
// missing still and whose names they took, one from the other.
func (s *scan) takeBack(missing map[string]*known.Entry) {
	names := map[string]bool{} // of the files that are shown as they were, then and now
	for path := range missing {
		for _, name := range known.Exchanged(s.former, path) {
			names[name] = true
		}
	}
	s.entries = slices.DeleteFunc(s.entries, func(e *known.Entry) bool { return names[e.Path] })
	for i := range s.found {
		if f := &s.found[i]; names[f.Path] && s.former[f.Path] != "" {
			s.entries = append(s.entries, f.was)
			s.waiting[f.Path] = sighting{f.Print, f.still}
			s.due = append(s.due, f.Path)
		}
	}
}

// keepDisplaced keeps the files that are displaced, for as long as that may be amid a
// longer change, and with them the names of those that were renamed.
func (s *scan) keepDisplaced(missing map[string]*known.Entry, limit time.Duration) {
	kept := false
	for path, e := range missing {
		inTime := e.Missing == 0 && limit > 0 || s.moment(s.now).Sub(e.Missing) < limit
		switch {
		case s.former[path] == "":
		case inTime && (s.awaited.Equal(s.now) || !s.refilled(path)): // what waits may be the missing one as well
			kept = true
		default:
			delete(missing, path)
		}
	}
	if kept {
		s.takeBack(missing)
	}
}
