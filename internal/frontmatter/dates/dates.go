// Package dates reads a date from the text of its author, in the many shapes that people and
// generators write. It never guesses: a text that may mean two days is an error.
//
// Parse is a pure function: it reads no clock and knows no zone but the one that it is given.
package dates

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Date is a date as its author wrote it.
type Date struct {
	// Time is the instant, in the offset written, else in the zone given to Parse. Without a
	// clock it is midnight. Its year is within 1 to 9999, in UTC too.
	Time time.Time
	// HasClock, HasSeconds and HasZone say what was written. An unknown abbreviation is no
	// zone.
	HasClock, HasSeconds, HasZone bool
	// Halved means that the clock has twelve hours, with AM or PM behind it.
	Halved bool
	// Rolled means that the day is not the one that was written; see ParseRolling.
	Rolled bool
	// Warning says what was odd about a text that was read leniently; else it is empty.
	Warning string
}

// ambiguous is a date that begins with two small numbers: a day and a month, or the reverse.
var ambiguous = regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?:\s|$)`)

// maxLength is the number of bytes above which a text is no date.
const maxLength = 100

// Parse reads a date. One without a zone is in the given zone, or in UTC if that is nil.
//
// The day is written as 2026-1-29 or 2026/01/29 (leading zeros may lack), or
// with the English name of its month, full or shortened: 8 July 2022,
// July 8, 2022, Jul 08 2022, after a weekday or not (which is not checked).
// RFC 822 and RFC 1123 dates are of that form, and so is the output of date(1).
// The clock follows after white space or a T: hours and minutes, with or
// without seconds and a fraction of them, perhaps with AM, PM, noon or midnight
// (10:00 PM, 10pm, 12:30 a.m.), and "at" before it. The zone is Z, an abbreviation, or an
// offset such as +0200, +02:00, +2 or UTC+02:00. All offsets are read as in
// ISO 8601: UTC+02:00 is two hours ahead of UTC. The known abbreviations are
// UTC, GMT, those of North America in RFC 822, and WET, CET and EET with their
// summer times; any other is left out of account, with a warning.
//
// These are read with a warning: an hour of three digits (012:20), a colon too
// many (00:10::00), the year written again behind the clock, and a year of two
// digits, which only RFC 822 allows (50 to 99 are 1950 to 1999).
//
// A clock time that the zone skips or has twice, when summer time begins or
// ends, is what time.Date makes of it: right in one of the two offsets.
//
// The error says what was expected. Impossible days and times are errors, and
// so are 01/02/2026, which may mean two days, words such as "tomorrow", bare
// years, and years other than 1 to 9999.
func Parse(text string, zone *time.Location) (Date, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxLength {
		return Date{}, fmt.Errorf("%q... is not a date", strings.ToValidUTF8(text[:maxLength], ""))
	}
	zone = cmp.Or(zone, time.UTC)
	if d, ok := parseUsual(text, zone); ok {
		return d, nil
	}
	if parts := match(text); parts != nil {
		d, err := parts.date(zone)
		if err != nil {
			return Date{}, fmt.Errorf("%q is an impossible date: %w", text, err)
		}
		return d, nil
	}
	if ambiguous.MatchString(text) {
		return Date{}, fmt.Errorf("%q may mean two days; expected the year first, as in 2026-01-29", text)
	}
	return Date{}, fmt.Errorf("%q is not a date; expected one such as "+
		"2026-01-29, 2026-01-29 17:45 or 2026-01-29 17:45:00 +01:00", text)
}

// parseUsual is the fast path: it reads the forms in which nearly all dates are written. It
// returns false for any other form, and for impossible dates.
func parseUsual(text string, zone *time.Location) (Date, bool) {
	d := Date{HasClock: len(text) > len(time.DateOnly)}
	d.HasSeconds, d.HasZone = d.HasClock, strings.HasSuffix(text, "Z")
	layout := time.DateOnly
	switch {
	case d.HasZone:
		layout, zone = "2006-01-02T15:04:05Z", time.UTC
	case d.HasClock && text[len(layout)] == 'T':
		layout = "2006-01-02T15:04:05"
	case d.HasClock:
		layout = time.DateTime
	}
	var err error
	if len(text) != len(layout) {
		return Date{}, false
	}
	d.Time, err = time.ParseInLocation(layout, text, zone)
	year := d.Time.UTC().Year()
	return d, err == nil && 1 <= year && year <= 9999
}
