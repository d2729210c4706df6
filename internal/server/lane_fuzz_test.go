package server_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
	"broadsheet/internal/server/internal/pipetest"
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
		p, ended, closed := pipetest.New(), make(chan error, 1), make(chan []byte, 1)
		go func() { ended <- server.Serve(ctx, p, h, server.ServeOptions{Log: slog.New(slog.DiscardHandler)}) }()
		begin, conn := time.Now(), p.Dial()
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
		Cache:     cacheOf(g.edition),
		Site:      blog.Site{Title: g.title, URL: "https://example.org", Authors: []blog.Author{{Name: "Ada Example"}}, Zone: time.UTC},
		Posts:     slices.Insert(g.posts, 0, g.post(11, "New.")),
		Now:       published.Add(time.Hour),
		Redirects: edition.Redirects{Moves: []blog.Move{{From: "/old/*", To: "/*"}}, Gone: []string{"/gone"}},
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
