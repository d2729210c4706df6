package server

import (
	"io"
	"net/http"
	"time"

	"broadsheet/internal/server/lane"
)

// Kind says what was asked for. There are few kinds, so that they can name counters.
type Kind string

// The kinds of what is asked for.
const (
	KindDocument Kind = "document" // of the edition
	KindMedia    Kind = "media"    // a file of the posts folder
	KindReload   Kind = "reload"   // the event stream of a preview's page
	KindOther    Kind = "other"    // all else: moved, gone, unknown, robots.txt, OPTIONS, refused
)

// Event is an answer that was sent, or that the client did not wait for.
type Event struct {
	Method string
	// Path is the path as the client wrote it, without the query. Anything can be in
	// it, and there is no end of different ones.
	Path string
	Kind Kind
	// Document is the canonical path of the document; empty for other kinds. There are
	// as many as the edition has documents.
	Document string
	Status   int
	Coding   string        // Content-Encoding; empty where there is none, as in a 304
	Bytes    int64         // of the body, as far as it was sent
	Duration time.Duration // from the request's header to the end of the body
}

// subject is what a request asks for.
type subject struct {
	kind     Kind
	document string // canonical path
}

// subjectOf returns the subject of a request by what find returned.
func subjectOf(found any) subject {
	switch found := found.(type) {
	case *response:
		return subject{KindDocument, found.document.Path}
	case alias:
		return subject{KindDocument, found.document.Path}
	case *file:
		return subject{kind: KindMedia}
	case *reloads:
		return subject{kind: KindReload}
	}
	return subject{kind: KindOther}
}

// observeLane returns what tells Options.Observe of the lane's answers; nil where
// nobody asked.
func (d *Documents) observeLane() func(*lane.Request, lane.Response, int) {
	if d.observe == nil {
		return nil
	}
	return func(q *lane.Request, r lane.Response, sent int) {
		method := http.MethodGet
		if q.Head {
			method = http.MethodHead
		}
		d.observe(Event{
			Method: method, Path: q.Path, Kind: KindDocument, Document: r.Document,
			Status: r.Status, Coding: r.Coding, Bytes: int64(sent), Duration: time.Since(q.Received),
		})
	}
}

// observedWriter counts what is written to a client. It has all that net/http's own
// writer has and this package uses.
type observedWriter struct {
	http.ResponseWriter
	status int // 0: not written yet
	coding string
	bytes  int64
}

// WriteHeader notes the status, and what the header says of the body.
func (w *observedWriter) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status, w.coding = status, w.Header().Get("Content-Encoding")
	}
	w.ResponseWriter.WriteHeader(status)
}

// begin notes that a body without a status begins.
func (w *observedWriter) begin() {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
}

// Write counts what is written.
func (w *observedWriter) Write(b []byte) (int, error) {
	w.begin()
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// ReadFrom leaves files to the system, where the writer below can.
func (w *observedWriter) ReadFrom(from io.Reader) (int64, error) {
	w.begin()
	n, err := io.Copy(w.ResponseWriter, from)
	w.bytes += n
	return n, err
}

// Flush sends what is kept back.
func (w *observedWriter) Flush() {
	w.begin()
	_ = http.NewResponseController(w.ResponseWriter).Flush() // one that cannot keeps nothing back
}

// Unwrap is for http.ResponseController.
func (w *observedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// event returns what is to be told of the answer to r.
func (w *observedWriter) event(r *http.Request, s subject, took time.Duration) Event {
	status := w.status
	if status == 0 {
		status = http.StatusOK // net/http sends it in the end
	}
	sent := w.bytes
	if r.Method == http.MethodHead {
		sent = 0 // net/http drops it
	}
	return Event{
		Method: r.Method, Path: r.URL.EscapedPath(), Kind: s.kind, Document: s.document,
		Status: status, Coding: w.coding, Bytes: sent, Duration: took,
	}
}
