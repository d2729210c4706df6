package blog

import (
	"math"
	"time"
)

// Stamp is the time of a file in a third of the space that a time.Time takes: nanoseconds
// since 1970. The zero Stamp is none, that of the zero time.
type Stamp int64

// The first and the last moment that a Stamp can tell: in the years 1677 and 2262.
const (
	firstStamp = Stamp(math.MinInt64)
	lastStamp  = Stamp(math.MaxInt64)
)

// StampOf returns the stamp of a moment, or of the nearest that a stamp can tell. The
// beginning of 1970 is told as a nanosecond later.
func StampOf(t time.Time) Stamp {
	switch {
	case t.IsZero():
		return 0
	case t.Before(firstStamp.Time()):
		return firstStamp
	case t.After(lastStamp.Time()):
		return lastStamp
	}
	if nanoseconds := t.UnixNano(); nanoseconds != 0 {
		return Stamp(nanoseconds)
	}
	return 1
}

// Time returns the moment; the zero time where there is none.
func (s Stamp) Time() time.Time {
	if s == 0 {
		return time.Time{}
	}
	return time.Unix(0, int64(s))
}
