package lane

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

// bufferSize is the size of net/http's buffer before a connection. Longer answers leave in parts.
const bufferSize = 4 << 10

// Step is how many bytes of a long answer a client must take within Timeouts.Write.
const Step = 64 << 10

// stream has the methods that net/http looks for in a connection: with ReadFrom the kernel sends
// files, with CloseWrite a last answer arrives before the end. It is a *net.TCPConn, or has one
// embedded.
type stream interface {
	net.Conn
	io.ReaderFrom
	CloseWrite() error
}

// Conn is a connection on which a header and the long body after it leave in one
// system call. net/http passes on its full buffer, the header and the beginning
// of the body, and then the rest of the body; Send has the first part wait for
// the second. At all other times Conn is the connection it wraps.
//
// Only the goroutine that answers a request writes, so nothing is locked.
type Conn struct {
	stream
	first   []byte            // read already, to be read again before the rest
	bounds  requests          // their beginnings in the bytes read
	holding bool              // a Write may wait for the one after it
	held    *[bufferSize]byte // bytes that wait, from the pool; nil: none wait
	size    int               // number of bytes in held
	timeout time.Duration     // for a part of an answer; 0: none is added
	soon    bool              // SendSoon was called
	parts   [2][]byte         // room for vector, which so costs no allocation
	vector  net.Buffers
}

// buffers are for bytes that wait: those of few connections do at a time.
var buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}

// Read returns the bytes that were read already, then reads from the connection. It skips the empty
// lines before requests, and so reads one request at a time.
func (c *Conn) Read(p []byte) (int, error) {
	for {
		n, err := c.readPart(p)
		if n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
	}
}

func (c *Conn) readPart(p []byte) (int, error) {
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

// Write sends p, after the held bytes. While holding, it keeps the first p.
func (c *Conn) Write(p []byte) (int, error) {
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

// release ends the holding: the held bytes leave together with p. It returns how many bytes of p
// did.
func (c *Conn) release(p []byte) (int, error) {
	c.holding = false
	if c.held == nil {
		return c.stream.Write(p)
	}
	n, err := c.together(c.held[:c.size], p)
	buffers.Put(c.held)
	c.held = nil
	return max(n-c.size, 0), err
}

// together writes head and body in one system call, and returns how many bytes of both left. A slow
// client has time as long as it takes at least a step of it within the timeout: a client that
// takes a byte a second is no reader.
func (c *Conn) together(head, body []byte) (int, error) {
	c.parts = [2][]byte{head, body}
	c.vector = c.parts[:]
	if len(body) == 0 {
		c.vector = c.parts[:1] // an empty Write waits for a reader, on some connections
	}
	if len(body) > Step {
		c.SendSoon()
	}
	n, err := c.vector.WriteTo(c.stream)
	for more := n; c.timeout > 0 && more >= Step && errors.Is(err, os.ErrDeadlineExceeded); n += more {
		_ = c.SetWriteDeadline(time.Now().Add(c.timeout))
		more, err = c.vector.WriteTo(c.stream)
	}
	c.parts, c.vector = [2][]byte{}, nil
	return int(n), err
}

// send writes the body of an answer whose header has been made and has the
// Content-Length. Nothing is held when it returns.
func (c *Conn) send(w http.ResponseWriter, body []byte) {
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

// SendSoon makes the system keep few unsent bytes. A write then waits for the client, and its end
// shows how much the client has taken.
func (c *Conn) SendSoon() {
	if c.soon {
		return
	}
	c.soon = true
	keepLittleUnsent(c.stream)
}

// Send writes the body of an answer to r in one system call with its header, if that is possible
// and pays. Else it does nothing and returns false. It returns false for HTTP/2, whose answers
// share a connection.
func Send(w http.ResponseWriter, r *http.Request, body []byte) bool {
	if len(body) <= bufferSize/2 || r.ProtoMajor != 1 {
		return false
	}
	c := ConnOf(r)
	if c == nil {
		return false
	}
	c.send(w, body)
	return true
}

// connKey is the key of a request's connection in its context.
type connKey struct{}

// WithConn makes c known to the requests that come on it, see http.Server.ConnContext.
func WithConn(ctx context.Context, c net.Conn) context.Context {
	if _, ok := c.(*Conn); !ok {
		return ctx
	}
	return context.WithValue(ctx, connKey{}, c)
}

// ConnOf returns the connection of a request; nil if WithConn did not see one.
func ConnOf(r *http.Request) *Conn {
	c, _ := r.Context().Value(connKey{}).(*Conn)
	return c
}
