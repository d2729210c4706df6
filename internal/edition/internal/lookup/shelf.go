package lookup

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Lazy is a table that is made when it is first asked for, and may be let go. The zero value is
// ready to use.
type Lazy[D any] struct {
	making sync.Mutex
	table  atomic.Pointer[Table[D]] // nil: it is to be made
}

// Shelf bounds how many documents the tables of an edition hold that can be made again. Any
// goroutine may use it.
type Shelf[D any] struct {
	Limit int          // of documents, beside those of the table that was made last
	Stays func(D) bool // whether a document, and with it its table, is not let go

	mu     sync.Mutex
	tables []*Lazy[D] // that are made, in the order in which they were
	count  int        // of their documents
	bound  bool
}

// Bound makes the shelf heed its limit from now on.
func (s *Shelf[D]) Bound() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bound = true
}

// Table returns a table, made unless it was. If there are too many documents then, the tables that
// were made first are let go.
func (s *Shelf[D]) Table(l *Lazy[D], make func() *Table[D]) *Table[D] {
	if made := l.table.Load(); made != nil {
		return made
	}
	l.making.Lock()
	defer l.making.Unlock()
	made := l.table.Load()
	if made == nil {
		made = make()
		l.table.Store(made)
		s.add(l, len(made.Order))
	}
	return made
}

func (s *Shelf[D]) add(l *Lazy[D], documents int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tables, s.count = append(s.tables, l), s.count+documents
	for i := 0; s.bound && s.count > s.Limit && i < len(s.tables)-1; {
		oldest := s.tables[i].table.Load().Order
		if slices.ContainsFunc(oldest, s.Stays) {
			i++
			continue
		}
		s.tables[i].table.Store(nil)
		s.tables, s.count = slices.Delete(s.tables, i, i+1), s.count-len(oldest)
	}
}

// Len returns how many tables are made.
func (s *Shelf[D]) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.tables)
}

// All returns the documents of all tables that are made.
func (s *Shelf[D]) All() []D {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]D, 0, s.count)
	for _, l := range s.tables {
		all = append(all, l.table.Load().Order...)
	}
	return all
}
