package lane

import (
	"bytes"
	"log/slog"
	"runtime/debug"
	"time"
)

// readBuffer is how many bytes of requests a connection has room for. A poll has a
// few hundred.
const readBuffer = 2 << 10

// peeked is how many bytes net/http looks at after an answer, to skip stray empty
// lines (RFC 9112 section 2.2). The lane waits for as many, so that both close a
// connection at the same time.
const peeked = 4

// laneConn is a connection in the lane.
type laneConn struct {
	conn     *Conn
	lane     *Lane
	buffer   [readBuffer]byte
	request  Request
	deadline struct{ read, write time.Time }
}

// run answers polls until the connection ends, or goes to net/http. Respond can
// panic where it renders a document; net/http would catch that too.
func (c *laneConn) run() {
	defer c.lane.leave(c)
	defer func() {
		if p := recover(); p != nil {
			c.lane.options.Log.Error("panic while answering", slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
			_ = c.conn.Close()
		}
	}()
	c.serve()
}

func (c *laneConn) serve() {
	queue, least, n := c.lane.newConns, 1, 0
	c.deadline.read = time.Now().Add(c.lane.options.Header)
	_ = c.conn.SetReadDeadline(c.deadline.read)
	for !c.lane.stopping.Load() { // asked after SetReadDeadline: a stop that is missed here ends the Read
		if n < least {
			more, err := c.conn.stream.Read(c.buffer[n:])
			n += more
			if err != nil {
				break
			}
			n = copy(c.buffer[:], c.buffer[emptyLines(c.buffer[:n]):n])
			continue
		}
		response, size := c.respond(c.buffer[:n])
		if size == 0 {
			c.handOver(queue, n)
			return
		}
		if c.send(response) != nil || c.request.Close {
			break
		}
		queue, least, n = c.lane.keptConns, peeked, copy(c.buffer[:], c.buffer[size+emptyLines(c.buffer[size:n]):n])
	}
	_ = c.conn.Close() // the client has left, or asked for it
}

// respond returns the response to the first request in b, and the length of that request; 0 if
// net/http must answer it.
func (c *laneConn) respond(b []byte) (r Response, size int) {
	size = c.request.parse(b)
	if size == 0 {
		return r, 0
	}
	c.request.Received = time.Now() // before the response is looked up, see Request
	r, ok := c.lane.options.Respond(&c.request)
	if !ok {
		return r, 0
	}
	return r, size
}

// handOver gives the connection to net/http, with n bytes that were read.
func (c *laneConn) handOver(q *queue, n int) {
	c.lane.leave(c)
	c.conn.first = bytes.Clone(c.buffer[:n])
	q.put(c.conn, nil)
}

// send sends a response, in one system call.
func (c *laneConn) send(r Response) error {
	c.renew(c.request.Received)
	buffer := buffers.Get().(*[bufferSize]byte)
	defer buffers.Put(buffer)
	head := append(buffer[:0], r.Head...)
	head = append(head, c.lane.dateSuffix(c.request.Received, c.request.Close)...)
	n, err := c.write(head, r.Body)
	if observe := c.lane.options.Observe; observe != nil {
		observe(&c.request, r, max(n-len(head), 0))
	}
	return err
}

// write sends head, which has room behind it in its buffer, and body.
func (c *laneConn) write(head, body []byte) (int, error) {
	if len(head)+len(body) <= bufferSize {
		return c.conn.stream.Write(append(head, body...))
	}
	return c.conn.together(head, body)
}

// renew moves the deadlines. That costs too much for each of many polls in a row, so they may come
// a quarter early.
func (c *laneConn) renew(now time.Time) {
	limits := &c.lane.options.Timeouts
	if c.deadline.write.Sub(now) < limits.Write*3/4 {
		c.deadline.write = now.Add(limits.Write)
		_ = c.conn.SetWriteDeadline(c.deadline.write)
	}
	if c.deadline.read.Sub(now) < limits.Idle*3/4 {
		c.deadline.read = now.Add(limits.Idle)
		_ = c.conn.SetReadDeadline(c.deadline.read)
	}
}
