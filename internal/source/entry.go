package source

import (
	"strings"
	"time"

	"broadsheet/internal/source/internal/known"
)

// fileOf returns what others see of an entry.
func fileOf(e *known.Entry) File {
	return File{
		Path: e.Path, Data: e.Home.Data, Hash: e.Hash, Size: e.Print.Size, Modified: e.Print.Modified, Key: e.Key,
		Stale: e.Stale, Missing: e.Absent, texts: e.Home.Texts,
	}
}

// beforeFirst is how long before the first scan the epoch of all moments is: long since.
const beforeFirst = 24 * time.Hour

func (s *scan) moment(t time.Time) known.Moment { return known.Moment(t.Sub(s.epoch)) }

// clock returns the moment that it is.
func (s *scan) clock() known.Moment { return s.moment(s.o.Now()) }

// pathOf returns the path of a file, as a string that holds no others in memory, as those
// of a listing do. At the first scan nearly all of a listing is kept.
func (s *scan) pathOf(f *found) string {
	switch {
	case f.before != nil:
		return f.before.Path
	case s.prev != nil:
		return strings.Clone(f.Path)
	}
	return f.Path
}
