package server

import (
	"net/http"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/lane"
)

// serve sends the document, or a 304 where the client has it.
func (p *response) serve(w http.ResponseWriter, r *http.Request, f flags, now time.Time) {
	v, f := p.choose(conditions(r), f, now)
	p.setCommon(w.Header(), v, f, now)
	if base := p.deltaBase(r); base != "" && f&notModified == 0 && p.sendDelta(w, r, base) {
		return
	}
	w.WriteHeader(p.setRest(w.Header(), v, f))
	if f&notModified == 0 && r.Method != http.MethodHead {
		writeBody(w, r, v.full().body)
	}
}

// choose decides what a request gets. f are the flags that follow from its path.
func (p *response) choose(q lane.Conditions, f flags, now time.Time) (*variant, flags) {
	if p.xmlFeed && browses(q.Accept) {
		f |= toBrowser
	}
	if unchanged(q, p.content, now) {
		f |= notModified
	}
	return p.variant(q.AcceptEncoding), f
}

// young reports whether the date of the content has not come yet. Until then other
// bytes may get the same date.
func (p *response) young(now time.Time) bool { return now.Unix() < p.modified }

// setCommon sets the header lines that a 200 and a 304 have. Last-Modified is never after
// Date (RFC 9110 section 8.8.2.1).
func (p *response) setCommon(header http.Header, v *variant, f flags, now time.Time) {
	setFields(header, p.common)
	if p.young(now) {
		header["Last-Modified"] = []string{now.UTC().Format(http.TimeFormat)}
	}
	header[v.tag.name] = v.tag.value
	if f&aliased != 0 {
		header[p.aliased.name] = p.aliased.value
	}
	if f&toBrowser != 0 {
		header[varyBrowser.name] = varyBrowser.value
	}
}

// setRest sets the others of a 200 or a 304, and returns which it is.
func (p *response) setRest(header http.Header, v *variant, f flags) (status int) {
	if f&notModified != 0 {
		return http.StatusNotModified
	}
	setFields(header, p.full)
	setFields(header, v.full().fields)
	if f&toBrowser != 0 {
		header[browserXML.name] = browserXML.value
	}
	return http.StatusOK
}

// variant chooses by the values of Accept-Encoding.
func (p *response) variant(accept []string) *variant {
	k := preferredCoding(accept)
	if !p.content.Has(k) {
		k = edition.Identity
	}
	return &p.variants[k]
}
