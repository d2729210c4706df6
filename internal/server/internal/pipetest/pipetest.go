// Package pipetest is a listener for tests whose connections are in memory, so that time can be
// virtual (testing/synctest).
package pipetest

import (
	"io"
	"net"
	"sync"
)

// Listener accepts the connections that Dial opens.
type Listener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

// New returns a listener.
func New() *Listener { return &Listener{conns: make(chan net.Conn), closed: make(chan struct{})} }

// Accept waits for Dial; its error is net.ErrClosed.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr returns an address that stands for all of them.
func (l *Listener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

// Dial returns the client's end of a connection that Accept returns. It waits for Accept.
func (l *Listener) Dial() net.Conn {
	client, server := net.Pipe()
	l.conns <- conn{server}
	return client
}

// conn has the methods of a TCP connection that a server looks for.
type conn struct{ net.Conn }

func (c conn) ReadFrom(r io.Reader) (int64, error) { return io.Copy(c.Conn, r) }
func (c conn) CloseWrite() error                   { return nil }
