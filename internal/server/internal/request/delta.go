package request

import (
	"net/http"
	"strings"
)

// DeltaBase returns the hash of the one version that the client has and accepts the
// difference to (RFC 3229; the instance manipulation "feed"): empty
// if it asks for none, or names no version or several.
func DeltaBase(r *http.Request) string {
	asked := r.Header["A-Im"]
	if len(asked) == 0 || r.Method != http.MethodGet || !asksForFeed(asked) || refusesDeltas(r.UserAgent()) {
		return ""
	}
	tags := r.Header["If-None-Match"]
	if len(tags) != 1 {
		return ""
	}
	return hashIn(tags[0])
}

// asksForFeed reports whether the instance manipulation "feed" is among those in
// the values of A-IM (RFC 3229 section 10.5.3).
func asksForFeed(values []string) bool {
	for _, v := range values {
		for element := range strings.SplitSeq(v, ",") {
			name, parameters, _ := strings.Cut(element, ";")
			if strings.EqualFold(strings.TrimSpace(name), "feed") {
				return quality(parameters) > 0
			}
		}
	}
	return false
}

// refusesDeltas reports whether a client asks for deltas but cannot read them. rss2email, which
// bears the name of feedparser, takes 226 for a failure: it would see no new entry until it forgot
// its tag.
func refusesDeltas(agent string) bool {
	return strings.HasPrefix(agent, "feedparser/") || strings.HasPrefix(agent, "rss2email")
}

// hashIn returns the hash that a single tag names, in any coding and as written
// by any proxy (see tagHas); empty if it names none.
func hashIn(tag string) string {
	const length = 32
	if strings.HasPrefix(tag, "W/") || strings.HasPrefix(tag, "w/") {
		tag = tag[2:]
	}
	tag = strings.Trim(strings.TrimSpace(tag), `"`)
	if len(tag) < length || strings.ContainsAny(tag, `,"`) || !tagHas(tag, tag[:length]) {
		return ""
	}
	return tag[:length]
}

// Quoted returns a client's tag as a header line can hold it: with the quotes that the client may
// have dropped.
func Quoted(tag string) string {
	tag = strings.TrimSpace(tag)
	if strings.HasSuffix(tag, `"`) {
		return tag
	}
	return `"` + strings.Trim(tag, `"`) + `"`
}
