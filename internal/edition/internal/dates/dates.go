// Package dates says when documents last changed.
//
// In go the date that was handed out before, the posts of a document, and the moment of
// publication; out comes the date to hand out now: a whole second, UTC.
package dates

import (
	"time"

	"broadsheet/internal/blog"
)

// None is the date of a feed without entries. Atom wants one (RFC 4287 section 4.1.1); a
// clock would make the bytes differ from one replica to the next. It lies after the date
// that Thunderbird sends on its first contact, so that a new subscriber is not told "not
// modified".
var None = time.Date(2000, 1, 2, 0, 0, 0, 0, time.UTC)

// Newest returns the date of a feed: the latest of its posts' dates, even if it is in the
// future. So it stays when a post goes, or is edited without a new date.
func Newest(posts []*blog.Post) time.Time {
	date := None
	for _, p := range posts {
		for _, at := range []time.Time{p.Published, p.Updated} {
			if at.After(date) {
				date = at
			}
		}
	}
	return date
}

// Following returns the date of bytes that replace those of a date at a moment.
//
// It is the end of the moment's second, since the bytes before may still have been handed
// out within that second; and a second after the last date, because some readers drop an
// answer whose date did not move. Several changes in a second would run ahead of the
// clock: from the second change on they share a date, which is two seconds away at the
// most. It is further away only if the clock went back.
func Following(last, moment time.Time) time.Time {
	end := moment.UTC().Truncate(time.Second).Add(time.Second)
	switch {
	case last.Before(end):
		return end
	case last.After(end.Add(time.Second)):
		return last.Add(time.Second)
	}
	return end.Add(time.Second)
}

// First returns the date of a document that was never handed out: that of its newest
// entry or file, and no earlier than the date it is known to have passed. Dates after the
// moment of publication do not count.
func First(passed time.Time, posts []*blog.Post, moment time.Time) time.Time {
	date := passed
	for _, p := range posts {
		for _, at := range []time.Time{p.Updated, p.File.Time()} {
			if at.After(date) && !at.After(moment) {
				date = at
			}
		}
	}
	whole := date.Truncate(time.Second)
	if !whole.Equal(date) {
		whole = whole.Add(time.Second)
	}
	return whole.UTC()
}

// Record is what is remembered of a document between editions and runs.
//
// Modified is no part of the bytes: it is when this service came to hand them out, and the
// end of that second, so that it may lie ahead of the clock for a moment. Of two versions
// of a document the later one has the later date, or the same date if neither was handed
// out in that second or after.
type Record struct {
	Hash     string    `json:"hash"` // without one, Modified is the date that the document has passed already
	Modified time.Time `json:"modified"`
}

// Change is content that is about to be handed out.
type Change struct {
	Hash       string
	At         time.Time    // of publication
	Posts      []*blog.Post // that the document shows
	Superseded bool         // a later edition was published already
}

// Next returns the record of a change, given what is handed out under the path and what
// was before: a known record while the content is what it was, or else one with a later
// date. An edition that was superseded may still be asked for bytes that nobody has seen;
// their date hides no later bytes.
func Next(c Change, now, before Record) Record {
	for _, known := range []Record{now, before} {
		if known.Hash == c.Hash {
			return known
		}
	}
	passed := None
	if before.Modified.After(passed) {
		passed = before.Modified
	}
	switch {
	case c.Superseded:
		return Record{c.Hash, passed}
	case before.Hash != "":
		return Record{c.Hash, Following(before.Modified, c.At)}
	}
	return Record{c.Hash, First(passed, c.Posts, c.At)}
}
