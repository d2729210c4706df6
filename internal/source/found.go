package source

import "time"

// sight is what the walk saw of a file.
type sight struct {
	path   string      // relative, slash-separated
	name   string      // absolute, links resolved
	print  fingerprint // zero: not looked at yet
	broken string      // why there is nothing to open; empty: it is a regular file
}

// found is a file that the walk came across, and what became of it.
type found struct {
	sight
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
func (s *scan) saw(what sight) found { return found{sight: what, fate: &s.usual} }

// own gives a file a fate of its own, which may be written to.
func (s *scan) own(f *found) {
	if f.fate == &s.usual {
		f.fate = &fate{}
	}
}
