// Package known holds what a scan remembers of files for the next one. There may be very
// many, so that nothing is kept twice, and times are numbers.
package known

import (
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/texts"
	"broadsheet/internal/source/internal/walk"
)

// Entry is what is remembered of a path. Its bytes are as many as its print says.
type Entry struct {
	Path    string
	Hash    [32]byte // SHA-256 of the bytes
	Key     uint64   // the same from scan to scan for as long as this is known to be the same file
	Home    *Home
	Print   files.Print
	Birth   blog.Stamp // when the file was made, which no rename changes; 0: unknown
	Still   Moment     // since when the file has looked so; 0: long since
	Read    Moment     // when its bytes were read
	Missing Moment     // since when the file is missing; 0: it is there
	Stale   bool       // the file cannot be read now
	Absent  bool       // the file is shown as missing
}

// Home is where the bytes of files are: with the one that keeps its own, or in the store
// that all others share.
type Home struct {
	Data  []byte
	Texts *texts.Store
}

// Self returns what stays the same about the file.
func (e *Entry) Self() files.Self { return files.Self{ID: e.Print.ID, Birth: e.Birth} }

// Shows reports whether others see the same of both. Equal bytes are shared.
func (e *Entry) Shows(o *Entry) bool {
	return e == o || e.Path == o.Path && e.Hash == o.Hash && e.Print.Modified == o.Print.Modified &&
		e.Key == o.Key && e.Stale == o.Stale && e.Absent == o.Absent
}

// Moment is a time by our own clock, since an epoch. Like a time.Time it does not move
// when somebody sets the clock.
type Moment time.Duration

// Sub returns how much later a moment is than another.
func (m Moment) Sub(o Moment) time.Duration { return time.Duration(m - o) }

// Seen is what a walk saw of a file: for nearly all it is what the entry says.
type Seen struct {
	Entry *Entry      // nil: see Odd
	Odd   *walk.Sight // of a file that waits, is a link, or has nothing to show
}

// Sight returns it. A file that is where its path says has no name.
func (v Seen) Sight() walk.Sight {
	if v.Odd != nil {
		return *v.Odd
	}
	return walk.Sight{Path: v.Entry.Path, Print: v.Entry.Print}
}

// Path returns the path that the file was seen at.
func (v Seen) Path() string {
	if v.Odd != nil {
		return v.Odd.Path
	}
	return v.Entry.Path
}

// LooksAs reports whether both are the same, whatever names the file has besides: only the
// time of its last change tells of those.
func (v Seen) LooksAs(o Seen) bool {
	a, b := v.Sight(), o.Sight()
	a.Print.Changed, b.Print.Changed = 0, 0
	return a == b
}
