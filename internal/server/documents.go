package server

import (
	"log/slog"
	"net/http"
	"sync"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/internal/document"
	"broadsheet/internal/server/internal/mediafile"
	"broadsheet/internal/server/internal/reload"
	"broadsheet/internal/server/internal/reply"
	"broadsheet/internal/server/internal/request"
)

// Documents is the handler of the public listener, see New. It answers every request.
type Documents struct {
	edition func() *edition.Edition
	options document.Options
	shelf   *mediafile.Shelf
	hosts   []string               // names that a preview answers to
	changed func() <-chan struct{} // see Options.Changed; nil: nobody tells
	reloads *reload.Stream         // nil: pages of previews do not reload
	observe func(Event)
	log     *slog.Logger
	failed  sync.Map // from a document's path to the failure that was logged last
}

// ServeHTTP answers one request, and reports the answer to Options.Observe.
func (d *Documents) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if d.observe == nil {
		d.serve(w, r)
		return
	}
	begin, observed := time.Now(), &observedWriter{ResponseWriter: w}
	s := d.serve(observed, r)
	d.observe(observed.event(r, s, time.Since(begin)))
}

// serve answers one request, and returns what was asked for.
func (d *Documents) serve(w http.ResponseWriter, r *http.Request) subject {
	preview := false
	if e := d.edition(); e != nil {
		preview = e.Preview()
	}
	switch {
	case preview && !request.KnownHost(r.Host, d.hosts):
		reply.Misdirected.ServeHTTP(w, r)
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		return d.get(w, r, preview)
	case r.Method != http.MethodOptions:
		reply.NotAllowed.ServeHTTP(w, r)
	case preview:
		reply.Methods.ServeHTTP(w, r)
	default:
		preflight.ServeHTTP(w, r)
	}
	return subject{kind: KindOther}
}

// get answers a GET. It reads the clock before it looks up the edition: bytes that are replaced
// meanwhile do not get a date that belongs to the next ones.
func (d *Documents) get(w http.ResponseWriter, r *http.Request, preview bool) subject {
	now, found := time.Now(), d.find(r.URL)
	if preview {
		found = private(found)
	}
	switch found := found.(type) {
	case *document.Response:
		found.Serve(w, r, 0, now)
	case alias:
		found.Serve(w, r, document.Aliased, now)
	case http.Handler:
		found.ServeHTTP(w, r)
	}
	return subjectOf(found)
}
