// Package logqueue lets a program log without ever waiting for the reader of the log: a pipe
// that nobody reads, a full disk, a terminal that was stopped.
//
// A goroutine writes the lines, in order. A line that cannot be written, or not soon enough, is
// lost. Once lines can be written again, one of them tells how many were lost.
package logqueue

import (
	"bytes"
	"io"
	"sync"
	"time"
)

// limit bounds the bytes that wait to be written.
const limit = 1 << 20

// Queue is a writer that never blocks and never fails. Each Write is a line. Its
// methods may be called from any goroutine.
type Queue struct {
	out  io.Writer
	lost func(lines int) []byte
	wake chan struct{} // capacity 1
	done chan struct{} // closed when the goroutine has ended

	mu      sync.Mutex
	waiting [][]byte
	size    int // bytes waiting
	missing int // lines that were lost and not reported yet
	closed  bool
}

// New returns a Queue that writes to out, and starts it. Lost returns the line that tells how many
// lines were lost.
func New(out io.Writer, lost func(lines int) []byte) *Queue {
	q := &Queue{out: out, lost: lost, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go q.run()
	return q
}

// Write adds one line.
func (q *Queue) Write(line []byte) (int, error) {
	q.mu.Lock()
	if q.closed || q.size > 0 && q.size+len(line) > limit {
		q.missing++
	} else {
		q.waiting, q.size = append(q.waiting, bytes.Clone(line)), q.size+len(line)
	}
	q.mu.Unlock()
	q.signal()
	return len(line), nil
}

// Close writes the waiting lines, within the given time, and accepts no more.
func (q *Queue) Close(within time.Duration) {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.signal()
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case <-q.done:
	case <-timer.C:
	}
}

func (q *Queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (q *Queue) run() {
	defer close(q.done)
	for range q.wake {
		if closed := q.drain(); closed {
			return
		}
	}
}

// drain writes all waiting lines, and reports whether they were the last ones.
func (q *Queue) drain() bool {
	for {
		line, missing, closed := q.next()
		if line == nil {
			if missing > 0 && q.put(q.lost(missing)) {
				q.miss(-missing)
			}
			return closed
		}
		if !q.put(line) {
			q.miss(1)
		}
	}
}

// next removes the first waiting line. If there is none, it returns the number of missing ones.
func (q *Queue) next() (line []byte, missing int, closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return nil, q.missing, q.closed
	}
	line, q.waiting = q.waiting[0], q.waiting[1:]
	q.size -= len(line)
	return line, 0, q.closed
}

func (q *Queue) put(line []byte) bool {
	_, err := q.out.Write(line)
	return err == nil
}

func (q *Queue) miss(lines int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.missing += lines
}
