package server

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// laneBuffer is how many bytes of requests a connection has room for. A poll has
// a few hundred.
const laneBuffer = 2 << 10

// betweenRequests is from how many bytes on net/http looks at what follows an
// answer.
const betweenRequests = 4

// lane is the way around net/http for plain polls, which are nearly all there is:
// it reads and answers them, in one goroutine for each connection, from bytes made
// beforehand. It takes only requests of which it is certain, for documents of the
// edition. With the first other one it hands the connection over to net/http,
// for good and with all that was read, so that whatever is rare, wrong or hostile
// is net/http's to judge. Both give the same answers, to the byte.
type lane struct {
	listener net.Listener
	handler  *handler // nil: all connections are for net/http
	log      *slog.Logger
	timeout  time.Duration // for each part of an answer
	tail     atomic.Pointer[tail]

	// What is for net/http: connections, and faults of the listener. Those that
	// have had an answer are apart, for no HTTP/2 can begin on them.
	fresh, used *queue

	mu       sync.Mutex
	rides    map[*ride]struct{} // connections in the lane
	running  sync.WaitGroup     // their goroutines
	stopping atomic.Bool
}

// newLane returns the lane before h, which answers where h is the handler of
// documents itself: another one around it may want to see each request.
func newLane(l net.Listener, h http.Handler, o ServeOptions) *lane {
	own, _ := h.(*handler)
	return &lane{
		listener: l, handler: own, log: o.Log, timeout: o.Timeout, rides: map[*ride]struct{}{},
		fresh: newQueue(l.Addr()), used: newQueue(l.Addr()),
	}
}

// run accepts connections until fresh is closed. What to do about faults is left
// to net/http too, which waits after those that may pass.
func (l *lane) run() {
	for open := true; open; {
		c, err := l.listener.Accept()
		s, ok := c.(stream)
		switch {
		case err != nil || !ok:
			open = l.fresh.put(c, err)
		case l.handler == nil:
			open = l.fresh.put(&conn{stream: s, timeout: l.timeout}, nil)
		default:
			l.enter(&ride{conn: &conn{stream: s, timeout: l.timeout}, lane: l})
		}
	}
}

func (l *lane) enter(r *ride) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stopping.Load() {
		_ = r.Close() // nobody has heard of it yet
		return
	}
	l.rides[r] = struct{}{}
	l.running.Go(r.run)
}

func (l *lane) leave(r *ride) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.rides, r)
}

// Shutdown closes the listener and the connections that wait for a request, and
// returns when the others have had their answer, or ctx has ended.
func (l *lane) Shutdown(ctx context.Context) error {
	l.stopping.Store(true)
	_ = l.listener.Close() // nothing is lost with it
	l.each(func(r *ride) { _ = r.SetReadDeadline(time.Unix(1, 0)) })
	done := make(chan struct{})
	go func() {
		defer close(done)
		l.running.Wait()
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close closes the listener and all connections at once.
func (l *lane) Close() error {
	l.stopping.Store(true)
	l.each(func(r *ride) { _ = r.Close() })
	return l.listener.Close()
}

func (l *lane) each(f func(*ride)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for r := range l.rides {
		f(r)
	}
}

// tail is the end of a header at one second, as net/http writes it: on a
// connection that is kept, and on one that is to be closed.
type tail struct {
	second        int64
	kept, closing []byte
}

// tailAt returns the end of a header, made once a second.
func (l *lane) tailAt(now time.Time, closing bool) []byte {
	t := l.tail.Load()
	if t == nil || t.second != now.Unix() {
		date := "Date: " + now.UTC().Format(http.TimeFormat) + "\r\n"
		t = &tail{now.Unix(), []byte(date + "\r\n"), []byte(date + "Connection: close\r\n\r\n")}
		l.tail.Store(t)
	}
	if closing {
		return t.closing
	}
	return t.kept
}

// ride is a connection in the lane.
type ride struct {
	*conn
	lane             *lane
	buffer           [laneBuffer]byte
	poll             poll
	now              time.Time // when the request was understood
	reading, writing time.Time // the deadlines
}

// run answers polls until the connection ends, or goes to net/http. A panic can
// come from what renders documents; net/http would catch it too.
func (r *ride) run() {
	defer r.lane.leave(r)
	defer func() {
		if p := recover(); p != nil {
			r.lane.log.Error("panic while answering", "panic", p, "stack", string(debug.Stack()))
			_ = r.Close()
		}
	}()
	r.serve()
}

func (r *ride) serve() {
	queue, least, n := r.lane.fresh, 1, 0
	r.reading = time.Now().Add(headerTimeout)
	_ = r.SetReadDeadline(r.reading)
	for !r.lane.stopping.Load() { // asked after SetReadDeadline: a stop that is missed here ends the Read
		if n < least {
			more, err := r.stream.Read(r.buffer[n:])
			if n += more; err != nil {
				break
			}
			n = copy(r.buffer[:], r.buffer[emptyLines(r.buffer[:n]):n])
			continue
		}
		a, f, size := r.understand(r.buffer[:n])
		if a == nil {
			r.lane.leave(r)
			r.first = bytes.Clone(r.buffer[:n])
			queue.put(r.conn, nil)
			return
		}
		if r.answer(a, f) != nil || r.poll.last {
			break
		}
		queue, least, n = r.lane.used, betweenRequests, copy(r.buffer[:], r.buffer[size+emptyLines(r.buffer[size:n]):n])
	}
	_ = r.Close() // the client has left, or is to
}

// understand returns the answer to the first request in b, and how long that is;
// nil where it is for net/http.
func (r *ride) understand(b []byte) (a *answer, f form, size int) {
	size, r.now = r.poll.parse(b), time.Now() // before the edition is asked for; see handler.get
	e := r.lane.handler.edition()
	if size == 0 || e == nil {
		return nil, 0, 0
	}
	if e.Preview() {
		return nil, 0, 0 // its host matters
	}
	switch found := r.lane.handler.look(e, r.poll.path, "", r.poll.path).(type) {
	case *answer:
		return found, 0, size
	case alias:
		return found.answer, aliased, size
	}
	return nil, 0, 0
}

// answer sends a in the form that the poll asks for.
func (r *ride) answer(a *answer, f form) error {
	v, f := a.choose(r.poll.asked, f, r.now)
	head, tail, body := a.head(v, f, r.now), r.lane.tailAt(r.now, r.poll.last), []byte(nil)
	if f&current == 0 && !r.poll.head {
		body = v.whole().body
	}
	r.renew(r.now)
	return r.write(head, tail, body)
}

// renew puts the deadlines off. It costs too much for each of many polls in a
// row, so they may come a quarter early.
func (r *ride) renew(now time.Time) {
	if timeout := r.lane.timeout; r.writing.Sub(now) < timeout*3/4 {
		r.writing = now.Add(timeout)
		_ = r.SetWriteDeadline(r.writing)
	}
	if r.reading.Sub(now) < idleTimeout*3/4 {
		r.reading = now.Add(idleTimeout)
		_ = r.SetReadDeadline(r.reading)
	}
}

// write sends an answer in one system call.
func (r *ride) write(head, tail, body []byte) error {
	buffer := buffers.Get().(*[bufferSize]byte)
	defer buffers.Put(buffer)
	whole := append(append(buffer[:0], head...), tail...)
	if len(whole)+len(body) <= bufferSize {
		_, err := r.stream.Write(append(whole, body...))
		return err
	}
	_, err := r.together(whole, body)
	return err
}

// head returns the beginning of an answer as net/http would write it, up to the
// Date, made once its date has come.
func (a *answer) head(v *variant, f form, now time.Time) []byte {
	young := a.young(now)
	if made := v.heads[f].Load(); made != nil && !young {
		return *made
	}
	header := http.Header{}
	a.common(header, v, f, now)
	status := a.complete(header, v, f)
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	_ = header.Write(&b) // a Buffer takes all
	made := b.Bytes()
	if !young {
		v.heads[f].Store(&made)
	}
	return made
}

// queue is the listener from which net/http accepts what is put into it.
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

// put waits until net/http takes c or err. It reports whether the queue is open,
// and closes c if it is not.
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

// Accept waits for what is put next.
func (q *queue) Accept() (net.Conn, error) {
	select {
	case a := <-q.conns:
		return a.conn, a.err
	case <-q.closed:
		return nil, net.ErrClosed
	}
}

// Close ends the waiting.
func (q *queue) Close() error {
	q.close.Do(func() { close(q.closed) })
	return nil
}

// Addr returns that of the real listener.
func (q *queue) Addr() net.Addr { return q.address }
