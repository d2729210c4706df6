package request

import (
	"math"
	"net/http"
	"strconv"
	"strings"
)

// WithRanges returns the request as http.ServeContent should see it, without ranges that RFC 9110
// section 14.2 has a server ignore, but http.ServeContent refuses: those of another unit, of
// another method than GET, and texts that are no range at all.
func WithRanges(r *http.Request) *http.Request {
	asked := r.Header["Range"]
	if asked == nil {
		return r
	}
	understood, ok := "", false
	if len(asked) == 1 && r.Method == http.MethodGet {
		understood, ok = ranges(asked[0])
	}
	if ok && understood == asked[0] {
		return r
	}
	r = r.Clone(r.Context())
	r.Header.Del("Range")
	if ok {
		r.Header.Set("Range", understood)
	}
	return r
}

// ranges reads ranges of bytes and returns them as http.ServeContent reads them;
// false where they are none (RFC 9110 section 14.1.2).
func ranges(value string) (string, bool) {
	unit, set, found := strings.Cut(value, "=")
	if !found || !strings.EqualFold(strings.TrimSpace(unit), "bytes") {
		return "", false
	}
	var all []string
	for one := range strings.SplitSeq(set, ",") {
		one = strings.Trim(one, " \t")
		if one == "" {
			continue // empty elements of a list count for nothing (RFC 9110 section 5.6.1)
		}
		understood, ok := oneRange(one)
		if !ok {
			return "", false
		}
		all = append(all, understood)
	}
	return "bytes=" + strings.Join(all, ","), len(all) > 0
}

// oneRange reads "FIRST-LAST", "FIRST-" or "-COUNT".
func oneRange(value string) (string, bool) {
	first, last, found := strings.Cut(value, "-")
	from, isFirst := position(first)
	to, isLast := position(last)
	switch {
	case !found || first == "" && !isLast || first != "" && !isFirst || last != "" && !isLast:
		return "", false
	case first == "" && to == 0: // nothing of it could be sent
		return strconv.FormatInt(math.MaxInt64, 10) + "-", true
	case first == "":
		return "-" + strconv.FormatInt(to, 10), true
	case last == "":
		return strconv.FormatInt(from, 10) + "-", true
	}
	return strconv.FormatInt(from, 10) + "-" + strconv.FormatInt(to, 10), from <= to
}

// position reads a number of digits alone. One that no file is long enough for is
// the largest there is.
func position(digits string) (int64, bool) {
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return math.MaxInt64, true
	}
	return n, true
}
