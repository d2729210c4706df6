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

// takeBack shows the files that were renamed as they were, beside those that are
// missing still.
func (s *scan) takeBack(missing map[string]*known.Entry) {
	names := map[string]bool{} // of the files that are shown as they were, then and now
	for path := range missing {
		names[path] = true
	}
	var renamed []*known.Entry
	for i := range s.found {
		if f := &s.found[i]; f.displaces() {
			renamed = append(renamed, f.was)
			names[f.was.Path], names[f.Path] = true, true
			s.waiting[f.Path] = sighting{f.Print, f.still}
			s.due = append(s.due, f.Path)
		}
	}
	s.entries = slices.DeleteFunc(s.entries, func(e *known.Entry) bool { return names[e.Path] })
	for _, e := range renamed {
		if names[e.Path] {
			s.entries = append(s.entries, e)
		}
	}
}

// keepDisplaced keeps the files that are displaced, for as long as that may be amid a
// longer change, and with them the names of those that were renamed.
func (s *scan) keepDisplaced(missing map[string]*known.Entry, limit time.Duration) {
	kept := false
	for path, e := range missing {
		switch {
		case !s.displaced(path):
		case e.Missing == 0 && limit > 0 || s.moment(s.now).Sub(e.Missing) < limit:
			kept = true
		default:
			delete(missing, path)
		}
	}
	if kept {
		s.takeBack(missing)
	}
}
