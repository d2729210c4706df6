package source

import (
	"os"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/known"
)

// tornAgain is how soon a folder is looked at again that was renamed in amid the look.
const tornAgain = 20 * time.Millisecond

// follow gives each file found the key of the one that it was before: the same file
// on disk, under whatever name, or else the same bytes under the same name. What has
// to wait goes on with the bytes known last of that file, under the name it has now.
func (s *scan) follow() {
	s.claimed, s.former = map[*known.Entry]bool{}, map[string]string{}
	changed := s.changed()
	for _, f := range changed {
		if e := s.sameFile(f); e != nil && !s.isClaimed(e) {
			f.was, s.claimed[e] = e, true
		}
	}
	for _, f := range changed {
		if e := f.before; f.was == nil && e != nil && !s.isClaimed(e) && f.saysAs(e) {
			f.was, s.claimed[e] = e, true
		}
		if f.was != nil && f.was.Path != f.Path {
			s.former[f.Path] = f.was.Path
		}
		switch {
		case f.waits():
			s.keepLast(f)
		case f.was != nil:
			f.entry.Key = f.was.Key
		default:
			s.keys++
			f.entry.Key = s.keys
		}
	}
}

// changed returns the files that are not what the previous snapshot shows of their
// names.
func (s *scan) changed() []*found {
	var changed []*found
	for i := range s.found {
		if f := &s.found[i]; !f.gone && (f.waits() || f.entry != f.before) {
			changed = append(changed, f)
		}
	}
	return changed
}

// isClaimed reports whether an entry of prev goes on: in a file that changed, or in one
// that is as it was.
func (s *scan) isClaimed(e *known.Entry) bool {
	if s.claimed[e] {
		return true
	}
	i, found := s.at(e.Path)
	return found && s.found[i].entry == e && s.found[i].before == e && !s.found[i].waits()
}

// waits reports whether the newest bytes of the file are not taken.
func (f *found) waits() bool { return f.held != "" || f.problem != "" }

// saysAs reports whether the file, as far as is known, still is what lay under its
// name: nothing else can be said of one that waits.
func (f *found) saysAs(e *known.Entry) bool { return f.waits() || f.entry.Hash == e.Hash }

// sameFile returns what is known of the file by itself; nil: nothing. A file with
// two names is known by the first one alone.
func (s *scan) sameFile(f *found) *known.Entry {
	if s.prev == nil || f.Broken != "" {
		return nil
	}
	if f.birth == 0 {
		f.birth = files.BornAt(s.name(f))
	}
	e := s.selves.Find(files.Self{ID: f.Print.ID, Birth: f.birth})
	switch {
	case e == nil:
		return nil
	case f.before != nil && f.before.Self() == e.Self():
		return f.before
	}
	i, found := s.at(e.Path)
	if !found || s.found[i].gone || s.found[i].Print.ID != f.Print.ID {
		return e
	}
	if info, err := os.Lstat(s.name(&s.found[i])); err == nil && files.PrintOf(info).ID == f.Print.ID {
		return nil
	}
	// It was renamed amid the look, so that it was seen under both names.
	f.held, f.again = beingWritten, tornAgain
	s.due = append(s.due, e.Path)
	return nil
}

// at returns where in found the path is.
func (s *scan) at(path string) (int, bool) {
	return slices.BinarySearchFunc(s.found, path, func(f found, path string) int { return strings.Compare(f.Path, path) })
}

// keepLast shows the last good bytes of a file that waits, if there are any.
func (s *scan) keepLast(f *found) {
	f.entry = nil
	if f.was == nil {
		return
	}
	kept := *f.was
	kept.Path, kept.Absent, kept.Missing = s.pathOf(f), false, 0
	if f.problem != "" {
		kept.Stale = true
		f.problem += "; the last good version stays"
	}
	f.entry = &kept
}
