package server_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"broadsheet/internal/server"
	"broadsheet/internal/server/internal/pipetest"
)

// bare hides that a connection is more than a net.Conn.
type bare struct{ *pipetest.Listener }

func (b bare) Accept() (net.Conn, error) {
	c, err := b.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return struct{ net.Conn }{c}, nil
}

// passing fails once, as a listener does while there are too many open files.
type passing struct {
	net.Listener
	failed atomic.Bool
}

type passingError struct{ error }

func (passingError) Timeout() bool { return false }

func (passingError) Temporary() bool { return true }

func (p *passing) Accept() (net.Conn, error) {
	if p.failed.CompareAndSwap(false, true) {
		return nil, passingError{errors.New("too many open files")}
	}
	return p.Listener.Accept()
}

func TestEveryListenerIsServed(t *testing.T) {
	for name, wrap := range map[string]func(p *pipetest.Listener) net.Listener{
		"of bare connections":      func(p *pipetest.Listener) net.Listener { return bare{p} },
		"with a fault that passes": func(p *pipetest.Listener) net.Listener { return &passing{Listener: p} },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				p, ended := pipetest.New(), make(chan error, 1)
				go func() {
					ended <- server.Serve(ctx, wrap(p), newHandler(t), server.ServeOptions{Log: slog.New(slog.DiscardHandler)})
				}()
				conn := p.Dial()
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
