package dates_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/frontmatter/dates"
)

// site is a zone that no test date writes by itself.
var site = time.FixedZone("site", -(3*3600 + 30*60))

func TestDatesAreReadInAllTheirShapes(t *testing.T) {
	// What was written: d the day only, c a clock, s seconds too, z a zone too.
	for _, test := range []struct{ text, want, written string }{
		{"2016-02-05", "2016-02-05T00:00:00-03:30", "d"},
		{"2016-1-29", "2016-01-29T00:00:00-03:30", "d"},
		{"2013-05-1", "2013-05-01T00:00:00-03:30", "d"},
		{"2020-12-2", "2020-12-02T00:00:00-03:30", "d"},
		{"2024-4-09", "2024-04-09T00:00:00-03:30", "d"},
		{" 2024-04-09\t", "2024-04-09T00:00:00-03:30", "d"},
		{"2013/10/12", "2013-10-12T00:00:00-03:30", "d"},
		{"2021/6/8", "2021-06-08T00:00:00-03:30", "d"},
		{"2021/06/08 10:30", "2021-06-08T10:30:00-03:30", "c"},
		{"2015-12-03 12:01:01", "2015-12-03T12:01:01-03:30", "cs"},
		{"2015-12-03T12:01:01", "2015-12-03T12:01:01-03:30", "cs"},
		{"2015-12-03t12:01:01z", "2015-12-03T12:01:01Z", "csz"},
		{"2026-06-03 17:45", "2026-06-03T17:45:00-03:30", "c"},
		{"2026-06-03T17:45", "2026-06-03T17:45:00-03:30", "c"},
		{"2016-02-29 8:00:00", "2016-02-29T08:00:00-03:30", "cs"},
		{"2016-3-30 8:00:00", "2016-03-30T08:00:00-03:30", "cs"},
		{"2016-03-30  8:00", "2016-03-30T08:00:00-03:30", "c"},
		{"2014-11-05 10:48:22 -0800", "2014-11-05T10:48:22-08:00", "csz"},
		{"2013-12-03 11:05:03 -08:00", "2013-12-03T11:05:03-08:00", "csz"},
		{"2013-12-03 11:05:03-08:00", "2013-12-03T11:05:03-08:00", "csz"},
		{"2004-12-16 15:17:59.000000000 +00:00", "2004-12-16T15:17:59Z", "csz"},
		{"2004-12-16 15:17:59.5", "2004-12-16T15:17:59.5-03:30", "cs"},
		{"2004-12-16 15:17:59,123456789123 Z", "2004-12-16T15:17:59.123456789Z", "csz"},
		{"2015-03-17 14:00:00 -4", "2015-03-17T14:00:00-04:00", "csz"},
		{"2015-03-17 14:00:00 +11", "2015-03-17T14:00:00+11:00", "csz"},
		{"2014-07-16 23:29 UTC", "2014-07-16T23:29:00Z", "cz"},
		{"2021-09-19 21:04:01 UTC+02:00", "2021-09-19T21:04:01+02:00", "csz"},
		{"2021-09-19 21:04:01 GMT-5", "2021-09-19T21:04:01-05:00", "csz"},
		{"2013-05-06 02:12:52 +0200", "2013-05-06T02:12:52+02:00", "csz"},
		{"2019-09-19T22:26:00+0530", "2019-09-19T22:26:00+05:30", "csz"},
		{"2024-01-08T10:11:12.123Z", "2024-01-08T10:11:12.123Z", "csz"},
		{"2024-01-08T10:11:12.123-07:00", "2024-01-08T10:11:12.123-07:00", "csz"},
		{"2013-02-25 18:00:00 -06:00", "2013-02-25T18:00:00-06:00", "csz"},
		{"2013-05-06 02:12 +0200", "2013-05-06T02:12:00+02:00", "cz"},
		{"2013-05-06 02:12:00 -0000", "2013-05-06T02:12:00Z", "csz"},
		{"Fri Sep  3 11:21:31 CEST 2021", "2021-09-03T11:21:31+02:00", "csz"},
		{"Fri Sep  3 11:21:31 2021", "2021-09-03T11:21:31-03:30", "cs"},
		{"Fri Sep 3 11:21:31 +0200 2021", "2021-09-03T11:21:31+02:00", "csz"},
		{"Fri Sep 03 2021 11:21:31 GMT+0200 (CEST)", "2021-09-03T11:21:31+02:00", "csz"},
		{"Fri, 03 Sep 2021 11:21:31 GMT", "2021-09-03T11:21:31Z", "csz"},
		{"Fri, 3 Sep 2021 11:21:31 -0700", "2021-09-03T11:21:31-07:00", "csz"},
		{"3 Sep 2021 11:21 PDT", "2021-09-03T11:21:00-07:00", "cz"},
		{"Jul 08 2022", "2022-07-08T00:00:00-03:30", "d"},
		{"July 8, 2022", "2022-07-08T00:00:00-03:30", "d"},
		{"Sept. 8, 2022", "2022-09-08T00:00:00-03:30", "d"},
		{"Friday, July 8, 2022", "2022-07-08T00:00:00-03:30", "d"},
		{"8 July 2022", "2022-07-08T00:00:00-03:30", "d"},
		{"8 july 2022 10:00", "2022-07-08T10:00:00-03:30", "c"},
		{"8 May 2022", "2022-05-08T00:00:00-03:30", "d"},
		{"2024-02-29", "2024-02-29T00:00:00-03:30", "d"},
		{"0001-01-02", "0001-01-02T00:00:00-03:30", "d"},
		{"9999-12-30", "9999-12-30T00:00:00-03:30", "d"},
	} {
		d, err := dates.Parse(test.text, site)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := d.Time.Format(time.RFC3339Nano); got != test.want || d.Warning != "" {
			t.Errorf("%q gave %s (%s), want %s", test.text, got, d.Warning, test.want)
		}
		if got := written(d); got != test.written {
			t.Errorf("%q holds %s, want %s", test.text, got, test.written)
		}
	}
}

func written(d dates.Date) string {
	s := ""
	for _, part := range []struct {
		is     bool
		letter string
	}{{!d.HasClock, "d"}, {d.HasClock, "c"}, {d.HasSeconds, "s"}, {d.HasZone, "z"}} {
		if part.is {
			s += part.letter
		}
	}
	return s
}

func TestOddDatesAreReadWithAWarning(t *testing.T) {
	for _, test := range []struct{ text, want, written, warning string }{
		{"2025-01-12T012:20:00+0530", "2025-01-12T12:20:00+05:30", "csz", "the hour 012 has three digits"},
		{"2017-02-10 00:10::00 -03:00", "2017-02-10T00:10:00-03:00", "csz", "it has a colon too many"},
		{"2023-01-29 18:30:22 2023 -0800", "2023-01-29T18:30:22-08:00", "csz", "the year is written twice"},
		{"03 Sep 21 11:21 GMT", "2021-09-03T11:21:00Z", "cz", "the year 21 is read as 2021"},
		{"Fri, 03 Sep 50 11:21:00 GMT", "1950-09-03T11:21:00Z", "csz", "the year 50 is read as 1950"},
		{"2021-09-03 11:21:31 IST", "2021-09-03T11:21:31-03:30", "cs", "the zone IST is not known and left out of account; expected an offset such as +02:00"},
		{"Fri Sep  3 11:21:31 BST 2021", "2021-09-03T11:21:31-03:30", "cs", "the zone BST is not known and left out of account; expected an offset such as +02:00"},
		{"2023-01-29 012:00::00 2023", "2023-01-29T12:00:00-03:30", "cs", "the hour 012 has three digits, and it has a colon too many, and the year is written twice"},
	} {
		d, err := dates.Parse(test.text, site)
		if got := d.Time.Format(time.RFC3339Nano); err != nil || got != test.want || d.Warning != test.warning || written(d) != test.written {
			t.Errorf("%q gave %s, %s, %q, %v", test.text, got, written(d), d.Warning, err)
		}
	}
}

func TestWhatIsNoDateIsAnError(t *testing.T) {
	for text, want := range map[string]string{
		"2026-02-30":                 "impossible date: day out of range",
		"2025-02-29":                 "impossible date: day out of range",
		"31 April 2026":              "impossible date: day out of range",
		"2026-00-10":                 "impossible date: month out of range",
		"2026-13-01":                 "impossible date: month out of range",
		"2026-01-00":                 "impossible date: day out of range",
		"2026-01-32":                 "impossible date: day out of range",
		"2026-01-01 25:00":           "impossible date: hour out of range",
		"2026-01-01 24:00":           "impossible date: hour out of range",
		"2026-01-01 12:60":           "impossible date: minute out of range",
		"2026-01-01 12:59:60":        "impossible date: second out of range",
		"2026-01-01 12:00 +15":       "impossible date: zone offset out of range",
		"2026-01-01 12:00 -14:30":    "impossible date: zone offset out of range",
		"2026-01-01 12:00 +02:60":    "impossible date: zone offset out of range",
		"2026-01-01 12:00 2025":      "impossible date: it has two years, 2026 and 2025",
		"0000-01-01":                 "impossible date: year out of range",
		"9999-12-31 23:00 -05:00":    "impossible date: year out of range",
		"0001-01-01 01:00 +05:00":    "impossible date: year out of range",
		"01/02/2026":                 "may mean two days; expected the year first",
		"1-2-2026":                   "may mean two days",
		"13.02.2026 10:00":           "may mean two days",
		"10000-01-01":                "is not a date; expected one such as 2026-01-29",
		"26-01-02":                   "is not a date",
		"8 July 22":                  "is not a date",
		"2026-01/02":                 "is not a date",
		"2026-01":                    "is not a date",
		"2026":                       "is not a date",
		"20260102":                   "is not a date",
		"1767312000":                 "is not a date",
		"2026-01-02T":                "is not a date",
		"2026-01-02 10":              "is not a date",
		"2026-01-02 10:5":            "is not a date",
		"2026-01-02 112:05":          "is not a date",
		"2026-01-02 10:00:00 +123":   "is not a date",
		"2026-01-02 10:00 PM please": "is not a date",
		"2026-01-02 and later":       "is not a date",
		"Julember 8, 2022":           "is not a date",
		"32. Januar 2022":            "is not a date",
		"tomorrow":                   "is not a date",
		"now":                        "is not a date",
		"next Friday":                "is not a date",
		"Last Modified":              "is not a date",
		"true":                       "is not a date",
		"":                           "is not a date",
		strings.Repeat("2026-", 100): "is not a date",
	} {
		d, err := dates.Parse(text, site)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gave %v, %v; want ...%s...", text, d.Time, err, want)
		}
		if d != (dates.Date{}) {
			t.Errorf("%q gave an error and a date too", text)
		}
	}
}

func TestNoZoneGivenMeansUTC(t *testing.T) {
	d, err := dates.Parse("2016-02-05 10:00", nil)
	if err != nil || d.Time.Location() != time.UTC || d.HasZone {
		t.Errorf("got %+v, %v", d, err)
	}
}

func TestSummerTimeIsThatOfTheDay(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"2026-01-15 12:00": "2026-01-15T12:00:00+01:00",
		"2026-07-15 12:00": "2026-07-15T12:00:00+02:00",
		"2026-03-29 02:30": "2026-03-29T01:30:00Z", // skipped: one of its two readings
		"2026-10-25 02:30": "2026-10-25T00:30:00Z", // happens twice: the first
	} {
		d, err := dates.Parse(text, zone)
		instant, _ := time.Parse(time.RFC3339, want)
		if diff := d.Time.Sub(instant).Abs(); err != nil || diff != 0 && (diff != time.Hour || !strings.HasSuffix(want, "Z")) {
			t.Errorf("%q gave %v, %v; want %s", text, d.Time, err, want)
		}
	}
}

// TestClocksOfTwelveHours holds what AM and PM mean, in the ways they are written.
func TestClocksOfTwelveHours(t *testing.T) {
	for text, want := range map[string]string{
		"2026-01-03 10:00 PM": "22:00:00 -0330", "2026-01-03 10:00pm": "22:00:00 -0330", "2026-01-03 10:00:05 PM": "22:00:05 -0330",
		"2026-01-03 12:30 AM": "00:30:00 -0330", "2026-01-03 12:30 PM": "12:30:00 -0330", "2026-01-03 12:00 am": "00:00:00 -0330",
		"Jan 3, 2026 10:00 PM": "22:00:00 -0330", "January 3, 2026 at 10:00 PM": "22:00:00 -0330", "January 3, 2026, at 9am": "09:00:00 -0330",
		"2026-01-03 10:00 PM +0200": "22:00:00 +0200", "2026-01-03 10:00 p.m.": "22:00:00 -0330", "2026-01-03 10:00 a.m.": "10:00:00 -0330",
		"2026-01-03 10:00 P.M. EST": "22:00:00 -0500", "2026-01-03T10:00 PM": "22:00:00 -0330", "2026/01/03 1:05 pm": "13:05:00 -0330",
		"3 January 2026 10:00 PM": "22:00:00 -0330", "Sat Jan  3 10:00:05 PM CET 2026": "22:00:05 +0100", "Sat Jan 3 12:00:05 AM UTC 2026": "00:00:05 +0000",
		"2026-01-03 10:00\u202fPM": "22:00:00 -0330", "2026-01-03\u00a010:00\u00a0AM": "10:00:00 -0330", "2026-01-03 10 PM": "22:00:00 -0330",
		"2026-01-03 12:00 noon": "12:00:00 -0330", "2026-01-03 12 midnight": "00:00:00 -0330", "2026-01-03 13:00 PM": "13:00:00 -0330",
		"January 3rd, 2026 1:02 PM": "13:02:00 -0330", "2026-01-03 at 22:00": "22:00:00 -0330", "2026-01-03 10:00 PM (GMT)": "22:00:00 -0330",
		"2026-01-03 0:10 PM":  "12:10:00 -0330",
		"2026-01-03 13:00 AM": "", "2026-01-03 10:00 noon": "", "2026-01-03 25:00 PM": "", "2026-01-03 10:61 PM": "",
	} {
		d, err := dates.Parse(text, site)
		got := ""
		if err == nil {
			got = d.Time.Format("15:04:05 -0700")
			if d.Time.Format(time.DateOnly) != "2026-01-03" || d.Warning != "" {
				t.Errorf("%q: %v, %s", text, d.Time, d.Warning)
			}
		}
		if got != want {
			t.Errorf("%q: got %q (%v), want %q", text, got, err, want)
		}
	}
}
