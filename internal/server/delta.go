package server

import (
	"net/http"
	"strconv"
	"strings"

	"broadsheet/internal/edition"
)

// deltaBase returns the hash of the one version that the client has and would
// take the difference to (RFC 3229; the instance manipulation "feed"): empty
// where it asks for none, or names no version or several.
func (p *response) deltaBase(r *http.Request) string {
	asked := r.Header["A-Im"]
	if len(asked) == 0 || !p.deltas || r.Method != http.MethodGet || !asksForFeed(asked) || refusesDeltas(r.UserAgent()) {
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

// refusesDeltas reports whether a client asks for deltas and cannot read them:
// rss2email, which bears the name of feedparser, takes 226 for a failure, and
// would see no new entry until it forgot its tag.
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

// quoted returns a tag as a header line can hold it: as the client has it, with
// the quotes that it may have dropped.
func quoted(tag string) string {
	if tag = strings.TrimSpace(tag); strings.HasSuffix(tag, `"`) {
		return tag
	}
	return `"` + strings.Trim(tag, `"`) + `"`
}

// sendDelta sends what is new since the version of this hash, if it can be had.
// A cache that does not know what 226 means must not keep it (RFC 3229 section
// 10.8.1), and none that does gets to hand it to anybody else.
func (p *response) sendDelta(w http.ResponseWriter, r *http.Request, base string) bool {
	delta := p.document.Delta(p.content, base)
	if delta == nil {
		return false
	}
	k := preferredCoding(r.Header["Accept-Encoding"])
	if !delta.Has(k) {
		k = edition.Identity
	}
	body, header := delta.In(k), w.Header()
	setFields(header, p.full)
	setFields(header, deltaFields)
	header["Delta-Base"] = []string{quoted(r.Header["If-None-Match"][0])}
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	if k != edition.Identity {
		header["Content-Encoding"] = []string{k.String()}
	}
	w.WriteHeader(http.StatusIMUsed)
	writeBody(w, r, body)
	return true
}

// Header lines of deltas. "IM" is spelled as in the RFC.
var deltaFields = []field{
	newField("IM", "feed"),
	newField("Cache-Control", "no-store, im"),
	newField("Vary", "Accept-Encoding, A-IM"),
}
