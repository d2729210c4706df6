package document

import (
	"net/http"
	"strconv"

	"broadsheet/internal/server/internal/reply"
	"broadsheet/internal/server/internal/request"
	"broadsheet/internal/server/internal/transfer"
)

// Missing answers 404: with a page to browsers, with a line of text to others.
type Missing struct {
	Page *Response // nil: there is none
	Line *reply.Fixed
	// Caching is the Cache-Control of the page.
	Caching reply.Field
}

// ServeHTTP sends the page to clients that prefer one.
func (m Missing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	reply.Set(w.Header(), reply.VaryAccept)
	preview := m.Page != nil && m.Page.preview
	if m.Page == nil || !request.PrefersPages(r.Header["Accept"]) {
		line := m.Line
		if preview {
			line = line.Private()
		}
		line.ServeHTTP(w, r)
		return
	}
	body, caching := m.Page.content.Body, m.Caching
	if preview {
		caching = reply.NoCache
	}
	reply.Set(w.Header(), m.Page.full...)
	reply.Set(w.Header(), caching)
	w.Header()["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		transfer.Write(w, r, body)
	}
}
