package server

import (
	"strconv"
	"strings"
)

// codingWeight returns how much the client wants a content coding, by the
// values of its Accept-Encoding: 0 (not at all) to 1. An element that names the
// coding decides, else "*" (RFC 9110 section 12.5.3). Weights that are no
// numbers from 0 to 1 count as 0. Identity is not asked about: it is what
// everybody gets who takes nothing better, even against identity;q=0.
func codingWeight(accept []string, coding string) float64 {
	named, others := -1.0, 0.0
	for _, v := range accept {
		for element := range strings.SplitSeq(v, ",") {
			name, parameters, _ := strings.Cut(element, ";")
			switch name = strings.TrimSpace(name); {
			case isCoding(name, coding):
				named = quality(parameters)
			case name == "*":
				others = quality(parameters)
			}
		}
	}
	if named >= 0 {
		return named
	}
	return others
}

// isCoding compares a name without regard to case; "x-gzip" is an old spelling
// of "gzip" (RFC 9110 section 8.4.1.3).
func isCoding(name, coding string) bool {
	if len(name) == len(coding)+2 && strings.EqualFold(name[:2], "x-") {
		name = name[2:]
	}
	return strings.EqualFold(name, coding)
}

// quality reads the weight among the parameters of a list element; 1 when there
// is none.
func quality(parameters string) float64 {
	for p := range strings.SplitSeq(parameters, ";") {
		key, value, _ := strings.Cut(p, "=")
		if !strings.EqualFold(strings.TrimSpace(key), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return q
	}
	return 1
}

// feedTypes are the media types that only a client that knows feeds asks for.
var feedTypes = []string{"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}

// browses reports whether the values of Accept are those of a browser that
// follows a link: text/html first, and no feed type.
func browses(accept []string) bool {
	if len(accept) == 0 {
		return false
	}
	first, _, _ := strings.Cut(accept[0], ",")
	if !hasType(first, "text/html") {
		return false
	}
	all := strings.ToLower(strings.Join(accept, ","))
	for _, t := range feedTypes {
		if strings.Contains(all, t) {
			return false
		}
	}
	return true
}
