package source

import (
	"path/filepath"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/known"
	"broadsheet/internal/source/internal/walk"
)

// found is a file that the walk came across, and what became of it.
type found struct {
	walk.Sight
	before *known.Entry // what the previous snapshot knew of its name
	entry  *known.Entry // nil: nothing to show
	*fate               // never nil; see own
}

// fate is what became of a file that is not as it was. All others share one that says
// nothing: they are nearly all, and there may be very many.
type fate struct {
	birth   blog.Stamp
	still   known.Moment  // since when it has looked as it does, by our own clock
	was     *known.Entry  // what the previous snapshot knew of the file itself
	problem string        // why the newest bytes are not taken; empty: they are
	gone    bool          // it vanished between the listing and the reading
	held    string        // why the newest bytes have to wait; empty: they need not
	since   time.Time     // since when it is refused
	again   time.Duration // when to look at the file again; 0: no need
	rest    time.Duration // the same for one that waits to be left alone
	racy    time.Duration // the same for one that may have changed unnoticed
}

// saw returns a file of which no more is known yet.
func (s *scan) saw(what walk.Sight) found { return found{Sight: what, fate: &s.usual} }

// own gives a file a fate of its own, which may be written to.
func (s *scan) own(f *found) {
	if f.fate == &s.usual {
		f.fate = &fate{}
	}
}

// name returns the absolute name of a file, links resolved.
func (s *scan) name(f *found) string {
	if f.Name != "" {
		return f.Name
	}
	return s.Real + string(filepath.Separator) + filepath.FromSlash(f.Path)
}

// inPlace reports whether a file is where its path says, and not where a link leads.
func (s *scan) inPlace(f *found) bool {
	root := len(s.Real) + 1
	return f.Name == "" || len(f.Name) == root+len(f.Path) && f.Name[root:] == f.Path && f.Name[:root-1] == s.Real
}

// sights returns what the walk saw: that of prev if it saw the same.
func (s *scan) sights() []known.Seen {
	same := s.prev != nil && len(s.found) == len(s.prev.sights)
	for i := 0; same && i < len(s.found); i++ {
		same = s.found[i].entry == s.prev.sights[i].Entry && s.isAsEntry(&s.found[i])
	}
	if same {
		return s.prev.sights
	}
	return s.seen()
}

// isAsEntry reports whether the entry of a file tells all that was seen of it.
func (s *scan) isAsEntry(f *found) bool {
	e := f.entry
	return e != nil && f.Broken == "" && e.Print == f.Print && e.Path == f.Path && s.inPlace(f)
}

func (s *scan) seen() []known.Seen {
	all := make([]known.Seen, len(s.found))
	for i := range s.found {
		f := &s.found[i]
		if s.isAsEntry(f) {
			all[i].Entry = f.entry
			continue
		}
		sight := f.Sight
		if s.inPlace(f) {
			sight.Name = ""
		}
		all[i].Odd = &sight
	}
	return all
}
