package server_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/server"
)

// pipes is a listener whose connections are in memory, for virtual time.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { p.once.Do(func() { close(p.closed) }); return nil }

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

func (p *pipes) dial() net.Conn {
	client, server := net.Pipe()
	p.conns <- pipe{server}
	return client
}

// pipe has what a TCP connection has, so that Serve takes it for one.
type pipe struct{ net.Conn }

func (p pipe) ReadFrom(r io.Reader) (int64, error) { return io.Copy(p.Conn, r) }

func (p pipe) CloseWrite() error { return nil }

// virtual runs f in virtual time against Serve on pipes; then it stops Serve
// and returns how long that took and what was logged.
func virtual(t *testing.T, h http.Handler, f func(t *testing.T, p *pipes)) (stopping time.Duration, logged string) {
	synctest.Test(t, func(t *testing.T) {
		p, ended, log := newPipes(), make(chan error, 1), &bytes.Buffer{}
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
func answered(t *testing.T, p *pipes) {
	t.Helper()
	begin, conn := time.Now(), p.dial()
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
