package dates_test

import (
	"reflect"
	"testing"
	"time"

	"broadsheet/internal/frontmatter/dates"
)

// FuzzParse checks that a date is one of the years 1 to 9999, is written in
// the text, and is read again from its own RFC 3339 form.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"2016-1-29", "2013/10/12", "2016-01-29", "2016-01-29T08:09:10Z", "2016-01-29 08:09:10", "2016-01-29  8:09:10",
		"2015-12-03T12:01:01", "2016-02-29 8:00", "2014-11-05 10:48:22 -0800", "2015-03-17 14:00:00 -4",
		"2004-12-16 15:17:59.000000000 +00:00", "2021-09-19 21:04:01 UTC+02:00", "2025-01-12T012:20:00+0530", "2017-02-10 00:10::00 -03:00",
		"2023-01-29 18:30:22 2023 -0800", "Fri Sep  3 11:21:31 CEST 2021", "Fri, 03 Sep 21 11:21 GMT", "Jul 08 2022", "July 8, 2022", "8 July 2022",
		"01/02/2026", "tomorrow", "0001-01-01 00:00 +14", "9999-12-31 23:59:59.999999999 -14:00",
	} {
		f.Add(text, 3600)
	}
	f.Fuzz(func(t *testing.T, text string, offset int) {
		zone := time.FixedZone("", offset%(14*3600)/60*60)
		d, err := dates.Parse(text, zone)
		if err != nil {
			if d != (dates.Date{}) {
				t.Errorf("%q gave an error and a date too", text)
			}
			return
		}
		for _, year := range []int{d.Time.Year(), d.Time.UTC().Year()} {
			if year < 1 || year > 9999 {
				t.Errorf("%q gave the year %d", text, year)
			}
		}
		if (d.HasSeconds || d.HasZone) && !d.HasClock {
			t.Errorf("%q gave %+v", text, d)
		}
		again, err := dates.Parse(d.Time.Format(time.RFC3339Nano), nil)
		if err != nil || !again.Time.Equal(d.Time) || again.Warning != "" {
			t.Errorf("%q gave %v, read again: %v, %v", text, d.Time, again.Time, err)
		}
		if day := "2006-01-02"; len(text) >= len(day) && text[4] == '-' && text[7] == '-' {
			slashed, err := dates.Parse(text[:4]+"/"+text[5:7]+"/"+text[8:], zone)
			if err != nil || !reflect.DeepEqual(slashed, d) {
				t.Errorf("%q gave %+v, with slashes %+v, %v", text, d, slashed, err)
			}
		}
		later, err := dates.Parse(text, zone)
		if err != nil || !later.Time.Equal(d.Time) {
			t.Errorf("%q gave %v, later %v", text, d.Time, later.Time)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := dates.Parse("2025-05-19T22:44:02", nil); err != nil {
			b.Fatal(err)
		}
	}
}
