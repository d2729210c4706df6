package dates

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseRolling is Parse, but for days up to the 31st that a month does not have: these are days
// of the month after, as Ruby has it. A warning says so.
func ParseRolling(text string, zone *time.Location) (Date, error) {
	d, err := Parse(text, zone)
	if err == nil || len(text) > maxLength {
		return d, err
	}
	parts := match(strings.TrimSpace(text))
	days := parts.roll()
	if days == 0 {
		return d, err
	}
	rolled, wrong := parts.date(cmp.Or(zone, time.UTC))
	if wrong != nil {
		return d, err
	}
	rolled.Time = rolled.Time.AddDate(0, 0, days)
	warning := fmt.Sprintf("%q is an impossible date, and read as %s", strings.TrimSpace(text), rolled.Time.Format(time.DateOnly))
	if rolled.Warning != "" {
		warning += ", and " + rolled.Warning
	}
	rolled.Warning, rolled.Rolled = warning, true
	return rolled, nil
}

// roll makes the day the last one of its month, if it is beyond that and at most the 31st, and
// returns by how many days that is too early.
func (w writtenDate) roll() int {
	day, _ := strconv.Atoi(w["day"])
	if day < 29 || day > 31 {
		return 0
	}
	for last := day - 1; last >= 28; last-- {
		w["day"] = strconv.Itoa(last)
		if _, err := w.date(time.UTC); err == nil {
			return day - last
		}
	}
	return 0
}
