package lane

import "bytes"

// requests finds the beginnings of requests in the bytes of a client, so that the empty lines
// before them can be skipped (RFC 9112 section 2.2). net/http refuses such lines, except after
// a POST. The zero value waits for a request.
type requests struct {
	state  requestState
	line   [len("transfer-encoding")]byte // the beginning of the header line, in lower case
	length int                            // of that line, in bytes
	body   bool                           // something follows the header
}

// requestState says what the next byte belongs to.
type requestState int

const (
	between requestState = iota // a request begins, or an empty line comes before it
	within                      // the header of one
	beyond                      // all that follows, to the end: a body, or HTTP/2
)

// part returns the part of b to pass on now. It skips empty lines, and ends with the header if
// that ends in b.
func (r *requests) part(b []byte) (from, to int) {
	if r.state == between {
		from = emptyLines(b)
		if from == len(b) {
			return from, from
		}
		r.state = within
	}
	to = from
	for r.state == within && to < len(b) {
		r.take(b[to])
		to++
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

// followed reports whether a line with this beginning announces something behind the header: a
// body (RFC 9112 section 6), or HTTP/2 (RFC 9113 section 3.4).
func followed(line []byte) bool {
	for _, s := range []string{"content-length", "transfer-encoding", "pri "} {
		if bytes.HasPrefix(line, []byte(s)) {
			return true
		}
	}
	return false
}

// emptyLines returns the length of the empty lines at the beginning of b.
func emptyLines(b []byte) int { return len(b) - len(bytes.TrimLeft(b, "\r\n")) }
