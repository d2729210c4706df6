package server

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/lane"
)

// response is a document with all its header values made.
type response struct {
	document *edition.Document
	content  *edition.Content
	modified int64 // the date of content, in Unix seconds
	deltas   bool
	xmlFeed  bool
	common   []field // of a 200 and of a 304
	full     []field // of a 200 besides
	aliased  field   // Link under an alias, which names the document's own address too
	variants [edition.Codings]variant
}

// variant is a document in one content coding. Its tag is known beforehand, so
// that a 304 makes no body.
type variant struct {
	tag    field
	coding string                           // Content-Encoding; empty for identity
	full   func() *fullResponse             // made once
	heads  [allFlags]atomic.Pointer[[]byte] // for the lane: what head returned
}

// flags is a bit set: in which of its ways a variant is sent.
type flags int

const (
	aliased     flags = 1 << iota // under another path than the document's own
	toBrowser                     // to a browser that follows a link
	notModified                   // 304: the client has the content
	allFlags                      // the number of sets
)

// conditions returns what a response depends on in a request besides path and method.
func conditions(r *http.Request) lane.Conditions {
	h := r.Header
	return lane.Conditions{
		Accept: h["Accept"], AcceptEncoding: h["Accept-Encoding"],
		IfNoneMatch: h["If-None-Match"], IfModifiedSince: h["If-Modified-Since"],
	}
}

// fullResponse is what a 200 needs of a variant.
type fullResponse struct {
	body   []byte
	fields []field
}

// alias is the response of a document under another path than its own.
type alias struct{ *response }

// newResponse prepares all that does not depend on a request, but the bodies.
func newResponse(d *edition.Document, c *edition.Content, caching []string) *response {
	cache, security := field{"Cache-Control", caching}, pageSecurity
	if d.Preview() {
		cache, security = noCache, previewSecurity
	}
	p := &response{
		document: d, content: c, modified: c.Modified.Unix(),
		xmlFeed: hasType(d.ContentType, "application/rss+xml") || hasType(d.ContentType, "application/atom+xml"),
		common: []field{
			newField("Last-Modified", c.Modified.Format(http.TimeFormat)),
			cache, vary,
		},
		full: []field{newField("Content-Type", d.ContentType), noRanges, noSniff},
	}
	if !d.Preview() {
		p.common = append(p.common, anyOrigin, exposed)
	}
	canonical := "<" + d.URL() + `>; rel="canonical"`
	p.aliased = newField("Link", canonical)
	if link := d.Link(); link != "" {
		p.common = append(p.common, newField("Link", link))
		p.aliased = newField("Link", link+", "+canonical)
	}
	if hasType(d.ContentType, "text/html") {
		p.full = append(p.full, security...)
	}
	for k := range p.variants {
		p.variants[k].prepare(c, edition.Coding(k))
	}
	return p
}

func (v *variant) prepare(c *edition.Content, k edition.Coding) {
	tag, coded := c.Hash, []field(nil)
	if k != edition.Identity {
		tag += "-" + k.String()
		v.coding = k.String()
		coded = []field{newField("Content-Encoding", v.coding)}
	}
	// Spelled as in the RFC, which http.Header would not do, for clients that
	// compare names by letter.
	v.tag = newField("ETag", `"`+tag+`"`)
	v.full = sync.OnceValue(func() *fullResponse {
		body := c.In(k)
		return &fullResponse{body, append(coded, newField("Content-Length", strconv.Itoa(len(body))))}
	})
}

// hasType reports whether a Content-Type, or an element of Accept, is of a media type.
func hasType(contentType, want string) bool {
	name, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(name), want)
}
