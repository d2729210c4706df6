// Package document answers requests for one document, with all header values prepared.
//
// A Response is made once for each content of a document. It answers through net/http (Serve),
// through the lane (Lane), and as the page of a 404 (Missing). Each of its variants, one for a
// coding, has its tag beforehand, and makes its body when the first client asks for it.
package document

import (
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"weak"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/internal/reply"
	"broadsheet/internal/server/internal/request"
)

// Response is a document with all its header values.
type Response struct {
	document weak.Pointer[edition.Document] // whose edition does not stay only because its content does
	path     string
	preview  bool
	content  *edition.Content
	modified int64 // the date of content, in Unix seconds
	deltas   bool
	xmlFeed  bool
	common   []reply.Field // of a 200 and of a 304
	full     []reply.Field // of a 200 besides
	aliased  reply.Field   // Link under an alias, which names the document's own address too
	variants [edition.Codings]variant
}

// variant is a document in one content coding. Its tag is known beforehand, so
// that a 304 makes no body.
type variant struct {
	tag    reply.Field
	coding string                           // Content-Encoding; empty for identity
	full   func() *fullResponse             // made once
	heads  [allFlags]atomic.Pointer[[]byte] // for the lane: what head returned
}

// Flags is a bit set: the ways in which a variant is sent.
type Flags int

// The flags. Callers set Aliased only; the others follow from the header of the request.
const (
	Aliased     Flags = 1 << iota // under another path than the document's own
	toBrowser                     // to a browser that follows a link
	notModified                   // 304: the client has the content
	allFlags                      // the number of sets
)

// fullResponse is what a 200 needs of a variant.
type fullResponse struct {
	body   []byte
	fields []reply.Field
}

// Options are the choices of New.
type Options struct {
	Caching reply.Field // Cache-Control of documents that are no preview
	Deltas  bool        // clients that ask for it get only what is new (RFC 3229)
}

// New prepares all of the response that does not depend on a request, but the bodies.
func New(d *edition.Document, c *edition.Content, o Options) *Response {
	cache, security := o.Caching, pageSecurity
	if d.Preview() {
		cache, security = reply.NoCache, previewSecurity
	}
	p := &Response{
		document: weak.Make(d), path: d.Path, preview: d.Preview(), content: c, modified: c.Modified.Unix(), deltas: o.Deltas,
		xmlFeed: request.IsType(d.ContentType, "application/rss+xml") ||
			request.IsType(d.ContentType, "application/atom+xml"),
		common: []reply.Field{
			reply.NewField("Last-Modified", c.Modified.Format(http.TimeFormat)),
			cache, vary,
		},
		full: []reply.Field{reply.NewField("Content-Type", d.ContentType), noRanges, reply.NoSniff},
	}
	if !d.Preview() {
		p.common = append(p.common, reply.AnyOrigin, exposed)
	}
	canonical := "<" + d.URL() + `>; rel="canonical"`
	p.aliased = reply.NewField("Link", canonical)
	if link := d.Link(); link != "" {
		p.common = append(p.common, reply.NewField("Link", link))
		p.aliased = reply.NewField("Link", link+", "+canonical)
	}
	if request.IsType(d.ContentType, "text/html") {
		p.full = append(p.full, security...)
	}
	for k := range p.variants {
		p.variants[k].prepare(c, edition.Coding(k))
	}
	return p
}

// Path returns the canonical path of the document.
func (p *Response) Path() string { return p.path }

// IsOf reports whether the response was made for this very document.
func (p *Response) IsOf(d *edition.Document) bool { return p.document.Value() == d }

func (v *variant) prepare(c *edition.Content, k edition.Coding) {
	tag, coded := c.Hash, []reply.Field(nil)
	if k != edition.Identity {
		tag += "-" + k.String()
		v.coding = k.String()
		coded = []reply.Field{reply.NewField("Content-Encoding", v.coding)}
	}
	// Spelled as in the RFC, which http.Header would not do, for clients that
	// compare names by letter.
	v.tag = reply.NewField("ETag", `"`+tag+`"`)
	v.full = sync.OnceValue(func() *fullResponse {
		body := c.In(k)
		return &fullResponse{body, append(coded, reply.NewField("Content-Length", strconv.Itoa(len(body))))}
	})
}
