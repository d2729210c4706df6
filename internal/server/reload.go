package server

import (
	"io"
	"net/http"
	"time"
)

// maxWaiting is how many pages of a preview may wait for the next edition at once.
const maxWaiting = 64

// lifeSign is how often a page that waits is told that the connection is still
// there: often enough for the proxies on the way.
const lifeSign = 20 * time.Second

// What is said to pages that wait (HTML, "Server-sent events"). A browser that
// comes back repeats the id that it was given: it may have missed an edition.
const (
	welcome = "retry: 1000\nid: here\n\n"
	changed = "data: changed\n\n"
	silence = ":\n\n"
)

var (
	eventStream = []field{
		newField("Content-Type", "text/event-stream"), noStore, noSniff,
		newField("X-Accel-Buffering", "no"), // nginx would keep events back
	}
	tooMany = newText(http.StatusServiceUnavailable, "Too many pages of the preview are open.\n", noStore)
)

// reloads tells the pages of a preview of each new edition, for as long as they
// are open.
type reloads struct {
	changed func() <-chan struct{}
	places  chan struct{} // holds one for each page that waits
}

func newReloads(changed func() <-chan struct{}) *reloads {
	return &reloads{changed, make(chan struct{}, maxWaiting)}
}

// ServeHTTP speaks until the client has left, or Serve is to end.
func (s *reloads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	next := s.changed()
	select {
	case s.places <- struct{}{}:
		defer func() { <-s.places }()
	default:
		tooMany.ServeHTTP(w, r)
		return
	}
	setFields(w.Header(), eventStream)
	if r.Method == http.MethodHead {
		return
	}
	page := waiting{w, http.NewResponseController(w)}
	words := welcome
	if r.Header.Get("Last-Event-ID") != "" {
		words += changed
	}
	stop, _ := r.Context().Value(stopKey{}).(<-chan struct{})
	tick := time.NewTicker(lifeSign)
	defer tick.Stop()
	for page.write(words) {
		select {
		case <-r.Context().Done():
			return
		case <-stop:
			return
		case <-next:
			next, words = s.changed(), changed
		case <-tick.C:
			words = silence
		}
	}
}

// waiting is a page that waits.
type waiting struct {
	io.Writer
	*http.ResponseController
}

// write reports whether the words could be sent. Each write has the time of an answer of
// its own; a writer without deadlines does without.
func (p waiting) write(words string) bool {
	_ = p.SetWriteDeadline(time.Now().Add(answerTimeout))
	_, err := io.WriteString(p, words)
	return err == nil && p.Flush() == nil
}
