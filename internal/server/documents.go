package server

import (
	"log/slog"
	"net/http"
	"sync"
	"time"

	"broadsheet/internal/edition"
)

// Documents is the handler of the public listener, see New. It answers every request.
type Documents struct {
	edition func() *edition.Edition
	caching []string // value of Cache-Control
	deltas  bool     // clients that ask for it get only what is new
	shelf   *shelf   // of media files
	hosts   []string // names that a preview answers to
	reloads *reloads // nil: pages of previews do not reload
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
	case preview && !knownHost(r.Host, d.hosts):
		misdirected.ServeHTTP(w, r)
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		return d.get(w, r, preview)
	case r.Method != http.MethodOptions:
		notAllowed.ServeHTTP(w, r)
	case preview:
		adminMethods.ServeHTTP(w, r)
	default:
		preflight.ServeHTTP(w, r)
	}
	return subject{kind: KindOther}
}

// get answers a GET. Its moment comes before that of the edition: bytes that are
// replaced meanwhile do not get a date that belongs to the next ones.
func (d *Documents) get(w http.ResponseWriter, r *http.Request, preview bool) subject {
	now, found := time.Now(), d.find(r.URL)
	if preview {
		found = private(found)
	}
	switch found := found.(type) {
	case *response:
		found.serve(w, r, 0, now)
	case alias:
		found.serve(w, r, aliased, now)
	case http.Handler:
		found.ServeHTTP(w, r)
	}
	return subjectOf(found)
}
