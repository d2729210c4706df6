package server

import (
	"net/http"
	"strconv"
)

// missing answers 404: with a page to browsers, with a line of text to others.
type missing struct{ page *response }

// ServeHTTP sends the page to whoever would read it.
func (m missing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if m.page == nil || !prefersPages(r.Header["Accept"]) {
		w.Header()["Vary"] = varyAccept.value
		line := notFound
		if m.page != nil && m.page.document.Preview() {
			line = line.private()
		}
		line.ServeHTTP(w, r)
		return
	}
	body := m.page.content.Body
	setFields(w.Header(), m.page.full)
	setFields(w.Header(), notFoundFields)
	if m.page.document.Preview() {
		w.Header()["Cache-Control"] = noCache.value
	}
	w.Header()["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.Header()["Vary"] = varyAccept.value
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		writeBody(w, r, body)
	}
}
