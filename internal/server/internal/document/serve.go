package document

import (
	"net/http"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/internal/reply"
	"broadsheet/internal/server/internal/request"
	"broadsheet/internal/server/internal/transfer"
	"broadsheet/internal/server/lane"
)

// Serve sends the document, or a 304 if the client has it. The flags follow from the path of the
// request, and now is before the content was looked up.
func (p *Response) Serve(w http.ResponseWriter, r *http.Request, f Flags, now time.Time) {
	v, f := p.choose(request.Conditions(r), f, now)
	p.setCommon(w.Header(), v, f, now)
	base := p.deltaBase(r)
	if base != "" && f&notModified == 0 && p.sendDelta(w, r, base) {
		return
	}
	w.WriteHeader(p.setRest(w.Header(), v, f))
	if f&notModified == 0 && r.Method != http.MethodHead {
		transfer.Write(w, r, v.full().body)
	}
}

// choose returns the variant for a request, and its flags. f are those that follow from its path.
func (p *Response) choose(q lane.Conditions, f Flags, now time.Time) (*variant, Flags) {
	if p.xmlFeed && request.Browses(q.Accept) {
		f |= toBrowser
	}
	if request.Unchanged(q, p.content, now) {
		f |= notModified
	}
	return p.variant(q.AcceptEncoding), f
}

// young reports whether the date of the content is still to come. Until then other bytes may get
// the same date.
func (p *Response) young(now time.Time) bool { return now.Unix() < p.modified }

// setCommon sets the header lines that a 200 and a 304 have. Last-Modified is never after
// Date (RFC 9110 section 8.8.2.1).
func (p *Response) setCommon(header http.Header, v *variant, f Flags, now time.Time) {
	reply.Set(header, p.common...)
	if p.young(now) {
		header["Last-Modified"] = []string{now.UTC().Format(http.TimeFormat)}
	}
	reply.Set(header, v.tag)
	if f&Aliased != 0 {
		reply.Set(header, p.aliased)
	}
	if f&toBrowser != 0 {
		reply.Set(header, varyBrowser)
	}
}

// setRest sets the other header lines of a 200 or a 304, and returns the status.
func (p *Response) setRest(header http.Header, v *variant, f Flags) (status int) {
	if f&notModified != 0 {
		return http.StatusNotModified
	}
	reply.Set(header, p.full...)
	reply.Set(header, v.full().fields...)
	if f&toBrowser != 0 {
		reply.Set(header, browserXML)
	}
	return http.StatusOK
}

// variant returns the variant for these values of Accept-Encoding.
func (p *Response) variant(accept []string) *variant {
	k := request.Coding(accept)
	if !p.content.Has(k) {
		k = edition.Identity
	}
	return &p.variants[k]
}
