// Package reload tells the pages of a preview of each new edition, by server-sent events.
package reload

import (
	"context"
	"io"
	"net/http"
	"time"

	"broadsheet/internal/server/internal/reply"
	"broadsheet/internal/server/internal/transfer"
)

// maxWaiting is how many pages of a preview may wait for the next edition at once.
const maxWaiting = 64

// keepAliveInterval is how often a page that waits is told that the connection is still there. It
// is shorter than the timeouts of proxies.
const keepAliveInterval = 20 * time.Second

// The events (HTML, "Server-sent events"). A browser that connects again repeats the id that it was
// given: it may have missed an edition.
const (
	welcome   = "retry: 1000\nid: here\n\n"
	changed   = "data: changed\n\n"
	keepAlive = ":\n\n"
)

var (
	eventStream = []reply.Field{
		reply.NewField("Content-Type", "text/event-stream"), reply.NoStore, reply.NoSniff,
		reply.NewField("X-Accel-Buffering", "no"), // nginx would keep events back
	}
	tooMany = reply.Text(http.StatusServiceUnavailable, "Too many pages of the preview are open.\n", reply.NoStore)
)

// Stream tells the pages of a preview of each new edition, for as long as they are open.
type Stream struct {
	changed func() <-chan struct{}
	slots   chan struct{} // one is taken by each page that waits
}

// New returns a stream. Changed returns a channel that is closed when the edition has been replaced
// by one that says something else.
func New(changed func() <-chan struct{}) *Stream {
	return &Stream{changed, make(chan struct{}, maxWaiting)}
}

// stopKey is the key of a channel in the context of a request, see WithStop.
type stopKey struct{}

// WithStop returns a context for requests that must end when stop is closed: an answer without an
// end does so then.
func WithStop(ctx context.Context, stop <-chan struct{}) context.Context {
	return context.WithValue(ctx, stopKey{}, stop)
}

// ServeHTTP sends events until the client has left, or the server stops.
func (s *Stream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	next := s.changed()
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	default:
		tooMany.ServeHTTP(w, r)
		return
	}
	reply.Set(w.Header(), eventStream...)
	if r.Method == http.MethodHead {
		return
	}
	page := waiting{w, http.NewResponseController(w)}
	events := welcome
	if r.Header.Get("Last-Event-ID") != "" {
		events += changed
	}
	stop, _ := r.Context().Value(stopKey{}).(<-chan struct{})
	tick := time.NewTicker(keepAliveInterval)
	defer tick.Stop()
	for page.write(events) {
		select {
		case <-r.Context().Done():
			return
		case <-stop:
			return
		case <-next:
			next, events = s.changed(), changed
		case <-tick.C:
			events = keepAlive
		}
	}
}

// waiting is a page that waits for events.
type waiting struct {
	io.Writer
	*http.ResponseController
}

// write reports whether the events could be sent. Each write has the time of an answer of
// its own; a writer without deadlines does without.
func (p waiting) write(events string) bool {
	_ = p.SetWriteDeadline(time.Now().Add(transfer.Timeout))
	_, err := io.WriteString(p, events)
	return err == nil && p.Flush() == nil
}
