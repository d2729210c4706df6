package source

import (
	"time"

	"broadsheet/internal/source/internal/walk"
)

// found is a file that the walk came across, and what became of it.
type found struct {
	walk.Sight
	before *entry // what the previous snapshot knew of its name
	entry  *entry // nil: nothing to show
	*fate         // never nil; see own
}

// fate is what became of a file that is not as it was. All others share one that says
// nothing: they are nearly all, and there may be very many.
type fate struct {
	birth   time.Time
	still   time.Time     // since when it has looked as it does, by our own clock
	was     *entry        // what the previous snapshot knew of the file itself
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

// sights returns what the walk saw: that of prev if it saw the same.
func (s *scan) sights() []walk.Sight {
	if s.prev != nil && len(s.found) == len(s.prev.sights) {
		same := true
		for i := range s.found {
			same = same && s.found[i].Sight == s.prev.sights[i]
		}
		if same {
			return s.prev.sights
		}
	}
	return sightsOf(s.found)
}

func sightsOf(found []found) []walk.Sight {
	sights := make([]walk.Sight, len(found))
	for i := range found {
		sights[i] = found[i].Sight
	}
	return sights
}
