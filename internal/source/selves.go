package source

import (
	"sync"
	"sync/atomic"
)

// selves finds what is known by what stays the same about a file. Any number of
// goroutines may ask.
type selves struct {
	known []*entry
	asked atomic.Int64
	index func() map[self]*entry
}

// fewAsked is how often all that is known is looked through before it pays to make an
// index of it: most scans find one file or none that changed.
const fewAsked = 16

func selvesOf(known *Snapshot) *selves {
	s := &selves{}
	if known != nil {
		s.known = known.entries
	}
	s.index = sync.OnceValue(func() map[self]*entry {
		all := make(map[self]*entry, len(s.known))
		for _, e := range s.known {
			if !e.birth.IsZero() {
				all[e.self()] = e
			}
		}
		return all
	})
	return s
}

// find returns the last one, by path, that is the same file; nil: none is. Nothing is
// known of a file without a birth.
func (s *selves) find(file self) *entry {
	if file.birth.IsZero() {
		return nil
	}
	if s.asked.Add(1) > fewAsked {
		return s.index()[file]
	}
	for i := len(s.known) - 1; i >= 0; i-- {
		if e := s.known[i]; e.print.id == file.id && e.birth.Equal(file.birth) {
			return e
		}
	}
	return nil
}
