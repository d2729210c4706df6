package lane_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/server/internal/pipetest"
	"broadsheet/internal/server/lane"
)

// limits are short enough to tell them apart.
var limits = lane.Timeouts{Header: 10 * time.Second, Write: time.Minute, Idle: 2 * time.Minute}

// hello answers for /hello, and for nothing else.
func hello(q *lane.Request) (lane.Response, bool) {
	if q.Path != "/hello" {
		return lane.Response{}, false
	}
	r := lane.Response{Head: []byte("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"), Status: 200, Document: "/hello"}
	if !q.Head {
		r.Body = []byte("hello")
	}
	return r, true
}

// run runs f in virtual time against a lane on pipes. It returns what was logged.
func run(t *testing.T, o lane.Options, f func(t *testing.T, l *lane.Lane, p *pipetest.Listener)) string {
	var log bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		p := pipetest.New()
		o.Timeouts, o.Log = limits, slog.New(slog.NewTextHandler(&log, nil))
		l := lane.New(p, o)
		var running sync.WaitGroup
		running.Go(l.Run)
		f(t, l, p)
		if err := l.Shutdown(t.Context()); err != nil {
			t.Errorf("Shutdown: %v", err)
		}
		l.NewConns().Close()
		l.KeptConns().Close()
		running.Wait()
	})
	return log.String()
}

// say sends a request and returns what is answered until there is nothing to do.
func say(t *testing.T, conn net.Conn, request string) string {
	t.Helper()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, 4096)
	n, err := conn.Read(answer)
	if err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	return string(answer[:n])
}

const (
	getHello  = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
	headHello = "HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n"
	answered  = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: Sat, 01 Jan 2000 00:00:00 GMT\r\n"
)

func TestPollsAreAnsweredOnOneConnection(t *testing.T) {
	log := run(t, lane.Options{Respond: hello}, func(t *testing.T, _ *lane.Lane, p *pipetest.Listener) {
		conn := p.Dial()
		defer conn.Close()
		for _, c := range []struct{ sent, want string }{
			{getHello, answered + "\r\nhello"},
			{getHello, answered + "\r\nhello"},
			{headHello, answered + "\r\n"},
			{"\r\n\n" + getHello, answered + "\r\nhello"},
			{"GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", answered + "Connection: close\r\n\r\nhello"},
		} {
			if got := say(t, conn, c.sent); got != c.want {
				t.Errorf("%q is answered %q, want %q", c.sent, got, c.want)
			}
		}
		if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
			t.Errorf("%v after Connection: close, want the end", err)
		}
	})
	if log != "" {
		t.Errorf("log %q, want none", log)
	}
}

// Whatever is not plain reaches net/http with every byte, on the listener for
// connections that have had no answer, or on the one for those that have.
func TestEverythingElseIsHandedOver(t *testing.T) {
	for name, request := range map[string]string{
		"another path":     "GET /other HTTP/1.1\r\nHost: x\r\n\r\n",
		"a query":          "GET /hello?x HTTP/1.1\r\nHost: x\r\n\r\n",
		"an escape":        "GET /%68ello HTTP/1.1\r\nHost: x\r\n\r\n",
		"POST":             "POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na",
		"a body":           "GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na",
		"HTTP/1.0":         "GET /hello HTTP/1.0\r\nHost: x\r\n\r\n",
		"no host":          "GET /hello HTTP/1.1\r\n\r\n",
		"two hosts":        "GET /hello HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
		"an upgrade":       "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
		"a folded line":    "GET /hello HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
		"bare line feeds":  "GET /hello HTTP/1.1\nHost: x\n\n",
		"HTTP/2":           "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"half a request":   "GET /hello HTT",
		"a delta":          "GET /hello HTTP/1.1\r\nHost: x\r\nA-IM: feed\r\n\r\n",
		"a long header":    "GET /hello HTTP/1.1\r\nHost: x\r\nCookie: " + strings.Repeat("c", 3000) + "\r\n\r\n",
		"two tags' lines":  "GET /hello HTTP/1.1\r\nHost: x\r\nIf-None-Match: a\r\nIf-None-Match: b\r\n\r\n",
		"an absolute path": "GET http://x/hello HTTP/1.1\r\nHost: x\r\n\r\n",
	} {
		for _, before := range []string{"", getHello} {
			handedOver(t, name, before, request)
		}
	}
}

func handedOver(t *testing.T, name, before, request string) {
	t.Helper()
	run(t, lane.Options{Respond: hello}, func(t *testing.T, l *lane.Lane, p *pipetest.Listener) {
		conn, from := p.Dial(), l.NewConns()
		if before != "" {
			say(t, conn, before)
			from = l.KeptConns()
		}
		go func() {
			io.WriteString(conn, request)
			conn.Close()
		}()
		c, err := from.Accept()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(c)
		if err != nil || string(got) != request {
			t.Errorf("%s, after %q: net/http reads %q, %v; want all of the request", name, before, got, err)
		}
		c.Close()
	})
}

func TestWithoutRespondNetHTTPHasEveryConnection(t *testing.T) {
	handed := false
	run(t, lane.Options{}, func(t *testing.T, l *lane.Lane, p *pipetest.Listener) {
		conn := p.Dial()
		defer conn.Close()
		c, err := l.NewConns().Accept()
		if err != nil {
			t.Fatal(err)
		}
		handed = true
		c.Close()
	})
	if !handed {
		t.Error("the connection did not reach net/http")
	}
}

// told is what Observe is told.
type told struct {
	Head         bool
	Path, Tag    string
	Status, Sent int
}

func TestObserveIsToldOfEachAnswer(t *testing.T) {
	var got []told
	var mu sync.Mutex // each connection has a goroutine of its own
	observe := func(q *lane.Request, r lane.Response, sent int) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, told{q.Head, q.Path, strings.Join(q.IfNoneMatch, "+"), r.Status, sent})
	}
	run(t, lane.Options{Respond: hello, Observe: observe}, func(t *testing.T, _ *lane.Lane, p *pipetest.Listener) {
		conn := p.Dial()
		defer conn.Close()
		for _, request := range []string{getHello, headHello, "GET /hello HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"a\"\r\n\r\n", getHello} {
			say(t, conn, request)
			synctest.Wait() // the answer is had before it is observed
		}
		leaves := p.Dial() // in the middle of the body
		io.WriteString(leaves, getHello)
		io.ReadFull(leaves, make([]byte, len(answered)+len("\r\nhe")))
		leaves.Close()
		synctest.Wait()
	})
	want := []told{{Path: "/hello", Status: 200, Sent: 5}, {Head: true, Path: "/hello", Status: 200}, {Path: "/hello", Tag: `"a"`, Status: 200, Sent: 5},
		{Path: "/hello", Status: 200, Sent: 5}, {Path: "/hello", Status: 200, Sent: 2}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("observed (-want +got):\n%s", diff)
	}
}

func TestPanicEndsOneConnection(t *testing.T) {
	calls := 0
	respond := func(q *lane.Request) (lane.Response, bool) {
		if calls++; calls == 1 {
			panic("out of paper")
		}
		return hello(q)
	}
	log := run(t, lane.Options{Respond: respond}, func(t *testing.T, _ *lane.Lane, p *pipetest.Listener) {
		if got := say(t, p.Dial(), getHello); got != "" {
			t.Errorf("%q, want the connection closed", got)
		}
		conn := p.Dial()
		defer conn.Close()
		if got := say(t, conn, getHello); got != answered+"\r\nhello" {
			t.Errorf("another client: %q", got)
		}
	})
	if strings.Count(log, "\n") != 1 || !strings.Contains(log, "out of paper") {
		t.Errorf("log %q, want one line with the panic", log)
	}
}

func TestSilentClientsAreLetGo(t *testing.T) {
	for name, c := range map[string]struct {
		sent string
		want time.Duration
	}{
		"before a request": {"", limits.Header},
		"after an answer":  {getHello, limits.Idle},
	} {
		run(t, lane.Options{Respond: hello}, func(t *testing.T, _ *lane.Lane, p *pipetest.Listener) {
			conn, begin := p.Dial(), time.Now()
			if c.sent != "" {
				say(t, conn, c.sent)
			}
			io.Copy(io.Discard, conn)
			if took := time.Since(begin); took != c.want {
				t.Errorf("%s: closed after %v, want %v", name, took, c.want)
			}
		})
	}
}

func TestShutdownWaitsForAnswersOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := pipetest.New()
		l := lane.New(p, lane.Options{Respond: hello, Timeouts: limits, Log: slog.New(slog.DiscardHandler)})
		go l.Run()
		idle, slow := p.Dial(), p.Dial()
		say(t, idle, getHello)
		io.WriteString(slow, getHello)
		synctest.Wait() // the answer waits to be taken
		begin := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if err := l.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) != 5*time.Second {
			t.Errorf("Shutdown: %v after %v, want the end of its time", err, time.Since(begin))
		}
		if _, err := idle.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
			t.Errorf("an idle connection: %v, want it closed", err)
		}
		l.NewConns().Close()
		l.Close()
		if _, err := slow.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
			t.Errorf("a slow client: %v, want it cut off by Close", err)
		}
	})
}
