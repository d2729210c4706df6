package lane

import (
	"net"
	"sync"
)

// queue is a listener for net/http. Its connections come from put.
type queue struct {
	address net.Addr
	conns   chan accepted
	closed  chan struct{}
	close   sync.Once
}

// accepted is what Accept returns.
type accepted struct {
	conn net.Conn
	err  error
}

func newQueue(address net.Addr) *queue {
	return &queue{address: address, conns: make(chan accepted), closed: make(chan struct{})}
}

// put waits until net/http accepts c or err. It reports whether the queue is open, and closes c
// if it is not.
func (q *queue) put(c net.Conn, err error) bool {
	select {
	case q.conns <- accepted{c, err}:
		return true
	case <-q.closed:
		if c != nil {
			_ = c.Close() // as net/http does at the end
		}
		return false
	}
}

// Accept waits for the next call of put.
func (q *queue) Accept() (net.Conn, error) {
	select {
	case a := <-q.conns:
		return a.conn, a.err
	case <-q.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept and put.
func (q *queue) Close() error {
	q.close.Do(func() { close(q.closed) })
	return nil
}

// Addr returns the address of the real listener.
func (q *queue) Addr() net.Addr { return q.address }
