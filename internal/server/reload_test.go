package server_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
	"broadsheet/internal/server/internal/pipetest"
)

// press publishes previews.
type press struct {
	mu      sync.Mutex
	changed chan struct{}
	edition atomic.Pointer[edition.Edition]
}

func newPress() *press {
	p := &press{changed: make(chan struct{})}
	p.edition.Store(preview())
	return p
}

func preview() *edition.Edition {
	return edition.New(edition.Input{
		Site: blog.Site{Title: "Example", URL: "https://example.org"}, Settings: edition.Settings{Preview: true}, Now: published,
	})
}

func (p *press) Changed() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changed
}

func (p *press) publish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *press) handler() http.Handler {
	return server.New(server.Options{Hosts: []string{"example.com"}, Edition: p.edition.Load, Changed: p.Changed})
}

const openStream = "GET /_reload HTTP/1.1\r\nHost: localhost\r\n\r\n"

// listener is a page that waits.
type listener struct {
	t     *testing.T
	lines *bufio.Scanner
}

func listen(t *testing.T, conn net.Conn, header string) listener {
	t.Helper()
	go io.WriteString(conn, strings.Replace(openStream, "\r\n\r\n", "\r\n"+header+"\r\n", 1))
	l := listener{t, bufio.NewScanner(conn)}
	l.hear("Content-Type: text/event-stream")
	l.hear("id: here")
	return l
}

func (l listener) hear(line string) {
	l.t.Helper()
	for l.lines.Scan() {
		if l.lines.Text() == line {
			return
		}
	}
	l.t.Fatalf("the stream ended without %q: %v", line, l.lines.Err())
}

func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(hang))
	return conn
}

func TestPagesHearOfEveryEdition(t *testing.T) {
	p := newPress()
	address := serve(t, p.handler())
	page, another := listen(t, dial(t, address), ""), listen(t, dial(t, address), "")
	for range 3 {
		p.publish()
		page.hear("data: changed")
		another.hear("data: changed")
	}
}

func TestPagesHearOfAnEditionOnce(t *testing.T) {
	p := newPress()
	var said strings.Builder
	heard := make(chan struct{})
	virtual(t, p.handler(), func(t *testing.T, pipes *pipetest.Listener) {
		p.changed = make(chan struct{}) // one of this bubble
		conn := pipes.Dial()
		page := listen(t, conn, "")
		go func() {
			defer close(heard)
			for page.lines.Scan() {
				said.WriteString(page.lines.Text() + "\n")
			}
		}()
		time.Sleep(time.Second)
		p.publish()
		time.Sleep(time.Minute)
		conn.Close()
		synctest.Wait()
	})
	<-heard
	if n := strings.Count(said.String(), "data:"); n != 1 {
		t.Errorf("heard of an edition %d times", n)
	}
}

func TestStopEndsStreamsOfHTTP2(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	p, ended := newPress(), make(chan error, 1)
	go func() { ended <- server.Serve(ctx, l, p.handler(), server.ServeOptions{}) }()
	var protocols http.Protocols
	protocols.SetUnencryptedHTTP2(true)
	transport := &http.Transport{Protocols: &protocols}
	defer transport.CloseIdleConnections()
	response, err := (&http.Client{Transport: transport}).Get("http://" + l.Addr().String() + "/_reload")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page := listener{t, bufio.NewScanner(response.Body)}
	page.hear("id: here")
	p.publish()
	page.hear("data: changed")
	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopped with %v", err)
	}
}

func TestPageThatComesBackMayHaveMissedAnEdition(t *testing.T) {
	listen(t, dial(t, serve(t, newPress().handler())), "Last-Event-ID: here\r\n").hear("data: changed")
}

// It is heard long after the time that requests and answers have, over HTTP/1.1
// on a new connection and on one that was in the lane.
func TestPagesMayWaitForHours(t *testing.T) {
	p := newPress()
	for name, before := range map[string]string{"new": "", "used": "HEAD /rss.xml HTTP/1.1\r\nHost: localhost\r\n\r\n"} {
		took, log := virtual(t, p.handler(), func(t *testing.T, pipes *pipetest.Listener) {
			p.changed = make(chan struct{}) // one of this bubble
			conn := pipes.Dial()
			if before != "" {
				exchange(t, conn, before)
			}
			page := listen(t, conn, "")
			go func() {
				time.Sleep(3 * time.Hour)
				p.publish()
			}()
			page.hear("data: changed")
			go io.Copy(io.Discard, conn)
		})
		if took >= time.Second || log != "" {
			t.Errorf("%s connection: stopped after %v with log %q, want none of the grace", name, took, log)
		}
	}
}

func TestPageThatHearsNothingIsLetGo(t *testing.T) {
	p := newPress()
	virtual(t, p.handler(), func(t *testing.T, pipes *pipetest.Listener) {
		p.changed = make(chan struct{})
		conn := pipes.Dial()
		if _, err := io.WriteString(conn, openStream); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Minute)
		if took := gone(conn); took > 0 {
			t.Errorf("still there %v after two minutes without a read", took)
		}
	})
}

func TestOnlySoManyPagesWait(t *testing.T) {
	p := newPress()
	virtual(t, p.handler(), func(t *testing.T, pipes *pipetest.Listener) {
		p.changed = make(chan struct{})
		var conns []net.Conn
		for range 64 {
			conn := pipes.Dial()
			listen(t, conn, "")
			conns = append(conns, conn)
		}
		if got := exchange(t, pipes.Dial(), openStream); !strings.HasPrefix(got, "HTTP/1.1 503 ") {
			t.Errorf("one too many: %q, want 503", got)
		}
		conns[0].Close()
		synctest.Wait()
		listen(t, pipes.Dial(), "")
		answered(t, pipes)
		for _, conn := range conns {
			go io.Copy(io.Discard, conn)
		}
	})
}

func TestStopEndsStreamsAtOnce(t *testing.T) {
	p := newPress()
	ended := make(chan struct{})
	took, log := virtual(t, p.handler(), func(t *testing.T, pipes *pipetest.Listener) {
		p.changed = make(chan struct{})
		conn := pipes.Dial()
		page := listen(t, conn, "")
		go func() {
			defer close(ended)
			for page.lines.Scan() {
			}
		}()
	})
	<-ended
	if took >= time.Second || log != "" {
		t.Errorf("stopped after %v with log %q, want none of the grace", took, log)
	}
}

func TestStreamsAreOfPreviewsOnly(t *testing.T) {
	p, plain := newPress(), newEdition(t, 1)
	for name, test := range map[string]struct {
		options server.Options
		method  string
		want    int
	}{
		"a preview":               {server.Options{Hosts: []string{"example.com"}, Edition: p.edition.Load, Changed: p.Changed}, "HEAD", 200},
		"no preview":              {server.Options{Hosts: []string{"example.com"}, Edition: always(plain), Changed: p.Changed}, "GET", 404},
		"nobody tells of changes": {server.Options{Hosts: []string{"example.com"}, Edition: p.edition.Load}, "GET", 404},
		"no edition":              {server.Options{Hosts: []string{"example.com"}, Changed: p.Changed}, "GET", 503},
		"another method":          {server.Options{Hosts: []string{"example.com"}, Edition: p.edition.Load, Changed: p.Changed}, "POST", 405},
	} {
		if got := ask(t, serve(t, server.New(test.options)), test.method, "/_reload"); got.status != test.want {
			t.Errorf("%s: %d, want %d", name, got.status, test.want)
		}
	}
}

func TestPreviewsAllowTheirReloadAndAreNotCached(t *testing.T) {
	p := newPress()
	address := start(t, p.handler())
	for path, status := range map[string]int{"/": 200, "/nowhere": 404} {
		got := ask(t, address, "GET", path, "Accept: text/html")
		policy := got.get("Content-Security-Policy")
		if got.status != status || !strings.Contains(policy, "connect-src 'self'") || strings.Count(policy, "sha256-") != 2 {
			t.Errorf("%s: %d with policy %q", path, got.status, policy)
		}
		if got.get("Cache-Control") != "no-cache" || !strings.Contains(got.body, `data-from="/_reload"`) {
			t.Errorf("%s: Cache-Control %q, body\n%s", path, got.get("Cache-Control"), got.body)
		}
	}
	if policy := ask(t, start(t, newHandler(t)), "GET", "/").get("Content-Security-Policy"); strings.Contains(policy, "connect-src") {
		t.Errorf("policy of what is published: %s", policy)
	}
}
