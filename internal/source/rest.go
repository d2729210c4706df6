package source

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/known"
)

// sighting is how a file looks, and since when it has, by our own clock.
type sighting struct {
	print files.Print
	still known.Moment
}

// stillSince returns since when a file of this path has looked so: it is now if no
// look before saw it like that. Stamps would not tell. They are of the clock of
// whoever keeps the file, which may be ahead of ours or behind, by any time.
func (s *scan) stillSince(path string, print files.Print, before *known.Entry) known.Moment {
	if before != nil && before.Print == print {
		return before.Still
	}
	if s.prev != nil {
		if seen, ok := s.prev.waiting[path]; ok && seen.print == print {
			return seen.still
		}
	}
	return s.clock()
}

// unsettled returns how long to wait before a file may be taken; 0 is now. At
// the first scan nothing is waited for (see doubt), nor for the bytes that are
// shown already.
func (s *scan) unsettled(f *found) time.Duration {
	f.still = s.stillSince(f.Path, f.Print, f.before)
	left := s.o.Settle - s.clock().Sub(f.still)
	if s.prev == nil || left <= 0 || f.before != nil && f.before.Print == f.Print || s.complete(f) || s.swapped && s.settledSince(f) {
		return 0
	}
	return left
}

// paused reports whether somebody who is known to have the file open for writing
// has not written for a short while only. Some file systems say so of every file;
// hence a long pause counts as the end.
func (s *scan) paused(f *found) bool {
	return s.prev != nil && s.clock().Sub(f.still) < 2*s.o.Settle && files.WrittenTo(s.name(f))
}

// complete reports whether a file is known to have been whole when it got its
// name, and nobody writes to it: it took the place of another file, it was shown
// under another name, or the name is younger than its bytes. The file known before
// under that name is being edited where it lies, and its stamps then say nothing:
// a chmod amid the writing parts them too. An inode's number alone does not tell
// that file: it goes to the next new one.
func (s *scan) complete(f *found) bool {
	name := s.name(f)
	birth := files.BornAt(name)
	if f.before != nil {
		return (f.before.Print.ID != f.Print.ID || f.before.Birth != birth) && files.Closed(name)
	}
	return (s.known(f, birth) || files.Named(name, f.Print, birth)) && files.Closed(name)
}

// known reports whether the very file, with these bytes, is shown under another
// name.
func (s *scan) known(f *found, birth blog.Stamp) bool {
	before := s.selves.Find(files.Self{ID: f.Print.ID, Birth: birth})
	return birth != 0 && before != nil && before.Print.Size == f.Print.Size && before.Print.Modified == f.Print.Modified
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
		case time.Duration(newest-f.Print.Changed) >= racy:
			f.entry.Still = 0
		case files.WrittenTo(s.name(f)):
			f.entry, f.rest, f.held = nil, s.o.Settle, beingWritten
		default:
			f.racy = racy
		}
	}
	s.media = slices.DeleteFunc(s.media, func(m blog.Media) bool {
		written := time.Duration(newest-blog.StampOf(m.Modified)) < racy && files.WrittenTo(filepath.Join(s.Real, filepath.FromSlash(m.Path)))
		if written {
			s.wake(s.o.Settle)
			s.unlisted[m.Path] = sighting{} // however it looks, it will have to rest
		}
		return written
	})
}

// newest returns the latest change of all files found.
func (s *scan) newest() blog.Stamp {
	var newest blog.Stamp
	for i := range s.found {
		newest = max(newest, s.found[i].Print.Changed)
	}
	return newest
}

// settledSince reports whether a file of a tree that took the root's place is as
// it was at the look before. The files of such a tree need no further rest: they
// were written before the tree got its name.
func (s *scan) settledSince(f *found) bool {
	i, ok := slices.BinarySearchFunc(s.confirmed, f.Path, func(a known.Seen, path string) int { return strings.Compare(a.Path(), path) })
	return ok && s.confirmed[i].Sight().Print == f.Print && !files.WrittenTo(s.name(f))
}
