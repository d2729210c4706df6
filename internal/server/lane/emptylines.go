package lane

import "bytes"

// requests finds where requests begin in what a client sends, so that the empty
// lines before them can be left out (RFC 9112 section 2.2). net/http refuses them,
// but after a POST. The zero value waits for a request.
type requests struct {
	state  requestState
	line   [len("transfer-encoding")]byte // how the line of the header begins, in lower case
	length int                            // of that line, in bytes
	body   bool                           // something follows the header
}

// requestState is what the next byte belongs to.
type requestState int

const (
	between requestState = iota // a request begins, or an empty line comes before it
	within                      // the header of one
	beyond                      // all that follows: a body, or HTTP/2, whose end is not looked for
)

// part returns the part of b to hand on now: it has no empty lines before it, and
// ends with the header where that ends in b.
func (r *requests) part(b []byte) (from, to int) {
	if r.state == between {
		if from = emptyLines(b); from == len(b) {
			return from, from
		}
		r.state = within
	}
	for to = from; r.state == within && to < len(b); to++ {
		r.take(b[to])
	}
	if r.state == beyond {
		to = len(b)
	}
	return from, to
}

// take reads a byte of a header.
func (r *requests) take(c byte) {
	if c != '\n' {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if r.length < len(r.line) {
			r.line[r.length] = c
		}
		r.length++
		return
	}
	line := bytes.TrimSuffix(r.line[:min(r.length, len(r.line))], []byte("\r"))
	r.length = 0
	switch {
	case len(line) > 0:
		r.body = r.body || followed(line)
	case r.body:
		r.state = beyond
	default:
		r.state = between
	}
}

// followed reports whether a line that begins so means that something follows the
// header: a body (RFC 9112 section 6), or HTTP/2 (RFC 9113 section 3.4).
func followed(line []byte) bool {
	for _, s := range []string{"content-length", "transfer-encoding", "pri "} {
		if bytes.HasPrefix(line, []byte(s)) {
			return true
		}
	}
	return false
}

// emptyLines returns how many bytes of empty lines b begins with.
func emptyLines(b []byte) int { return len(b) - len(bytes.TrimLeft(b, "\r\n")) }
