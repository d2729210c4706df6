package server_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

// feedOf returns an edition whose /feed.json has exactly size bytes.
func feedOf(tb testing.TB, size int) (*edition.Edition, string) {
	tb.Helper()
	const first = 1000
	_, body := feedWith(tb, first)
	if size -= len(body); first+size < 500 {
		tb.Fatalf("a feed cannot be so short: it has %d bytes at %d of text", len(body), first)
	}
	return feedWith(tb, first+size)
}

// feedWith returns an edition of one post with so many bytes of text, and its feed.
func feedWith(tb testing.TB, text int) (*edition.Edition, string) {
	tb.Helper()
	day := time.Date(2020, 1, 1, 9, 0, 0, 0, time.UTC)
	e := edition.New(edition.Input{
		Site: blog.Site{Title: "Example", URL: "https://example.org", Language: "en", Authority: "example.org", Zone: time.UTC},
		Posts: []*blog.Post{{
			Path: "post.md", File: blog.StampOf(day), Published: day, Updated: day, ID: "tag:example.org,2020:post",
			URL: "https://example.org/post/", Slug: "post", Title: "Post", Body: []byte(strings.Repeat("x", text)), BodyLine: 1,
		}},
		Now: published, Patience: time.Hour, // a megabyte is much for a busy machine
	})
	_, c := content(tb, e, "/feed.json")
	return e, string(c.Body)
}

// The sizes around those of the buffers on the way: net/http's of 4096 bytes for
// header and body together, and of 2048 for the body alone.
func sizesOfFeeds(t *testing.T) []int {
	e, body := feedOf(t, 4096)
	head := raw(t, serve(t, server.New(server.Options{Edition: always(e)})), "HEAD /feed.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	kept := len(head) - len("Connection: close\r\n")
	if len(body) != 4096 || kept > 2000 {
		t.Fatalf("a header of %d bytes for %d, want room for a body in the first buffer", kept, len(body))
	}
	sizes := []int{2047, 2048, 2049, 4095, 4096, 4097, 60_000, 1 << 20}
	for _, full := range []int{4096, 8192} {
		sizes = append(sizes, full-kept-1, full-kept, full-kept+1)
	}
	return sizes
}

func TestAnswersOfEverySizeArriveWhole(t *testing.T) {
	for _, size := range sizesOfFeeds(t) {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			e, want := feedOf(t, size)
			if len(want) != size {
				t.Fatalf("the feed has %d bytes", len(want))
			}
			for way, h := range bothWays(e) {
				address := serve(t, h)
				if got := parse(t, "GET", raw(t, address, "GET /feed.json HTTP/1.0\r\n\r\n")); got.body != want {
					t.Errorf("%s: HTTP/1.0: %d bytes", way, len(got.body))
				}
				if got := pipelined(t, address, "GET", "HEAD", "GET", "GET"); got != want+want+want {
					t.Errorf("%s: pipelined: %d bytes, want three times the feed", way, len(got))
				}
				if proto, got := overHTTP2(t, address); proto != "HTTP/2.0" || got != want {
					t.Errorf("%s: %s: %d bytes", way, proto, len(got))
				}
			}
		})
	}
}

// pipelined sends requests for the feed all at once, and returns the bodies of
// the answers, one after the other.
func pipelined(t *testing.T, address string, methods ...string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(hang))
	requests := strings.Join(methods, " /feed.json HTTP/1.1\r\nHost: x\r\n\r\n") + " /feed.json HTTP/1.1\r\nHost: x\r\n\r\n"
	if _, err := io.WriteString(conn, requests); err != nil {
		t.Fatal(err)
	}
	var bodies strings.Builder
	for r := bufio.NewReader(conn); len(methods) > 0; methods = methods[1:] {
		resp, err := http.ReadResponse(r, &http.Request{Method: methods[0]})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&bodies, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v", methods[0], resp.Status, err)
		}
	}
	return bodies.String()
}

// overHTTP2 asks for the feed twice at once, on one connection.
func overHTTP2(t *testing.T, address string) (proto, body string) {
	t.Helper()
	var protocols http.Protocols
	protocols.SetUnencryptedHTTP2(true)
	transport := &http.Transport{Protocols: &protocols, DisableCompression: true}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: 5 * time.Minute}
	var answers [2]*http.Response
	for i := range answers {
		resp, err := client.Get("http://" + address + "/feed.json")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		answers[i] = resp
	}
	var bodies [2]string
	for i, resp := range answers {
		all, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		bodies[i] = string(all)
	}
	if bodies[0] != bodies[1] {
		t.Errorf("two answers on one connection differ: %d and %d bytes", len(bodies[0]), len(bodies[1]))
	}
	return answers[0].Proto, bodies[0]
}

// plain hides all that a ResponseWriter can do beyond writing.
type plain struct{ http.ResponseWriter }

// eager flushes before and after each Write.
type eager struct{ http.ResponseWriter }

func (e eager) Write(p []byte) (int, error) {
	defer http.NewResponseController(e.ResponseWriter).Flush()
	http.NewResponseController(e.ResponseWriter).Flush()
	return e.ResponseWriter.Write(p)
}

// Nothing is kept back where a handler around ours writes in its own way: a
// client that keeps its connection would wait for ever.
func TestNothingIsKeptBackUnderOtherWriters(t *testing.T) {
	for _, size := range sizesOfFeeds(t) {
		e, want := feedOf(t, size)
		documents := server.New(server.Options{Edition: always(e)})
		for name, wrap := range map[string]func(http.ResponseWriter) http.ResponseWriter{
			"plain": func(w http.ResponseWriter) http.ResponseWriter { return plain{w} },
			"eager": func(w http.ResponseWriter) http.ResponseWriter { return eager{w} },
		} {
			address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { documents.ServeHTTP(wrap(w), r) }))
			if got := pipelined(t, address, "GET", "GET"); got != want+want {
				t.Errorf("%s, %d bytes: %d came, want the feed twice", name, size, len(got))
			}
		}
	}
}

// tally counts what a server asks of its TCP connections. A call that takes
// several buffers at once (writev) is neither of the two.
type tally struct{ writes, files atomic.Int64 }

type countedListener struct {
	net.Listener
	*tally
}

type countedConn struct {
	*net.TCPConn
	*tally
}

func (l countedListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return countedConn{c.(*net.TCPConn), l.tally}, nil
}

func (c countedConn) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.TCPConn.Write(p)
}

func (c countedConn) ReadFrom(r io.Reader) (int64, error) {
	c.files.Add(1)
	return c.TCPConn.ReadFrom(r)
}

// counted is serve with a count of the server's calls.
func counted(t *testing.T, h http.Handler) (string, *tally) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var calls tally
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, countedListener{l, &calls}, h, server.ServeOptions{}) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return l.Addr().String(), &calls
}

func TestHeaderAndLongBodyLeaveTogether(t *testing.T) {
	for _, size := range []int{4096, 5000, 8192, 60_000, 1 << 20} {
		e, want := feedOf(t, size)
		for way, h := range bothWays(e) {
			address, calls := counted(t, h)
			if got := ask(t, address, "GET", "/feed.json"); got.body != want {
				t.Errorf("%s, %d bytes: %d came", way, size, len(got.body))
			}
			if n := calls.writes.Load(); n != 0 {
				t.Errorf("%s, %d bytes: %d writes of one buffer, want all in one of two", way, size, n)
			}
		}
	}
}

func TestShortAnswersLeaveInOneWrite(t *testing.T) {
	e, want := feedOf(t, 3000)
	for way, h := range bothWays(e) {
		address, calls := counted(t, h)
		for _, c := range []struct{ method, path, body string }{
			{"GET", "/feed.json", want}, {"HEAD", "/feed.json", ""}, {"GET", "/nowhere", "There is nothing at this address.\n"}, {"OPTIONS", "/", ""},
		} {
			before := calls.writes.Load()
			if got := ask(t, address, c.method, c.path); got.body != c.body {
				t.Errorf("%s: %s %s: %.60q", way, c.method, c.path, got.body)
			}
			if n := calls.writes.Load() - before; n != 1 {
				t.Errorf("%s: %s %s: %d writes, want 1", way, c.method, c.path, n)
			}
		}
	}
}

func TestMediaFilesAreSentByTheKernel(t *testing.T) {
	root, picture := t.TempDir(), strings.Repeat("0123456789", 20_000)
	if err := os.WriteFile(filepath.Join(root, "a.png"), []byte(picture), 0o644); err != nil {
		t.Fatal(err)
	}
	address, calls := counted(t, server.New(server.Options{Open: opens(root), Edition: always(newEdition(t, 1))}))
	for name, c := range map[string]struct {
		status int
		lines  []string
		body   string
	}{
		"whole":  {http.StatusOK, nil, picture},
		"a part": {http.StatusPartialContent, []string{"Range: bytes=100000-199998"}, picture[100_000:199_999]},
	} {
		before := calls.files.Load()
		if got := ask(t, address, "GET", "/a.png", c.lines...); got.status != c.status || got.body != c.body {
			t.Errorf("%s: %d with %d bytes", name, got.status, len(got.body))
		}
		if calls.files.Load() == before {
			t.Errorf("%s: copied through memory, want it given to the connection", name)
		}
	}
}
