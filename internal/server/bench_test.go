package server_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// discard takes an answer as cheaply as can be, so that what is measured is the
// handler's own.
type discard struct {
	header http.Header
	status int
	bytes  int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(b []byte) (int, error) { d.bytes += len(b); return len(b), nil }

// polls returns a function that asks h for the feed once, with the headers given.
func polls(tb testing.TB, want int, lines ...string) func() {
	tb.Helper()
	return pollsOf(tb, newHandler(tb), want, lines...)
}

func pollsOf(tb testing.TB, h http.Handler, want int, lines ...string) func() {
	tb.Helper()
	return pollsAt(tb, h, "/rss.xml", want, lines...)
}

func pollsAt(tb testing.TB, h http.Handler, path string, want int, lines ...string) func() {
	tb.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header = headers(lines...)
	w := &discard{header: http.Header{}}
	return func() {
		clear(w.header)
		if h.ServeHTTP(w, r); w.status != want {
			tb.Fatalf("status %d, want %d", w.status, want)
		}
	}
}

func feedTag(tb testing.TB) string {
	tb.Helper()
	_, c := content(tb, newEdition(tb, 3), "/rss.xml")
	return `"` + c.Hash + `-gzip"`
}

// A poll allocates nothing beyond what net/http does for every request.
func TestPollAllocatesNothing(t *testing.T) {
	for name, poll := range map[string]func(){
		"304":              polls(t, 304, "Accept-Encoding: gzip, deflate, br, zstd", "If-None-Match: "+feedTag(t)),
		"304 for zstd":     polls(t, 304, "Accept-Encoding: gzip, zstd", "If-None-Match: "+feedTag(t)),
		"304 for an alias": pollsAt(t, newHandler(t), "/feed", 304, "Accept-Encoding: gzip", "If-None-Match: "+feedTag(t)),
		"gzip":             polls(t, 200, "Accept-Encoding: gzip, deflate"),
		"br":               polls(t, 200, "Accept-Encoding: gzip, deflate, br"),
		"zstd":             polls(t, 200, "Accept-Encoding: gzip, deflate, zstd"),
		"identity":         polls(t, 200),
		"an alias":         pollsAt(t, newHandler(t), "/feed", 200, "Accept-Encoding: br"),
	} {
		if n := testing.AllocsPerRun(100, poll); n > 0 {
			t.Errorf("%s: %v allocations, want none", name, n)
		}
	}
}

func BenchmarkNotModified(b *testing.B) {
	poll := polls(b, 304, "Accept-Encoding: gzip, deflate, br", "If-None-Match: "+feedTag(b))
	b.ReportAllocs()
	for b.Loop() {
		poll()
	}
}

func BenchmarkNotModifiedByDate(b *testing.B) {
	_, c := content(b, newEdition(b, 3), "/rss.xml")
	poll := polls(b, 304, "If-Modified-Since: "+c.Modified.Format(http.TimeFormat))
	b.ReportAllocs()
	for b.Loop() {
		poll()
	}
}

func BenchmarkGzip(b *testing.B) {
	poll := polls(b, 200, "Accept-Encoding: gzip, deflate")
	b.ReportAllocs()
	for b.Loop() {
		poll()
	}
}

func BenchmarkNotModifiedParallel(b *testing.B) {
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		poll := polls(b, 304, "Accept-Encoding: gzip, deflate, br", "If-None-Match: "+feedTag(b))
		for pb.Next() {
			poll()
		}
	})
}
