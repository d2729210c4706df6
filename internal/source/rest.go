package source

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/walk"
)

// sighting is how a file looks, and since when it has, by our own clock.
type sighting struct {
	print files.Print
	still time.Time
}

// stillSince returns since when a file of this path has looked so: it is now if no
// look before saw it like that. Stamps would not tell. They are of the clock of
// whoever keeps the file, which may be ahead of ours or behind, by any time.
func (s *scan) stillSince(path string, print files.Print, before *entry) time.Time {
	if before != nil && before.print == print {
		return before.still
	}
	if s.prev != nil {
		if seen, ok := s.prev.waiting[path]; ok && seen.print == print {
			return seen.still
		}
	}
	return s.o.Now()
}

// unsettled returns how long to wait before a file may be taken; 0 is now. At
// the first scan nothing is waited for (see doubt), nor for the bytes that are
// shown already.
func (s *scan) unsettled(f *found) time.Duration {
	f.still = s.stillSince(f.Path, f.Print, f.before)
	left := s.o.Settle - s.o.Now().Sub(f.still)
	if s.prev == nil || left <= 0 || f.before != nil && f.before.print == f.Print || s.complete(f) || s.swapped && s.settledSince(f) {
		return 0
	}
	return left
}

// paused reports whether somebody who is known to have the file open for writing
// has not written for a short while only. Some file systems say so of every file;
// hence a long pause counts as the end.
func (s *scan) paused(f *found) bool {
	return s.prev != nil && s.o.Now().Sub(f.still) < 2*s.o.Settle && files.WrittenTo(f.Name)
}

// complete reports whether a file is known to have been whole when it got its
// name, and nobody writes to it: it took the place of another file, it was shown
// under another name, or the name is younger than its bytes. The file known before
// under that name is being edited where it lies, and its stamps then say nothing:
// a chmod amid the writing parts them too. An inode's number alone does not tell
// that file: it goes to the next new one.
func (s *scan) complete(f *found) bool {
	birth := files.BornAt(f.Name)
	if f.before != nil {
		return (f.before.print.ID != f.Print.ID || !f.before.birth.Equal(birth)) && files.Closed(f.Name)
	}
	return (s.known(f, birth) || files.Named(f.Name, f.Print, birth)) && files.Closed(f.Name)
}

// known reports whether the very file, with these bytes, is shown under another
// name.
func (s *scan) known(f *found, birth time.Time) bool {
	before := s.selves.Find(files.Self{ID: f.Print.ID, Birth: birth})
	return !birth.IsZero() && before != nil && before.print.Size == f.Print.Size && before.print.Modified.Equal(f.Print.Modified)
}

// doubt looks at what the first scan took once more. The clock of the file system
// shows at least the newest change of all; what is older than that by racy has been
// left alone. Of the rest, nothing is taken that a program is known to be writing.
func (s *scan) doubt() {
	newest := s.newest()
	for i := range s.found {
		f := &s.found[i]
		switch {
		case f.entry == nil:
		case newest.Sub(f.Print.Changed) >= racy:
			f.entry.still = time.Time{}
		case files.WrittenTo(f.Name):
			f.entry, f.rest, f.held = nil, s.o.Settle, beingWritten
		default:
			f.racy = racy
		}
	}
	s.media = slices.DeleteFunc(s.media, func(m blog.Media) bool {
		written := newest.Sub(m.Modified) < racy && files.WrittenTo(filepath.Join(s.Real, filepath.FromSlash(m.Path)))
		if written {
			s.wake(s.o.Settle)
			s.unlisted[m.Path] = sighting{} // however it looks, it will have to rest
		}
		return written
	})
}

// newest returns the latest change of all files found.
func (s *scan) newest() time.Time {
	var newest time.Time
	for i := range s.found {
		if at := s.found[i].Print.Changed; at.After(newest) {
			newest = at
		}
	}
	return newest
}

// settledSince reports whether a file of a tree that took the root's place is as
// it was at the look before. The files of such a tree need no further rest: they
// were written before the tree got its name.
func (s *scan) settledSince(f *found) bool {
	i, ok := slices.BinarySearchFunc(s.confirmed, f.Path, func(a walk.Sight, path string) int { return strings.Compare(a.Path, path) })
	return ok && s.confirmed[i].Print == f.Print && !files.WrittenTo(f.Name)
}
