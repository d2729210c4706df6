package request

import (
	"net/http"
	"strings"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/lane"
)

// clockSkew is how far ahead of ours a client's clock may be. A later
// If-Modified-Since was made up, and would hide every change until then.
const clockSkew = time.Minute

// Conditions returns what a response depends on besides path and method.
func Conditions(r *http.Request) lane.Conditions {
	h := r.Header
	return lane.Conditions{
		Accept: h["Accept"], AcceptEncoding: h["Accept-Encoding"],
		IfNoneMatch: h["If-None-Match"], IfModifiedSince: h["If-Modified-Since"],
	}
}

// Unchanged reports whether the client has c already, by RFC 9110 section
// 13.2.2: If-None-Match decides if it is there, even empty, else
// If-Modified-Since. When in doubt the answer is no, which costs bytes; a wrong
// yes would cost the reader a post.
func Unchanged(q lane.Conditions, c *edition.Content, now time.Time) bool {
	if q.IfNoneMatch != nil {
		return namesHash(q.IfNoneMatch, c.Hash)
	}
	return len(q.IfModifiedSince) > 0 && currentSince(q.IfModifiedSince[0], c.Modified, now)
}

// namesHash reports whether one of the tags names the content, in any coding.
// It passes once over the header, whose size the listener limits.
func namesHash(values []string, hash string) bool {
	for _, v := range values {
		for tag := range strings.SplitSeq(v, ",") {
			tag = strings.TrimSpace(tag)
			if tag == "*" || tagHas(tag, hash) {
				return true
			}
		}
	}
	return false
}

// tagHas compares one tag as leniently as proxies on the way demand: they make
// tags weak and append the name of a coding ("-gzip", "--gzip", ";br"), and
// clients drop the quotes.
func tagHas(tag, hash string) bool {
	if len(tag) > 1 && (tag[0] == 'W' || tag[0] == 'w') && tag[1] == '/' {
		tag = tag[2:]
	}
	rest, ok := strings.CutPrefix(strings.Trim(tag, `"`), hash)
	return ok && (rest == "" || strings.IndexByte("-;:", rest[0]) >= 0)
}

// currentSince reports whether content of the given date is no newer than the
// date in value, which may have any of the three forms of RFC 9110 section
// 5.6.7. Anything else, a date in the future included, is no date.
func currentSince(value string, modified, now time.Time) bool {
	since, err := http.ParseTime(value)
	if err != nil {
		return false
	}
	// An RFC 850 date may name any zone, but time.Parse knows no offsets.
	if zone, _ := since.Zone(); zone != "GMT" && zone != "UTC" {
		return false
	}
	return !since.Before(modified) && !since.After(now.Add(clockSkew))
}
