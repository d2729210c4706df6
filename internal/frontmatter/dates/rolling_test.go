package dates_test

import (
	"testing"
	"time"

	"broadsheet/internal/frontmatter/dates"
)

// The dates are those that Ruby's Time.parse makes of the texts.
func TestDaysThatMonthsDoNotHave(t *testing.T) {
	zone := time.FixedZone("", 2*60*60)
	for text, want := range map[string]string{
		"2011-02-28": "2011-02-28T00:00:00+02:00", "2011-02-29": "2011-03-01T00:00:00+02:00", "2011-02-30": "2011-03-02T00:00:00+02:00",
		"2011-02-31": "2011-03-03T00:00:00+02:00", "2012-02-29": "2012-02-29T00:00:00+02:00", "2012-2-30": "2012-03-01T00:00:00+02:00",
		"1900-02-29": "1900-03-01T00:00:00+02:00", "2000-02-29": "2000-02-29T00:00:00+02:00", "2011-04-31": "2011-05-01T00:00:00+02:00",
		" 2011/11/31 ": "2011-12-01T00:00:00+02:00", "2011-02-29 23:59:59 -0500": "2011-03-01T23:59:59-05:00",
		"2011-02-30T10:00:00Z": "2011-03-02T10:00:00Z", "30 Feb 2011": "2011-03-02T00:00:00+02:00", "February 30, 2011 10:00": "2011-03-02T10:00:00+02:00",
		"Sun, 30 Feb 2011 10:00:00 GMT": "2011-03-02T10:00:00Z",
		"2011-02-32":                    "", "2011-01-32": "", "2011-13-01": "", "2011-00-31": "", "2011-01-00": "", "2011-02-30 25:00": "", "tomorrow": "", "": "",
		"9999-12-32": "", "02/30/2011": "",
	} {
		d, err := dates.ParseRolling(text, zone)
		if want == "" {
			if err == nil {
				t.Errorf("%q is read as %v", text, d.Time)
			}
			continue
		}
		_, impossible := dates.Parse(text, zone)
		if err != nil || d.Time.Format(time.RFC3339) != want || d.Rolled != (impossible != nil) || (d.Warning != "") != d.Rolled {
			t.Errorf("%q is read as %v, rolled %v, with the warning %q and the error %v; want %s", text, d.Time, d.Rolled, d.Warning, err, want)
		}
	}
	if d, err := dates.ParseRolling("2011-02-30", nil); err != nil || !d.Time.Equal(time.Date(2011, 3, 2, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("without a zone it is %v: %v", d.Time, err)
	}
}
