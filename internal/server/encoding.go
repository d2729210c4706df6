package server

import (
	"strconv"
	"strings"

	"broadsheet/internal/edition"
)

// preferredCoding returns the coding that a client is to get, by the values of
// its Accept-Encoding (RFC 9110 section 12.5.3): the one of the highest weight,
// and of several the one that comes out smallest. It looks at nothing else, so
// that a client gets the same coding, and tag, at each poll; that the first one
// waits a few milliseconds for it costs less than larger answers to all.
//
// Identity is what everybody gets who takes nothing better, even against
// identity;q=0.
func preferredCoding(accept []string) edition.Coding {
	weights := codingWeights(accept)
	best := edition.Identity
	for k := range weights {
		if weights[k] > weights[best] {
			best = edition.Coding(k)
		}
	}
	return best
}

// codingWeights returns how much the client wants each coding: 0 (not at all) to
// 1. An element that names the coding decides, else "*", which stands for gzip
// alone: whoever is not particular may still not know the others. Weights that
// are no numbers from 0 to 1 count as 0.
func codingWeights(accept []string) (weights [edition.Codings]float64) {
	gzip, others := false, 0.0
	for _, v := range accept {
		for element := range strings.SplitSeq(v, ",") {
			name, parameters, _ := strings.Cut(element, ";")
			name = strings.TrimSpace(name)
			if name == "*" {
				others = quality(parameters)
			}
			if k := codingOf(name); k != edition.Identity {
				weights[k] = quality(parameters)
				gzip = gzip || k == edition.Gzip
			}
		}
	}
	if !gzip {
		weights[edition.Gzip] = others
	}
	return weights
}

// codingOf returns the coding of a name, without regard to case; Identity for
// that and for unknown ones. "x-gzip" is an old spelling of "gzip" (RFC 9110
// section 8.4.1.3).
func codingOf(name string) edition.Coding {
	if strings.EqualFold(name, "x-gzip") {
		return edition.Gzip
	}
	for k := edition.Identity + 1; k < edition.Codings; k++ {
		if strings.EqualFold(name, k.String()) {
			return k
		}
	}
	return edition.Identity
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

// prefersPages reports whether the values of Accept name HTML first, as those of a
// browser that follows a link do.
func prefersPages(accept []string) bool {
	if len(accept) == 0 {
		return false
	}
	first, _, _ := strings.Cut(accept[0], ",")
	return hasType(first, "text/html")
}

// browses reports whether the values of Accept are those of a browser that
// follows a link: text/html first, and no feed type.
func browses(accept []string) bool {
	if !prefersPages(accept) {
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
