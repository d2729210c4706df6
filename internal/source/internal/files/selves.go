package files

import (
	"sync"
	"sync/atomic"

	"broadsheet/internal/blog"
)

// Self is what stays the same about a file whatever happens to its name and
// its bytes. Without a birth it tells nothing: an inode's number goes to the
// next new file.
type Self struct {
	ID    ID
	Birth blog.Stamp
}

// Selves finds what is known by what stays the same about a file. Any number of
// goroutines may ask.
type Selves[E any] struct {
	known []*E
	self  func(*E) Self
	asked atomic.Int64
	index func() map[Self]*E
}

// fewAsked is how often all that is known is looked through before it pays to make an
// index of it: most scans find one file or none that changed.
const fewAsked = 16

// SelvesOf returns what finds one of those known, each of which is the file that self says.
func SelvesOf[E any](known []*E, self func(*E) Self) *Selves[E] {
	s := &Selves[E]{known: known, self: self}
	s.index = sync.OnceValue(func() map[Self]*E {
		all := make(map[Self]*E, len(s.known))
		for _, e := range s.known {
			if file := self(e); file.Birth != 0 {
				all[file] = e
			}
		}
		return all
	})
	return s
}

// Find returns the last one that is the same file; nil: none is. Nothing is known of a
// file without a birth.
func (s *Selves[E]) Find(file Self) *E {
	if file.Birth == 0 {
		return nil
	}
	if s.asked.Add(1) > fewAsked {
		return s.index()[file]
	}
	for i := len(s.known) - 1; i >= 0; i-- {
		if own := s.self(s.known[i]); own == file {
			return s.known[i]
		}
	}
	return nil
}
