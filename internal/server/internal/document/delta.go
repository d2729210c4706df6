package document

import (
	"net/http"
	"strconv"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/internal/reply"
	"broadsheet/internal/server/internal/request"
	"broadsheet/internal/server/internal/transfer"
)

// deltaBase returns the hash of the version that the client wants the difference to; empty: it
// wants all.
func (p *Response) deltaBase(r *http.Request) string {
	if !p.deltas {
		return ""
	}
	return request.DeltaBase(r)
}

// sendDelta sends what is new since the version of this hash, if it can be had.
// A cache that does not know what 226 means must not keep it (RFC 3229 section
// 10.8.1), and none that does gets to hand it to anybody else.
func (p *Response) sendDelta(w http.ResponseWriter, r *http.Request, base string) bool {
	of := p.document.Value()
	if of == nil { // its edition is gone
		return false
	}
	delta := of.Delta(p.content, base)
	if delta == nil {
		return false
	}
	k := request.Coding(r.Header["Accept-Encoding"])
	if !delta.Has(k) {
		k = edition.Identity
	}
	body, header := delta.In(k), w.Header()
	reply.Set(header, p.full...)
	reply.Set(header, deltaFields...)
	header["Delta-Base"] = []string{request.Quoted(r.Header["If-None-Match"][0])}
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	if k != edition.Identity {
		header["Content-Encoding"] = []string{k.String()}
	}
	w.WriteHeader(http.StatusIMUsed)
	transfer.Write(w, r, body)
	return true
}

// Header lines of deltas. "IM" is spelled as in the RFC.
var deltaFields = []reply.Field{
	reply.NewField("IM", "feed"),
	reply.NewField("Cache-Control", "no-store, im"),
	reply.NewField("Vary", "Accept-Encoding, A-IM"),
}
