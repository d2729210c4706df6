package server_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/server"
	"broadsheet/internal/server/internal/pipetest"
)

// virtual runs f in virtual time against Serve on pipes; then it stops Serve
// and returns how long that took and what was logged.
func virtual(t *testing.T, h http.Handler, f func(t *testing.T, p *pipetest.Listener)) (stopping time.Duration, logged string) {
	synctest.Test(t, func(t *testing.T) {
		p, ended, log := pipetest.New(), make(chan error, 1), &bytes.Buffer{}
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			ended <- server.Serve(ctx, p, h, server.ServeOptions{Log: slog.New(slog.NewTextHandler(log, nil))})
		}()
		f(t, p)
		begin := time.Now()
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Serve: %v, want nil", err)
		}
		stopping, logged = time.Since(begin), log.String()
	})
	return stopping, logged
}

const request = "GET /rss.xml HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

// answered fails unless a client that comes now is served, without any wait.
func answered(t *testing.T, p *pipetest.Listener) {
	t.Helper()
	begin, conn := time.Now(), p.Dial()
	defer conn.Close()
	go io.WriteString(conn, request)
	answer, err := io.ReadAll(conn)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 200 ") {
		t.Errorf("another client: %.40q, %v; want 200", answer, err)
	}
	if took := time.Since(begin); took > 0 {
		t.Errorf("another client waited %v", took)
	}
}

// gone returns how long it takes until the server closes conn.
func gone(conn net.Conn) time.Duration {
	begin := time.Now()
	io.Copy(io.Discard, conn)
	return time.Since(begin)
}
