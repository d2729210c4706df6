package dates

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// The parts of dates. The clock has an hour (012 occurs), a minute, perhaps a stray colon, a
// second with its fraction, and perhaps the year once more; a comment may follow it (RFC 822
// section 3.4.3).
const (
	weekday   = `(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?`
	monthName = `(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|` +
		`sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
	clock     = `(?P<hour>0?\d{1,2}):(?P<minute>\d{2})(?::(?P<colon>:?)(?P<second>\d{2}(?:[.,]\d+)?))?`
	zoneName  = `(?P<zone>[a-z]{1,5}|(?:utc|gmt)?\s?[+-](?:\d{1,2}|\d{1,2}:\d{2}|\d{4}))`
	half      = `(?:\s*(?P<half>[ap]\.?\s?m\b\.?|noon\b|midnight\b))?`
	timeOfDay = clock + half + `(?:\s+(?P<yearRepeated>\d{4}))?(?:\s*` + zoneName + `)?(?:\s*\([^()]*\))?`
)

// shapes are the ways to write a date; the first that fits is used. Compiling them takes a
// millisecond, so that is done when the first date of an unusual form is read.
var shapes = sync.OnceValue(func() []*regexp.Regexp {
	const (
		year, month, day = `(?P<year>\d{4})`, `(?P<month>\d{1,2})`, `(?P<day>\d{1,2})`
		thenTime         = `(?:(?:t|\s+)` + timeOfDay + `)?`
		commaTime        = `(?:,?\s+` + timeOfDay + `)?`
	)
	var all []*regexp.Regexp
	for _, shape := range []string{
		year + `-` + month + `-` + day + thenTime,
		year + `/` + month + `/` + day + thenTime,
		weekday + day + `\s+` + monthName + `,?\s+` + year + commaTime,
		weekday + day + `\s+` + monthName + `\s+(?P<year>\d{2})\s+` + timeOfDay,
		weekday + monthName + `\s+` + day + `,?\s+` + year + commaTime,
		weekday + monthName + `\s+` + day + `\s+` + clock + half + `(?:\s+` + zoneName + `)?\s+` + year,
	} {
		all = append(all, regexp.MustCompile(`(?i)^`+shape+`$`))
	}
	return all
})

// Several spellings have one meaning: white space of any width, "at" before a clock, an hour
// alone before AM or PM, and the ending of a number. normalise reduces each to one spelling
// before the shapes are tried.
var (
	atClock   = regexp.MustCompile(`(?i),?\s+at\s+(\d)`)
	hourAlone = regexp.MustCompile(`(?i)([\st,])(\d{1,2})\s*([ap]\.?\s?m\b|noon\b|midnight\b)`)
	ordinal   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)\b`)
)

func normalise(text string) string {
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

// writtenDate holds the parts of a date by their names. Parts that were not written are absent.
type writtenDate map[string]string

// match returns the parts of the first shape that fits; nil if none does.
func match(text string) writtenDate {
	text = normalise(text)
	for _, shape := range shapes() {
		values := shape.FindStringSubmatch(text)
		if values == nil {
			continue
		}
		w := writtenDate{}
		for i, name := range shape.SubexpNames() {
			if values[i] != "" {
				w[name] = values[i]
			}
		}
		return w
	}
	return nil
}
