package server_test

import (
	"broadsheet/internal/server/internal/pipetest"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Handlers that know nothing of the connection are served as net/http does.
func TestOtherHandlersAreServedAsEver(t *testing.T) {
	bodies := map[string]string{}
	for _, size := range []int{0, 1, 100, 4095, 4096, 4097, 60_000, 1 << 20} {
		bodies[fmt.Sprintf("/%d", size)] = strings.Repeat("y", size)
	}
	address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, bodies[r.URL.Path]) }))
	for path, want := range bodies {
		if got := parse(t, "GET", raw(t, address, "GET "+path+" HTTP/1.0\r\n\r\n")); got.status != 200 || got.body != want {
			t.Errorf("%s: %d with %d bytes", path, got.status, len(got.body))
		}
	}
}

func TestHijackedConnectionIsTheHandlersOwn(t *testing.T) {
	address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		io.WriteString(conn, "not ")
		io.WriteString(conn, "HTTP")
	}))
	if got := raw(t, address, request); got != "not HTTP" {
		t.Errorf("%q, want what the handler wrote", got)
	}
}

func TestClientThatLeavesEarlyHurtsNobody(t *testing.T) {
	e, want := feedOf(t, 1<<20)
	for way, h := range bothWays(e) {
		t.Run(way, func(t *testing.T) { leaveEarly(t, serve(t, h), want) })
	}
}

func leaveEarly(t *testing.T, address, want string) {
	for range 20 {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, "GET /feed.json HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(conn, make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		conn.Close()
	}
	if got := ask(t, address, "GET", "/feed.json"); got.body != want {
		t.Errorf("another client: %d with %d bytes", got.status, len(got.body))
	}
}

func TestStopWaitsForADocumentUnderWay(t *testing.T) {
	e, want := feedOf(t, 60_000)
	for way, h := range bothWays(e) {
		t.Run(way, func(t *testing.T) { stopUnderWay(t, h, want) })
	}
}

func stopUnderWay(t *testing.T, h http.Handler, want string) {
	answers := make(chan string, 1)
	took, log := virtual(t, h, func(t *testing.T, p *pipetest.Listener) {
		conn := p.Dial()
		if _, err := io.WriteString(conn, "GET /feed.json HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		first := make([]byte, 1)
		if _, err := conn.Read(first); err != nil {
			t.Fatal(err)
		}
		go func() {
			defer conn.Close()
			time.Sleep(3 * time.Second)
			rest, _ := io.ReadAll(conn)
			answers <- string(first) + string(rest)
		}()
	})
	if got := parse(t, "GET", <-answers); got.body != want {
		t.Errorf("%d of %d bytes", len(got.body), len(want))
	}
	if took < 3*time.Second || took > 4*time.Second || log != "" {
		t.Errorf("stopped after %v with log %q, want as soon as the document was taken", took, log)
	}
}
