package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// bufferSize is that of net/http's buffer before a connection: what is longer
// than it leaves in parts.
const bufferSize = 4 << 10

// stream is what net/http looks for in a connection: with ReadFrom the kernel
// sends files, with CloseWrite a last answer arrives before the end. It is a
// *net.TCPConn, or has one embedded.
type stream interface {
	net.Conn
	io.ReaderFrom
	CloseWrite() error
}

// conn is a connection on which a header and the long body after it leave in one
// system call. net/http passes on its full buffer, the header and the beginning
// of the body, and then the rest of the body; send has the first part wait for
// the second. At all other times conn is the connection it wraps.
//
// Only the goroutine that answers a request writes, so nothing is locked.
type conn struct {
	stream
	first   []byte            // read already, to be read again before the rest
	bounds  requests          // where they begin in what is read
	holding bool              // a Write may wait for the one after it
	held    *[bufferSize]byte // bytes that wait, from the pool; nil when none do
	size    int               // of what is held
	timeout time.Duration     // for a part of an answer; 0: none is added
	soon    bool              // little is kept unsent
	parts   [2][]byte         // room for vector, which so costs no allocation
	vector  net.Buffers
}

// buffers are for bytes that wait: those of few connections do at a time.
var buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}

// Read reads what has been read already, then from the connection. It leaves out
// the empty lines before requests, and so reads one request at a time.
func (c *conn) Read(p []byte) (int, error) {
	for {
		n, err := c.readPart(p)
		if n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
	}
}

func (c *conn) readPart(p []byte) (int, error) {
	if len(c.first) > 0 {
		from, to := c.bounds.part(c.first[:min(len(p), len(c.first))])
		n := copy(p, c.first[from:to])
		c.first = c.first[to:]
		return n, nil
	}
	n, err := c.stream.Read(p)
	from, to := c.bounds.part(p[:n])
	c.first = bytes.Clone(p[to:n])
	return copy(p, p[from:to]), err
}

// Write sends p, after what is held. While holding, it keeps the first p.
func (c *conn) Write(p []byte) (int, error) {
	if !c.holding {
		return c.stream.Write(p)
	}
	if c.held == nil && len(p) <= bufferSize {
		c.held = buffers.Get().(*[bufferSize]byte)
		c.size = copy(c.held[:], p)
		return len(p), nil
	}
	return c.release(p)
}

// release ends the holding: what is held leaves together with p. It returns how
// much of p did.
func (c *conn) release(p []byte) (int, error) {
	c.holding = false
	if c.held == nil {
		return c.stream.Write(p)
	}
	n, err := c.together(c.held[:c.size], p)
	buffers.Put(c.held)
	c.held = nil
	return max(n-c.size, 0), err
}

// together writes head and body in one system call, and returns how much of both
// left. Where the client is slow, it has time for as long as it takes some of it,
// which is a step at the least: a client that takes a byte a second is no reader.
func (c *conn) together(head, body []byte) (int, error) {
	c.parts = [2][]byte{head, body}
	c.vector = c.parts[:]
	if len(body) == 0 {
		c.vector = c.parts[:1] // an empty Write waits for a reader, on some connections
	}
	if len(body) > progressStep {
		c.sendSoon()
	}
	n, err := c.vector.WriteTo(c.stream)
	for more := n; c.timeout > 0 && more >= progressStep && errors.Is(err, os.ErrDeadlineExceeded); n += more {
		_ = c.SetWriteDeadline(time.Now().Add(c.timeout))
		more, err = c.vector.WriteTo(c.stream)
	}
	c.parts, c.vector = [2][]byte{}, nil
	return int(n), err
}

// send writes the body of an answer whose header has been made and has the
// Content-Length. Nothing is held when it returns.
func (c *conn) send(w http.ResponseWriter, body []byte) {
	c.holding = true
	_, _ = w.Write(body) // an error means that the client has left
	if f, ok := w.(http.Flusher); ok && c.held != nil {
		f.Flush() // the rest is in net/http's buffer
	}
	c.holding = false
	if c.held == nil {
		return
	}
	if _, err := c.release(nil); err != nil {
		_ = c.Close() // as net/http does: nothing may follow what was cut
	}
}

// sendSoon has the system keep little that it has not sent yet, so that a write
// waits for the client, and its end tells how far the client is.
func (c *conn) sendSoon() {
	if c.soon {
		return
	}
	c.soon = true
	keepLittleUnsent(c.stream)
}

// send writes the body of an answer to r, at best through its connection. In
// HTTP/2 all answers share one, which is left alone. A long body has time as long
// as the client takes some of it.
func send(w http.ResponseWriter, r *http.Request, body []byte) {
	if len(body) > bufferSize/2 && r.ProtoMajor == 1 {
		if c, ok := r.Context().Value(connKey{}).(*conn); ok {
			c.send(w, body)
			return
		}
	}
	var out io.Writer = w
	if len(body) > progressStep {
		out = patient(w, r)
	}
	_, _ = out.Write(body) // an error means that the client has left
}

// connKey is the key of a request's connection in its context.
type connKey struct{}

// withConn makes c known to the requests that come on it.
func withConn(ctx context.Context, c net.Conn) context.Context {
	if _, ok := c.(*conn); !ok {
		return ctx
	}
	return context.WithValue(ctx, connKey{}, c)
}
