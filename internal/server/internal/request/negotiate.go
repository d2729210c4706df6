// Package request reads what a client asks for from the header of its request: a coding, a page
// rather than a feed, only what is new, ranges of bytes, or this machine under some name.
//
// All functions are pure. They read leniently where habits of clients and proxies differ from the
// standards, and never fail: a field that cannot be understood says nothing.
package request

import (
	"strconv"
	"strings"

	"broadsheet/internal/edition"
)

// Coding returns the coding for a client with these values of Accept-Encoding (RFC 9110 section
// 12.5.3): that of the highest weight, and of several the one that comes out smallest. It
// depends on nothing else, so that a client gets the same coding, and tag, at each poll. The
// first client waits a few milliseconds for it, which costs less than larger answers to all.
//
// A client that accepts nothing better gets Identity, even against identity;q=0.
func Coding(accept []string) edition.Coding {
	weights := codingWeights(accept)
	best := edition.Identity
	for k := range weights {
		if weights[k] > weights[best] {
			best = edition.Coding(k)
		}
	}
	return best
}

// codingWeights returns the weight of each coding: 0 (not at all) to 1. An element that names the
// coding decides, else "*", which stands for gzip alone: a client that accepts anything may
// still not know the others. Weights that are no numbers from 0 to 1 count as 0.
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

// codingOf returns the coding of a name, in any case; Identity for unknown ones. "x-gzip" is an
// old spelling of "gzip" (RFC 9110 section 8.4.1.3).
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

// quality reads the weight among the parameters of a list element; 1 if there is none.
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

// PrefersPages reports whether the values of Accept name HTML first, as a browser that follows a
// link does.
func PrefersPages(accept []string) bool {
	if len(accept) == 0 {
		return false
	}
	first, _, _ := strings.Cut(accept[0], ",")
	return IsType(first, "text/html")
}

// Browses reports whether the values of Accept are those of a browser that follows a link:
// text/html first, and no feed type.
func Browses(accept []string) bool {
	if !PrefersPages(accept) {
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

// IsType reports whether a Content-Type, or an element of Accept, is of a media type.
func IsType(contentType, want string) bool {
	name, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(name), want)
}
