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

// displaces reports whether the file was known under another name.
func (f *found) displaces() bool { return f.was != nil && f.was.Path != f.Path }

// displaced reports whether a file that was renamed bears this name now.
func (s *scan) displaced(path string) bool {
	i, ok := s.at(path)
	return ok && !s.found[i].gone && s.found[i].displaces()
}

// refilled reports whether the names that were exchanged are all borne again: of a name, the
// file that bears it had another, and so on, until one that nothing was known of has the last.
// That one may well be the missing one, saved anew, and nobody could tell as long as the files
// are shown as they were. What it says will tell.
func (s *scan) refilled(path string) bool {
	for i, ok := s.at(path); ok && !s.found[i].gone; i, ok = s.at(path) {
		f := &s.found[i]
		if !f.displaces() {
			return f.entry != nil && !f.waits() && f.entry.Key > s.prev.keys
		}
		path = f.was.Path
	}
	return false
}

// takeBack shows the files that were renamed as they were, beside those that are
// missing still and whose names they took, one from the other.
func (s *scan) takeBack(missing map[string]*known.Entry) {
	names := map[string]bool{} // of the files that are shown as they were, then and now
	for path := range missing {
		names[path] = true
		for i, ok := s.at(path); ok && !s.found[i].gone && s.found[i].displaces(); i, ok = s.at(path) {
			path = s.found[i].was.Path
			names[path] = true
		}
	}
	var renamed []*known.Entry
	for i := range s.found {
		if f := &s.found[i]; f.displaces() && names[f.Path] {
			renamed = append(renamed, f.was)
			s.waiting[f.Path] = sighting{f.Print, f.still}
			s.due = append(s.due, f.Path)
		}
	}
	s.entries = slices.DeleteFunc(s.entries, func(e *known.Entry) bool { return names[e.Path] })
	s.entries = append(s.entries, renamed...)
}

// keepDisplaced keeps the files that are displaced, for as long as that may be amid a
// longer change, and with them the names of those that were renamed.
func (s *scan) keepDisplaced(missing map[string]*known.Entry, limit time.Duration) {
	kept := false
	for path, e := range missing {
		inTime := e.Missing == 0 && limit > 0 || s.moment(s.now).Sub(e.Missing) < limit
		switch {
		case !s.displaced(path):
		case inTime && !s.refilled(path):
			kept = true
		default:
			delete(missing, path)
		}
	}
	if kept {
		s.takeBack(missing)
	}
}
