package liquid

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// dateLayouts are the ways to write a date that are understood, fractions of a
// second aside. Those without a zone are meant in that of the site.
var dateLayouts = []string{
	timeLayout,
	time.RFC3339,
	"2006-01-02T15:04:05",
	"2006-01-02T15:04:05 -0700",
	"2006-01-02T15:04:05-0700",
	"2006-01-02 15:04:05 -07:00",
	"2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04 -0700",
	"2006-01-02 15:04",
	"2006-1-2",
	"2006/1/2",
	"2006/1/2 15:04:05",
	"2006/1/2 15:04",
	time.RFC1123Z,
	time.RFC1123,
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006",
	"Mon Jan 2 15:04:05 2006",
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05",
	"2 Jan 2006 15:04",
	"2 January 2006 15:04",
	"January 2, 2006 15:04",
	"Jan 2, 2006 15:04",
	"2 January 2006",
	"2 Jan 2006",
	"January 2, 2006",
	"Jan 2, 2006",
	"January 2 2006",
	"Jan 2 2006",
}

// time reads a date, or the seconds since 1970. What is none is not found.
func (r *run) time(value any) (t time.Time, found bool, err error) {
	switch v := value.(type) {
	case moment:
		return v.at, true, nil
	case int:
		return time.Unix(int64(v), 0).In(r.site.Zone), true, nil
	case string:
		return r.parseTime(v)
	}
	return t, false, nil
}

func (r *run) parseTime(s string) (t time.Time, found bool, err error) {
	const longest = 64
	if len(s) > longest {
		return t, false, nil
	}
	if integerForm.MatchString(s) && s[0] != '-' {
		n, _ := parseInteger(s).(int)
		return time.Unix(int64(n), 0).In(r.site.Zone), true, nil
	}
	s = strings.Join(words(s), " ")
	if lower := strings.ToLower(s); lower == "now" || lower == "today" {
		return t, false, errNow
	}
	for _, layout := range dateLayouts {
		r.spend(nodeCost)
		if t, err := time.ParseInLocation(layout, s, r.site.Zone); err == nil {
			return t, true, nil
		}
	}
	return t, false, nil
}

// maxFormat bounds a format, in bytes.
const maxFormat = 256

// date prints a date the way a format of strftime says. What is no date stays as
// it is.
func date(r *run, in any, args arguments) (any, error) {
	format := args.text(r, 0, "")
	if format == "" {
		return in, nil
	}
	t, found, err := r.time(in)
	switch {
	case err != nil:
		return nil, err
	case !found:
		return in, nil
	case len(format) > maxFormat:
		return nil, fmt.Errorf("the format %s is too long", quote(format))
	}
	r.spend(4 * nodeCost * len(format)) // most directives are of two bytes
	return strftime(format, t)
}

var errNoDate = errors.New("this is no date")

// dateOf reads the date that a filter of Jekyll is for. What is empty stays so.
func (r *run) dateOf(in any) (t time.Time, empty bool, err error) {
	if in == nil || in == "" {
		return t, true, nil
	}
	t, found, err := r.time(in)
	if err == nil && !found {
		err = errNoDate
	}
	return t.In(r.site.Zone), false, err
}

// formatDate makes the filter that prints a date in one way.
func formatDate(layout string) applied {
	return func(r *run, in any, _ arguments) (any, error) {
		t, empty, err := r.dateOf(in)
		if err != nil || empty {
			return in, err
		}
		return t.Format(layout), nil
	}
}

// dateToString makes the filter that prints a date for people: "07 Nov 2008", or
// with "ordinal" "7th Nov 2008", and with "US" too "Nov 7th, 2008".
func dateToString(month string) applied {
	return func(r *run, in any, args arguments) (any, error) {
		t, empty, err := r.dateOf(in)
		switch {
		case err != nil || empty:
			return in, err
		case args.text(r, 0, "") != "ordinal":
			return t.Format("02 " + month + " 2006"), nil
		case args.text(r, 1, "") == "US":
			return t.Format(month) + " " + ordinal(t.Day()) + t.Format(", 2006"), nil
		}
		return ordinal(t.Day()) + t.Format(" "+month+" 2006"), nil
	}
}

func ordinal(day int) string {
	suffix := "th"
	switch {
	case day/10 == 1:
	case day%10 == 1:
		suffix = "st"
	case day%10 == 2:
		suffix = "nd"
	case day%10 == 3:
		suffix = "rd"
	}
	return fmt.Sprint(day) + suffix
}
