package server_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

// A poll that the lane takes: nothing in it is for net/http to judge.
const plainPoll = "GET /rss.xml HTTP/1.1\r\nHost: localhost\r\n\r\n"

// A poll that net/http takes.
const oddPoll = "GET /rss.xml?x HTTP/1.1\r\nHost: localhost\r\n\r\n"

// behind is h where Serve cannot see that it is the handler of documents, so
// that net/http alone serves it.
func behind(h http.Handler) http.Handler { return http.HandlerFunc(h.ServeHTTP) }

// bothWays are the handler of an edition in the lane and behind net/http.
func bothWays(e *edition.Edition) map[string]http.Handler {
	h := server.New(server.Options{Edition: always(e)})
	return map[string]http.Handler{"in the lane": h, "behind net/http": behind(h)}
}

// transcript returns all that a server with h says on a connection on which the
// parts are sent, each when there is nothing left to do for those before, and how
// long the connection then stays open. It happens in virtual time, a year after
// the posts, so that even the dates of two transcripts are the same.
func transcript(t *testing.T, h http.Handler, parts ...string) (said string, open time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(published.AddDate(1, 0, 0)))
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		p, ended, closed := newPipes(), make(chan error, 1), make(chan []byte, 1)
		go func() { ended <- server.Serve(ctx, p, h, server.ServeOptions{Log: slog.New(slog.DiscardHandler)}) }()
		begin, conn := time.Now(), p.dial()
		go func() {
			all, _ := io.ReadAll(conn)
			closed <- all
		}()
		for _, part := range parts {
			if part != "" {
				conn.Write([]byte(part)) // fails once the server has had enough
				synctest.Wait()
			}
		}
		said, open = string(<-closed), time.Since(begin)
		conn.Close()
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return said, open
}

// rulesEdition is one in which addresses have moved and of which a delta can be
// had, to the version of the RSS feed with the hash before.
func rulesEdition(tb testing.TB) (e *edition.Edition, before string) {
	tb.Helper()
	g := newGazette(tb)
	before = g.tag("/rss.xml")
	return edition.New(edition.Input{
		Cache: cacheOf(g.edition),
		Site:  blog.Site{Title: g.title, URL: "https://example.org", Authors: []blog.Author{{Name: "Ada Example"}}, Zone: time.UTC},
		Posts: slices.Insert(g.posts, 0, g.post(11, "New.")),
		Now:   published.Add(time.Hour),
		Moved: edition.Moved{Moves: []blog.Move{{From: "/old/*", To: "/*"}}, Gone: []string{"/gone"}},
	}), before
}

// preface is how HTTP/2 begins (RFC 9113 section 3.4).
const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

// FuzzLane sends any bytes, in up to three parts, to a server with the lane and
// to one without. Both must say the same, to the byte, and close after the same
// time: the lane takes nothing that net/http would take for something else.
func FuzzLane(f *testing.F) {
	e, before := rulesEdition(f)
	_, c := content(f, e, "/rss.xml")
	own := server.New(server.Options{Edition: always(e)})
	for _, seed := range laneSeeds(c, before) {
		f.Add([]byte(seed), uint16(0), uint16(0))
		f.Add([]byte(seed), uint16(1), uint16(17))
		f.Add([]byte(seed), uint16(len(plainPoll)), uint16(len(plainPoll)+2))
	}
	f.Fuzz(func(t *testing.T, sent []byte, i, j uint16) {
		if bytes.HasPrefix(bytes.TrimLeft(sent, "\r\n"), []byte(preface)) {
			return // its first frames come in any order, or not at all
		}
		from := min(int(i), len(sent))
		to := min(max(from, int(j)), len(sent))
		parts := []string{string(sent[:from]), string(sent[from:to]), string(sent[to:])}
		want, wantOpen := transcript(t, behind(own), parts...)
		got, open := transcript(t, own, parts...)
		if got != want {
			t.Errorf("after %q\nthe lane says %q\nnet/http says %q", parts, got, want)
		}
		if open != wantOpen {
			t.Errorf("after %q the lane closes after %v, net/http after %v", parts, open, wantOpen)
		}
	})
}

// laneSeeds are requests of which some are plain, and most are not.
func laneSeeds(c *edition.Content, before string) []string {
	seeds := []string{
		"", "\r\n", "\n", "G", "GET", "GET /rss.xml HTTP/1.1\r\nHost: x\r\n",
		"PRI * HTTP/2.0\r\n\r\n", plainPoll + preface, plainPoll + preface + "\x00\x00\x00\x04\x00\x00\x00\x00\x00",
		plainPoll + "\r\n", plainPoll + "\r\n" + plainPoll, plainPoll + "x", plainPoll + "\x00\x00\x00\x00",
		plainPoll + plainPoll + "HEAD /atom.xml HTTP/1.1\r\nHost: x\r\n\r\n" + plainPoll,
		plainPoll + "POST /rss.xml HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" + plainPoll,
		plainPoll + "GET /rss.xml HTTP/1.1\r\nHost: x\r\nContent-Length: " + fmt.Sprint(len(plainPoll)) + "\r\n\r\n" + plainPoll + plainPoll,
		"POST /rss.xml HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + plainPoll,
		strings.ReplaceAll(plainPoll, "\r", ""), strings.ReplaceAll(plainPoll, "\r\n", "\r"), strings.ReplaceAll(plainPoll, "\r\n", "\r\r\n"),
		"GET /rss.xml HTTP/1.1\r\nHost: \r\n\r\n", "GET /rss.xml HTTP/1.1\r\nHost: x/y\r\n\r\n", "GET /rss.xml HTTP/1.1\r\nHost: \"x\r\n\r\n",
		"GET /rss.xml HTTP/1.1\r\nHost: x\r\n\n" + plainPoll, "GET /rss.xml HTTP/1.1\nHost: x\r\n\r\n", "GET /rss.xml HTTP/1.1\r\n\r\n",
		"\r\n" + plainPoll, "\n\r\n\r" + plainPoll, "\r\n" + plainPoll + "\r\n\r\n" + plainPoll, "\r\n" + oddPoll + "\r\n" + oddPoll + "\r\n" + plainPoll,
		"\r\nPOST /rss.xml HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n\r\n\r\nab" + plainPoll, "\r\n" + preface, oddPoll + "\r\n" + preface, " " + plainPoll, strings.ToLower(plainPoll), "GET  /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n",
	}
	for _, line := range []string{
		"get /rss.xml HTTP/1.1", "HEAD /rss.xml HTTP/1.1", "OPTIONS * HTTP/1.1", "OPTIONS /rss.xml HTTP/1.1", "CONNECT x:80 HTTP/1.1",
		"GET /rss.xml HTTP/1.0", "GET /rss.xml HTTP/1.2", "GET /rss.xml HTTP/2.0", "GET /rss.xml HTTP/1.1 ", "GET /rss.xml", "GET rss.xml HTTP/1.1",
		"GET http://x/rss.xml HTTP/1.1", "GET //x/rss.xml HTTP/1.1", "GET //rss.xml HTTP/1.1", "GET /./rss.xml HTTP/1.1", "GET /a/../rss.xml HTTP/1.1",
		"GET /%72ss.xml HTTP/1.1", "GET /rss.xml? HTTP/1.1", "GET /rss.xml?format=atom HTTP/1.1", "GET /?feed=rss2 HTTP/1.1", "GET /rss.xml;x HTTP/1.1",
		"GET /rss.xml#x HTTP/1.1", "GET /rss.xml\x00 HTTP/1.1", "GET /rss.xml/ HTTP/1.1", "GET /RSS.xml HTTP/1.1", "GET / HTTP/1.1", "GET /feed HTTP/1.1",
		"GET /index.html HTTP/1.1", "GET /nowhere HTTP/1.1", "GET /robots.txt HTTP/1.1", "GET /old/rss.xml HTTP/1.1", "GET /gone HTTP/1.1", "GET /GONE/ HTTP/1.1",
		"HEAD /feed.json HTTP/1.1", "GET /languages/en/atom.xml HTTP/1.1", "GET /" + strings.Repeat("a", 3000) + " HTTP/1.1", "GET /\xc3\xa9 HTTP/1.1",
	} {
		seeds = append(seeds, line+"\r\nHost: x\r\n\r\n"+plainPoll)
	}
	for _, line := range []string{
		"Host: y", "host:x", "Host: x y", "HOST : x", "Accept-Encoding: gzip, deflate, br, zstd", "Accept-Encoding: br\r\nAccept-Encoding: gzip", "accept-encoding:gzip;q=0, zstd ",
		"Accept: text/html,application/xhtml+xml", "Accept: text/html, application/rss+xml", "Accept: */*", "Accept:", "Accept:\ttext/html",
		`If-None-Match: "` + c.Hash + `"`, `If-None-Match: W/"` + c.Hash + `-gzip", "x"`, "if-none-match: *", "If-None-Match:", "If-None-Match: *\r\nIf-None-Match: x",
		"If-Modified-Since: " + c.Modified.Format(http.TimeFormat), "If-Modified-Since: " + c.Modified.Format(time.RFC850), "If-Modified-Since: now",
		"Connection: keep-alive", "Connection: Keep-Alive", "Connection: close", "connection: CLOSE", "Connection: close\r\nConnection: keep-alive", "Connection: keep-alive\r\nConnection: close", "Connection: close,", "Connection: ", "Connection: keep-alive, close", "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk",
		"Content-Length: 0", "Content-Length: 3\r\nContent-Length: 4", "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked",
		"Transfer-Encoding : chunked", "Transfer_Encoding: chunked", "Transfer-Encoding: identity", "Transfer-Encoding:\x0bchunked", "X: y\r\n Transfer-Encoding: chunked", "X: y\r\n\tz",
		"Expect: 100-continue", "Expect: x", "TE: trailers", "Trailer: X", "Upgrade: websocket", "Upgrade-Insecure-Requests: 1", "A-IM: feed", "A-IM: feed\r\nIf-None-Match: " + before, "Range: bytes=0-1", "Pragma: no-cache",
		"X y: z", ": z", "X", "X: \x00", "X: \x7f", "X: \xff", "X: a\rb", "X: a\nY: b", "\xff: x", "X!: y", "Cookie: " + strings.Repeat("c", 1900), "Cookie: " + strings.Repeat("c", 5000),
	} {
		seeds = append(seeds, "GET /rss.xml HTTP/1.1\r\nHost: x\r\n"+line+"\r\n\r\n"+plainPoll, "GET /feed HTTP/1.1\r\n"+line+"\r\nHost: x\r\n\r\n"+plainPoll)
	}
	return seeds
}

// kept returns a function that sends the request on one kept connection and
// takes an answer of as many bytes as the first had.
func kept(tb testing.TB, address, request string, first func(answer string)) func() {
	tb.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { conn.Close() })
	sent, answer := []byte(request), make([]byte, 1<<20)
	if _, err := conn.Write(sent); err != nil {
		tb.Fatal(err)
	}
	n, err := conn.Read(answer) // all of it, for it left in one piece
	if err != nil {
		tb.Fatal(err)
	}
	first(string(answer[:n]))
	answer = answer[:n]
	return func() {
		if _, err := conn.Write(sent); err != nil {
			tb.Fatal(err)
		}
		if _, err := io.ReadFull(conn, answer); err != nil {
			tb.Fatal(err)
		}
	}
}

// A poll like the one before it makes no garbage. net/http would make dozens of things
// for it, and each collection of them would have everybody wait.
func TestPollInTheLaneAllocatesNothing(t *testing.T) {
	address := serve(t, newHandler(t))
	const agent = "User-Agent: reader/1.0 (+https://reader.example/)\r\nConnection: keep-alive\r\n"
	for name, c := range map[string]struct{ lines, status string }{
		"304":      {"GET /rss.xml HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\nAccept: */*\r\nIf-None-Match: " + feedTag(t) + "\r\n", "304 Not Modified"},
		"gzip":     {"GET /rss.xml HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n", "200 OK"},
		"identity": {"GET /rss.xml HTTP/1.1\r\nHost: x\r\n", "200 OK"},
		"an alias": {"GET /feed HTTP/1.1\r\nHost: x\r\n", "200 OK"},
		"HEAD":     {"HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n", "200 OK"},
	} {
		poll := kept(t, address, c.lines+agent+"\r\n", func(answer string) {
			if !strings.HasPrefix(answer, "HTTP/1.1 "+c.status+"\r\n") {
				t.Fatalf("%s: %.60q", name, answer)
			}
		})
		if n := testing.AllocsPerRun(200, poll); n > 0 {
			t.Errorf("%s: %v allocations, want none", name, n)
		}
	}
}

func TestAnswersInTheLaneLeaveInOneCall(t *testing.T) {
	for _, size := range []int{3000, 4096, 60_000} {
		e, want := feedOf(t, size)
		address, calls := counted(t, server.New(server.Options{Edition: always(e)}))
		if got := pipelined(t, address, "GET", "HEAD", "GET"); got != want+want {
			t.Errorf("%d bytes: %d came, want the feed twice", size, len(got))
		}
		single := int64(1) // HEAD; a long body leaves with its header as two buffers in one call
		if size < 3500 {
			single = 3
		}
		if n := calls.writes.Load(); n != single {
			t.Errorf("%d bytes: %d writes of one buffer, want %d", size, n, single)
		}
	}
}

func TestKeptConnectionSeesEveryEdition(t *testing.T) {
	var now atomic.Pointer[edition.Edition]
	virtual(t, server.New(server.Options{Edition: now.Load}), func(t *testing.T, p *pipes) {
		conn := p.dial()
		defer conn.Close()
		for n := 1; n <= 3; n++ {
			e := newEdition(t, n)
			now.Store(e)
			_, c := content(t, e, "/rss.xml")
			got := exchange(t, conn, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
			for _, line := range []string{`ETag: "` + c.Hash + `"`, "Date: " + time.Now().UTC().Format(http.TimeFormat)} {
				if !strings.Contains(got, "\r\n"+line+"\r\n") {
					t.Errorf("edition %d: %q, want %s", n, got, line)
				}
			}
			time.Sleep(time.Second)
		}
	})
}

// exchange sends a request and returns an answer, which is expected to arrive in
// one piece.
func exchange(t *testing.T, conn net.Conn, request string) string {
	t.Helper()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, 4096)
	n, err := conn.Read(answer)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer[:n])
}

func TestKeptClientThatReadsAByteASecondIsCutOff(t *testing.T) {
	for _, pause := range []time.Duration{0, 14 * time.Second, 16 * time.Second, 50 * time.Second} {
		cutOff(t, pause)
	}
}

// cutOff has a client take an answer slowly, some time after another one.
func cutOff(t *testing.T, pause time.Duration) {
	t.Helper()
	virtual(t, newHandler(t), func(t *testing.T, p *pipes) {
		slow := p.dial()
		defer slow.Close()
		exchange(t, slow, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
		time.Sleep(pause)
		if _, err := io.WriteString(slow, plainPoll); err != nil {
			t.Fatal(err)
		}
		begin, one := time.Now(), make([]byte, 1)
		for _, err := slow.Read(one); err == nil; _, err = slow.Read(one) {
			time.Sleep(time.Second)
		}
		if took := time.Since(begin); took < 45*time.Second || took > 62*time.Second {
			t.Errorf("after %v: cut off after %v, want three quarters of a minute at least", pause, took)
		}
		answered(t, p)
	})
}

func TestKeptClientMayBeIdleLongAfterManyPolls(t *testing.T) {
	virtual(t, newHandler(t), func(t *testing.T, p *pipes) {
		conn := p.dial()
		defer conn.Close()
		for range 20 {
			exchange(t, conn, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
			time.Sleep(29 * time.Second)
		}
		if idle := 29*time.Second + gone(conn); idle < 90*time.Second || idle > 2*time.Minute {
			t.Errorf("closed after %v, want two minutes, or a quarter less", idle)
		}
	})
}

func TestSecondRequestThatTakesForEverIsCutOff(t *testing.T) {
	virtual(t, newHandler(t), func(t *testing.T, p *pipes) {
		conn := p.dial()
		defer conn.Close()
		exchange(t, conn, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
		if _, err := io.WriteString(conn, "GET /rss"); err != nil {
			t.Fatal(err)
		}
		if took := gone(conn); took != 10*time.Second {
			t.Errorf("cut off after %v, want 10 s", took)
		}
	})
}

func TestStopClosesKeptConnectionsAtOnce(t *testing.T) {
	took, log := virtual(t, newHandler(t), func(t *testing.T, p *pipes) {
		for range 100 {
			exchange(t, p.dial(), "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
		}
	})
	if took > 0 || log != "" {
		t.Errorf("stopped after %v with log %q", took, log)
	}
}

func TestStopAnswersNothingMore(t *testing.T) {
	said := make(chan string, 1)
	virtual(t, newHandler(t), func(t *testing.T, p *pipes) {
		conn := p.dial()
		if _, err := io.WriteString(conn, plainPoll+plainPoll); err != nil {
			t.Fatal(err)
		}
		synctest.Wait() // the first answer waits to be taken
		go func() {
			defer conn.Close()
			time.Sleep(time.Second)
			all, _ := io.ReadAll(conn)
			said <- string(all)
		}()
	})
	if n := strings.Count(<-said, "HTTP/1.1 200 OK\r\n"); n != 1 {
		t.Errorf("%d answers, want the one that was under way", n)
	}
}

func TestStopCutsOffWhoeverDoesNotTakeADocument(t *testing.T) {
	took, log := virtual(t, newHandler(t), func(t *testing.T, p *pipes) {
		if _, err := io.WriteString(p.dial(), plainPoll); err != nil {
			t.Fatal(err)
		}
		synctest.Wait() // the answer waits to be taken
	})
	if took != 8*time.Second || strings.Count(log, "\n") != 1 || !strings.Contains(log, "connections cut off") {
		t.Errorf("stopped after %v with log %q, want the grace of 8 s and one line", took, log)
	}
}

func TestPanicEndsItsConnectionOnly(t *testing.T) {
	e, calls := newEdition(t, 3), 0
	h := server.New(server.Options{Edition: func() *edition.Edition {
		if calls++; calls == 1 {
			panic("out of paper")
		}
		return e
	}})
	_, log := virtual(t, h, func(t *testing.T, p *pipes) {
		conn := p.dial()
		if _, err := io.WriteString(conn, plainPoll); err != nil {
			t.Fatal(err)
		}
		if took := gone(conn); took > 0 {
			t.Errorf("closed after %v, want at once", took)
		}
		answered(t, p)
	})
	if strings.Count(log, "\n") != 1 || !strings.Contains(log, "out of paper") {
		t.Errorf("log %q, want one line that names the panic", log)
	}
}

// A client may leave in the middle of an answer; nobody needs to know.
func TestClientsThatLeaveAreNoNews(t *testing.T) {
	_, log := virtual(t, newHandler(t), func(t *testing.T, p *pipes) {
		for range 10 {
			conn := p.dial()
			if _, err := io.WriteString(conn, plainPoll); err != nil {
				t.Fatal(err)
			}
			conn.Close()
		}
		p.dial().Close()
		answered(t, p)
	})
	if log != "" {
		t.Errorf("log %q, want none", log)
	}
}

// bare hides that a connection is more than a net.Conn.
type bare struct{ *pipes }

func (b bare) Accept() (net.Conn, error) {
	c, err := b.pipes.Accept()
	if p, ok := c.(pipe); ok {
		return p.Conn, err
	}
	return c, err
}

// passing fails once, as a listener does while there are too many open files.
type passing struct {
	net.Listener
	failed atomic.Bool
}

type passingError struct{ error }

func (passingError) Timeout() bool   { return false }
func (passingError) Temporary() bool { return true }

func (p *passing) Accept() (net.Conn, error) {
	if p.failed.CompareAndSwap(false, true) {
		return nil, passingError{errors.New("too many open files")}
	}
	return p.Listener.Accept()
}

func TestEveryListenerIsServed(t *testing.T) {
	for name, wrap := range map[string]func(p *pipes) net.Listener{
		"of bare connections":      func(p *pipes) net.Listener { return bare{p} },
		"with a fault that passes": func(p *pipes) net.Listener { return &passing{Listener: p} },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				p, ended := newPipes(), make(chan error, 1)
				go func() {
					ended <- server.Serve(ctx, wrap(p), newHandler(t), server.ServeOptions{Log: slog.New(slog.DiscardHandler)})
				}()
				conn := p.dial()
				if got := exchange(t, conn, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.1 200 OK\r\n") {
					t.Errorf("%.60q, want 200", got)
				}
				cancel()
				if err := <-ended; err != nil {
					t.Errorf("Serve: %v", err)
				}
			})
		})
	}
}
