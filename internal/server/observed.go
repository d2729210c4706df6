package server

import (
	"io"
	"net/http"
	"time"
)

// observedWriter counts the bytes written to a client. It has all methods of net/http's own writer
// that this package uses.
type observedWriter struct {
	http.ResponseWriter
	status int // 0: not written yet
	coding string
	bytes  int64
}

// WriteHeader notes the status and the coding.
func (w *observedWriter) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status, w.coding = status, w.Header().Get("Content-Encoding")
	}
	w.ResponseWriter.WriteHeader(status)
}

// begin sends the status if the body begins without one.
func (w *observedWriter) begin() {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
}

// Write counts the bytes written.
func (w *observedWriter) Write(b []byte) (int, error) {
	w.begin()
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// ReadFrom lets the system send files, if the writer below can.
func (w *observedWriter) ReadFrom(from io.Reader) (int64, error) {
	w.begin()
	n, err := io.Copy(w.ResponseWriter, from)
	w.bytes += n
	return n, err
}

// Flush sends buffered bytes.
func (w *observedWriter) Flush() {
	w.begin()
	_ = http.NewResponseController(w.ResponseWriter).Flush() // one that cannot keeps nothing back
}

// Unwrap is for http.ResponseController.
func (w *observedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// event returns the event for the answer to r.
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
