package frontmatter

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Date is a date as its author wrote it.
type Date struct {
	// Time is the instant, in the offset written, else in the zone given to
	// ParseDate. Without a clock it is midnight. Its year is within 1 to 9999,
	// seen from UTC too.
	Time time.Time
	// HasClock, HasSeconds and HasZone say what was written. An abbreviation
	// that was not understood is no zone.
	HasClock, HasSeconds, HasZone bool
	// Halved means that the clock has twelve hours, with AM or PM behind it.
	Halved bool
	// Warning says what was odd about a text that was read with leniency, and
	// is empty otherwise.
	Warning string
}

// The parts of dates. The clock has an hour (012 occurs), a minute, a colon too
// many, a second with its fraction, and the year once more; a comment may
// follow it (RFC 822 section 3.4.3).
const (
	weekday   = `(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?`
	monthName = `(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
	clock     = `(?P<hour>0?\d{1,2}):(?P<minute>\d{2})(?::(?P<colon>:?)(?P<second>\d{2}(?:[.,]\d+)?))?`
	zoneName  = `(?P<zone>[a-z]{1,5}|(?:utc|gmt)?\s?[+-](?:\d{1,2}|\d{1,2}:\d{2}|\d{4}))`
	half      = `(?:\s*(?P<half>[ap]\.?\s?m\b\.?|noon\b|midnight\b))?`
	timeOfDay = clock + half + `(?:\s+(?P<again>\d{4}))?(?:\s*` + zoneName + `)?(?:\s*\([^()]*\))?`
)

// dateShapes are the ways to write a date; the first that fits is used. They are
// made when a date is not of the usual form: that takes a millisecond.
var dateShapes = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`(?i)^(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:(?:t|\s+)` + timeOfDay + `)?$`),
		regexp.MustCompile(`(?i)^(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:(?:t|\s+)` + timeOfDay + `)?$`),
		regexp.MustCompile(`(?i)^` + weekday + `(?P<day>\d{1,2})\s+` + monthName + `,?\s+(?P<year>\d{4})(?:,?\s+` + timeOfDay + `)?$`),
		regexp.MustCompile(`(?i)^` + weekday + `(?P<day>\d{1,2})\s+` + monthName + `\s+(?P<year>\d{2})\s+` + timeOfDay + `$`),
		regexp.MustCompile(`(?i)^` + weekday + monthName + `\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})(?:,?\s+` + timeOfDay + `)?$`),
		regexp.MustCompile(`(?i)^` + weekday + monthName + `\s+(?P<day>\d{1,2})\s+` + clock + half + `(?:\s+` + zoneName + `)?\s+(?P<year>\d{4})$`),
	}
})

var (
	offsetShape    = regexp.MustCompile(`([+-])(\d{1,2}):?(\d{2})?$`)
	ambiguousShape = regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?:\s|$)`)
)

// What is written in several ways for one meaning, and put into the first of them
// before the shapes are tried: white space of any width, "at" before a clock, an
// hour alone before AM or PM, and the ending of a number.
var (
	atClock   = regexp.MustCompile(`(?i),?\s+at\s+(\d)`)
	hourAlone = regexp.MustCompile(`(?i)([\st,])(\d{1,2})\s*([ap]\.?\s?m\b|noon\b|midnight\b)`)
	ordinal   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)\b`)
)

func regular(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, text)
	text = atClock.ReplaceAllString(text, " $1")
	text = hourAlone.ReplaceAllString(text, "$1$2:00 $3")
	return ordinal.ReplaceAllString(text, "$1")
}

// zoneHours are the abbreviations of RFC 822 section 5.1, and those European
// ones that mean one offset only. BST, IST and the like mean several.
var zoneHours = map[string]int{
	"Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
}

// maxDate is more than the longest date takes.
const maxDate = 100

// ParseDate reads a date from the text of a value. A date without a zone is in
// the given one, or in UTC when that is nil.
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
func ParseDate(text string, zone *time.Location) (Date, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxDate {
		return Date{}, fmt.Errorf("%q... is not a date", strings.ToValidUTF8(text[:maxDate], ""))
	}
	if d, ok := usualDate(text, cmp.Or(zone, time.UTC)); ok {
		return d, nil
	}
	plain := regular(text)
	for _, shape := range dateShapes() {
		values := shape.FindStringSubmatch(plain)
		if values == nil {
			continue
		}
		w := writtenDate{}
		for i, name := range shape.SubexpNames() {
			if values[i] != "" {
				w[name] = values[i]
			}
		}
		d, err := w.read(cmp.Or(zone, time.UTC))
		if err != nil {
			return Date{}, fmt.Errorf("%q is an impossible date: %w", text, err)
		}
		return d, nil
	}
	if ambiguousShape.MatchString(text) {
		return Date{}, fmt.Errorf("%q may mean two days; expected the year first, as in 2026-01-29", text)
	}
	return Date{}, fmt.Errorf("%q is not a date; expected one such as 2026-01-29, 2026-01-29 17:45 or 2026-01-29 17:45:00 +01:00", text)
}

// usualDate reads the forms in which nearly all dates are written, for speed. It
// returns false for any other, and for what is impossible.
func usualDate(text string, zone *time.Location) (Date, bool) {
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

// writtenDate holds the parts by their names; what was not written is absent.
type writtenDate map[string]string

func (w writtenDate) read(zone *time.Location) (Date, error) {
	year := w["year"]
	switch {
	case len(year) == 2 && year < "50":
		year = "20" + year
	case len(year) == 2:
		year = "19" + year
	}
	if w["again"] != "" && w["again"] != year {
		return Date{}, fmt.Errorf("it has two years, %s and %s", year, w["again"])
	}
	zone, known, err := zoneOf(w["zone"], zone)
	if err != nil {
		return Date{}, err
	}
	t, err := w.time(year, zone)
	if err != nil {
		return Date{}, err
	}
	return Date{
		Time:       t,
		HasClock:   w["hour"] != "",
		HasSeconds: w["second"] != "",
		HasZone:    w["zone"] != "" && known,
		Halved:     w["half"] != "",
		Warning:    w.oddities(year, known),
	}, nil
}

// time leaves it to the time package to tell what is impossible.
func (w writtenDate) time(year string, zone *time.Location) (time.Time, error) {
	layout, month := "2006-1-2 15:04:05", w["month"]
	if len(month) > 2 {
		layout, month = "2006-Jan-2 15:04:05", month[:3]
	}
	hour, err := hourOf(w["hour"][max(0, len(w["hour"])-2):], w["half"])
	if err != nil {
		return time.Time{}, err
	}
	canonical := fmt.Sprintf("%s-%s-%s %s:%s:%s", year, month, w["day"],
		cmp.Or(hour, "0"), cmp.Or(w["minute"], "00"), cmp.Or(w["second"], "00"))
	t, err := time.ParseInLocation(layout, canonical, zone)
	if wrong := (*time.ParseError)(nil); errors.As(err, &wrong) {
		return t, errors.New(strings.TrimPrefix(wrong.Message, ": "))
	}
	if y := t.UTC().Year(); y < 1 || y > 9999 {
		return t, errors.New("year out of range")
	}
	return t, err
}

// hourOf returns the hour of a clock of 24 hours. 12 AM is midnight and 12 PM is
// noon. An hour above 12 is of 24 hours already, which PM may repeat.
func hourOf(hour, half string) (string, error) {
	n, err := strconv.Atoi(hour)
	if half == "" || err != nil {
		return hour, nil
	}
	half = strings.ToLower(half)
	afternoon := half[0] == 'p' || half == "noon"
	switch {
	case n > 12 && !afternoon, n != 12 && len(half) > 3 && half[0] != 'a' && half[0] != 'p':
		return "", fmt.Errorf("%s and %s do not go together", hour, half)
	case n == 12 && !afternoon:
		n = 0
	case n < 12 && afternoon:
		n += 12
	}
	return strconv.Itoa(n), nil
}

// oddities words the warning.
func (w writtenDate) oddities(year string, zoneKnown bool) string {
	var odd []string
	for _, o := range []struct {
		found   bool
		wording string
	}{
		{len(w["hour"]) > 2, "the hour " + w["hour"] + " has three digits"},
		{w["colon"] != "", "it has a colon too many"},
		{w["again"] != "", "the year is written twice"},
		{len(w["year"]) == 2, "the year " + w["year"] + " is read as " + year},
		{!zoneKnown, "the zone " + w["zone"] + " is not known and left out of account; expected an offset such as +02:00"},
	} {
		if o.found {
			odd = append(odd, o.wording)
		}
	}
	return strings.Join(odd, ", and ")
}

// zoneOf returns the zone of a text, or the fallback when there is none, and
// false with it when the text is an abbreviation that is not known.
func zoneOf(text string, fallback *time.Location) (*time.Location, bool, error) {
	hours, known := zoneHours[strings.ToUpper(text)]
	seconds := hours * 3600
	if m := offsetShape.FindStringSubmatch(text); m != nil {
		hours, _ := strconv.Atoi(m[1] + m[2])
		minutes, _ := strconv.Atoi(m[1] + cmp.Or(m[3], "0"))
		seconds, known = hours*3600+minutes*60, true
		if abs := max(seconds, -seconds); abs > 14*3600 || minutes > 59 || minutes < -59 {
			return nil, false, errors.New("zone offset out of range")
		}
	}
	switch {
	case !known:
		return fallback, text == "", nil
	case seconds == 0:
		return time.UTC, true, nil
	}
	return time.FixedZone("", seconds), true, nil
}
