package dates

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// date makes a Date of the parts. The zone is that of dates which state none.
func (w writtenDate) date(zone *time.Location) (Date, error) {
	year := w["year"]
	switch {
	case len(year) == 2 && year < "50":
		year = "20" + year
	case len(year) == 2:
		year = "19" + year
	}
	if w["yearRepeated"] != "" && w["yearRepeated"] != year {
		return Date{}, fmt.Errorf("it has two years, %s and %s", year, w["yearRepeated"])
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

// time returns the instant. The time package rejects impossible days and times.
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

// hourOf returns the hour of a clock of 24 hours. 12 AM is midnight and 12 PM is noon. An hour
// above 12 is on such a clock already; PM may repeat that.
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

// oddities returns the warning.
func (w writtenDate) oddities(year string, zoneKnown bool) string {
	var odd []string
	for _, o := range []struct {
		found   bool
		wording string
	}{
		{len(w["hour"]) > 2, "the hour " + w["hour"] + " has three digits"},
		{w["colon"] != "", "it has a colon too many"},
		{w["yearRepeated"] != "", "the year is written twice"},
		{len(w["year"]) == 2, "the year " + w["year"] + " is read as " + year},
		{!zoneKnown, "the zone " + w["zone"] + " is not known and left out of account; " +
			"expected an offset such as +02:00"},
	} {
		if o.found {
			odd = append(odd, o.wording)
		}
	}
	return strings.Join(odd, ", and ")
}

// zoneHours are the abbreviations of RFC 822 section 5.1, and those European
// ones that mean one offset only. BST, IST and the like mean several.
var zoneHours = map[string]int{
	"Z": 0, "UT": 0, "UTC": 0, "GMT": 0,
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
}

// offset is a zone given by its hours and minutes.
var offset = regexp.MustCompile(`([+-])(\d{1,2}):?(\d{2})?$`)

// zoneOf returns the zone that a text names. It returns the fallback for an empty text, and
// for an unknown abbreviation, then with false.
func zoneOf(text string, fallback *time.Location) (*time.Location, bool, error) {
	hours, known := zoneHours[strings.ToUpper(text)]
	seconds := hours * 3600
	if m := offset.FindStringSubmatch(text); m != nil {
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
