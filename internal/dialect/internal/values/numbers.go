package values

import (
	"strconv"
	"strings"
	"time"
)

// MIMEType returns a media type in lower case; empty if the text is none.
func MIMEType(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if kind, rest, ok := strings.Cut(s, "/"); !ok || kind == "" || rest == "" || strings.ContainsAny(s, " ,;") {
		return ""
	}
	return s
}

// Size reads a number of bytes; what is none counts as unknown.
func Size(s string) int64 {
	n, err := strconv.ParseInt(strings.NewReplacer(",", "", "_", "", " ", "").Replace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// unit shortens the words for units of time.
var unit = strings.NewReplacer("hours", "h", "hour", "h", "hrs", "h", "hr", "h", "minutes", "m", "minute", "m", "mins", "m", "min", "m",
	"seconds", "s", "second", "s", "secs", "s", "sec", "s")

// Duration reads seconds, h:mm:ss or mm:ss, or a form such as 1h2m, "61 min" or
// PT1H2M (ISO 8601); what is none of these counts as unknown.
func Duration(s string) time.Duration {
	s = unit.Replace(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "pt"))
	if d, err := time.ParseDuration(strings.ReplaceAll(s, " ", "")); err == nil {
		return max(d, 0)
	}
	var seconds float64
	for i, part := range strings.Split(s, ":") {
		n, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || !(n >= 0 && n < 1e7) || i > 2 {
			return 0
		}
		seconds = seconds*60 + n
	}
	if seconds > 1e7 {
		return 0
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Millisecond)
}
