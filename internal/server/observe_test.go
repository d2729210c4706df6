package server_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/server"
	"broadsheet/internal/server/internal/pipetest"
)

// around serves documents in a mux, with /hub beside them and a middleware around
// all, which counts the requests that it sees.
func around(documents http.Handler) (h http.Handler, seen *atomic.Int64) {
	mux := http.NewServeMux()
	mux.Handle("/", documents)
	mux.HandleFunc("/hub", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusAccepted)
		io.WriteString(w, "the hub hears "+r.Method)
	})
	seen = new(atomic.Int64)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen.Add(1)
		w.Header().Set("X-Request-Id", "1")
		mux.ServeHTTP(w, r)
	}), seen
}

// serveWith runs Serve with options on a real listener until the end of the test.
func serveWith(t *testing.T, h http.Handler, o server.ServeOptions) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, l, h, o) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return l.Addr().String()
}

func TestHandlersAroundAndBesideKeepTheLane(t *testing.T) {
	documents := server.New(server.Options{Edition: always(newEdition(t, 3))})
	for name, c := range map[string]struct {
		options server.ServeOptions
		lane    int64 // how many of the polls the middleware does not see
	}{
		"with documents":    {server.ServeOptions{Documents: documents}, 1},
		"without documents": {server.ServeOptions{}, 0},
	} {
		h, seen := around(documents)
		address := serveWith(t, h, c.options)
		for _, r := range []struct {
			method, path string
			status       int
			body         string
			lane         int64
		}{
			{"GET", "/rss.xml", 200, "", c.lane},
			{"HEAD", "/atom.xml", 200, "", c.lane},
			{"GET", "/feed", 200, "", c.lane},
			{"GET", "/rss.xml?x", 200, "", 0},
			{"GET", "/nowhere", 404, "There is nothing at this address.\n", 0},
			{"GET", "/hub", 202, "the hub hears GET", 0},
			{"POST", "/hub", 202, "the hub hears POST", 0},
			{"POST", "/rss.xml", 405, "Only GET, HEAD and OPTIONS are answered here.\n", 0},
		} {
			before := seen.Load()
			got := ask(t, address, r.method, r.path)
			if got.status != r.status || r.body != "" && got.body != r.body {
				t.Errorf("%s: %s %s: %d %.60q, want %d %q", name, r.method, r.path, got.status, got.body, r.status, r.body)
			}
			if n := 1 - (seen.Load() - before); n != r.lane {
				t.Errorf("%s: %s %s: answered in the lane %d times, want %d", name, r.method, r.path, n, r.lane)
			}
		}
	}
}

// events keeps what Observe is told.
type events struct {
	mu  sync.Mutex
	all []server.Event
}

func (e *events) observe(one server.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = append(e.all, one)
}

// next waits for the next one: a client may have its answer before it is told.
func (e *events) next(t *testing.T) server.Event {
	t.Helper()
	for end := time.Now().Add(hang); time.Now().Before(end); time.Sleep(time.Millisecond) {
		e.mu.Lock()
		if len(e.all) > 0 {
			one := e.all[0]
			e.all = e.all[1:]
			e.mu.Unlock()
			return one
		}
		e.mu.Unlock()
	}
	t.Fatal("nothing was observed")
	return server.Event{}
}

func TestObserveIsToldTheSameInTheLaneAndBehindNetHTTP(t *testing.T) {
	e, before := rulesEdition(t)
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "a.png"), []byte("0123456789"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, c := content(t, e, "/rss.xml")
	var told events
	documents := server.New(server.Options{Edition: always(e), Open: opens(root), Observe: told.observe})
	other, _ := around(documents)
	for way, address := range map[string]string{
		"in the lane": serve(t, documents), "behind net/http": serve(t, behind(documents)),
		"in a mux with the lane": serveWith(t, other, server.ServeOptions{Documents: documents}),
	} {
		for _, r := range []struct {
			method, path, line string
			want               server.Event // without method, path and duration; Bytes -1: those that came
		}{
			{"GET", "/rss.xml", "", server.Event{Kind: "document", Document: "/rss.xml", Status: 200, Bytes: int64(len(c.Body))}},
			{"GET", "/rss.xml", "Accept-Encoding: gzip", server.Event{Kind: "document", Document: "/rss.xml", Status: 200, Coding: "gzip", Bytes: -1}},
			{"GET", "/rss.xml", `Accept-Encoding: gzip` + "\r\n" + `If-None-Match: "` + c.Hash + `"`, server.Event{Kind: "document", Document: "/rss.xml", Status: 304}},
			{"HEAD", "/rss.xml", "Accept-Encoding: br", server.Event{Kind: "document", Document: "/rss.xml", Status: 200, Coding: "br"}},
			{"GET", "/feed", "", server.Event{Kind: "document", Document: "/rss.xml", Status: 200, Bytes: int64(len(c.Body))}},
			{"GET", "/rss.xml", "A-IM: feed\r\nIf-None-Match: " + before, server.Event{Kind: "document", Document: "/rss.xml", Status: 226, Bytes: -1}},
			{"GET", "/a.png", "", server.Event{Kind: "media", Status: 200, Bytes: 10}},
			{"GET", "/a.png", "Range: bytes=2-4", server.Event{Kind: "media", Status: 206, Bytes: 3}},
			{"HEAD", "/a.png", "", server.Event{Kind: "media", Status: 200}},
			{"GET", "/old/atom.xml", "", server.Event{Kind: "other", Status: 301, Bytes: -1}},
			{"GET", "/gone", "", server.Event{Kind: "other", Status: 410, Bytes: -1}},
			{"GET", "/nowhere/%C3%A9", "", server.Event{Kind: "other", Status: 404, Bytes: 34}},
			{"HEAD", "/nowhere", "", server.Event{Kind: "other", Status: 404}},
			{"GET", "/nowhere", "Accept: text/html", server.Event{Kind: "other", Status: 404, Bytes: -1}},
			{"GET", "/favicon.ico", "", server.Event{Kind: "other", Status: 204}},
			{"OPTIONS", "/rss.xml", "", server.Event{Kind: "other", Status: 204}},
			{"DELETE", "/rss.xml", "", server.Event{Kind: "other", Status: 405, Bytes: 46}},
		} {
			lines := strings.Split(r.line, "\r\n")
			if r.line == "" {
				lines = nil
			}
			reply := ask(t, address, r.method, r.path, lines...)
			want := r.want
			if want.Method, want.Path = r.method, r.path; want.Bytes < 0 {
				want.Bytes = int64(len(reply.body))
			}
			got := told.next(t)
			if got.Duration < 0 {
				t.Errorf("%s: %s %s took %v", way, r.method, r.path, got.Duration)
			}
			got.Duration = 0
			if diff := cmp.Diff(want, got); diff != "" || reply.status != want.Status {
				t.Errorf("%s: %s %s %q, status %d: observed (-want +got)\n%s", way, r.method, r.path, r.line, reply.status, diff)
			}
		}
	}
	if len(told.all) > 0 {
		t.Errorf("observed besides: %+v", told.all)
	}
}

// To observe costs none of what the system does better.
func TestObservedAnswersLeaveAsOthersDo(t *testing.T) {
	root, picture := t.TempDir(), strings.Repeat("0123456789", 20_000)
	if err := os.WriteFile(filepath.Join(root, "a.png"), []byte(picture), 0o644); err != nil {
		t.Fatal(err)
	}
	e, want := feedOf(t, 60_000)
	var told events
	h := server.New(server.Options{Edition: always(e), Open: opens(root), Observe: told.observe})
	address, calls := counted(t, behind(h))
	if got := ask(t, address, "GET", "/feed.json"); got.body != want || calls.writes.Load() != 0 {
		t.Errorf("%d bytes in %d writes of one buffer, want all in one of two", len(got.body), calls.writes.Load())
	}
	if got := told.next(t); got.Bytes != 60_000 {
		t.Errorf("observed %d bytes, want 60000", got.Bytes)
	}
	if got := ask(t, address, "GET", "/a.png"); got.body != picture || calls.files.Load() == 0 {
		t.Errorf("%d bytes, want the file given to the connection", len(got.body))
	}
	if got := told.next(t); got.Bytes != int64(len(picture)) {
		t.Errorf("observed %d bytes, want %d", got.Bytes, len(picture))
	}
}

// A client that leaves has had less than the whole.
func TestObserveCountsWhatWasSent(t *testing.T) {
	e, want := feedOf(t, 1<<20)
	for way, wrap := range map[string]func(http.Handler) http.Handler{"in the lane": func(h http.Handler) http.Handler { return h }, "behind net/http": behind} {
		var told events
		virtual(t, wrap(server.New(server.Options{Edition: always(e), Observe: told.observe, Log: slog.New(slog.DiscardHandler)})), func(t *testing.T, p *pipetest.Listener) {
			conn := p.Dial()
			io.WriteString(conn, "GET /feed.json HTTP/1.1\r\nHost: x\r\n\r\n")
			io.ReadFull(conn, make([]byte, 100_000))
			conn.Close()
			if got := told.next(t); got.Status != 200 || got.Bytes > 100_000 || got.Bytes < 80_000 {
				t.Errorf("%s: status %d with %d of %d bytes, want less than 100,000", way, got.Status, got.Bytes, len(want))
			}
		})
	}
}
