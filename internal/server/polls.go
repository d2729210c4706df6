package server

import (
	"net/http"
	"time"

	"broadsheet/internal/server/internal/document"
	"broadsheet/internal/server/lane"
)

// respond returns the prepared response to a poll. It returns false if net/http must answer: for
// all that is no document, and in previews, where the host matters.
func (d *Documents) respond(q *lane.Request) (lane.Response, bool) {
	e := d.edition()
	if e == nil || e.Preview() {
		return lane.Response{}, false
	}
	switch found := d.lookUp(e, q.Path, "", q.Path).(type) {
	case *document.Response:
		return found.Lane(q, 0), true
	case alias:
		return found.Lane(q, document.Aliased), true
	}
	return lane.Response{}, false
}

// observeLane returns the function that reports the lane's answers to Options.Observe; nil if there
// is no such option.
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
