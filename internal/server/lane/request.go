package lane

import (
	"bytes"
	"strings"
	"time"
)

// Request is a poll: a GET or HEAD of a plain path. Its header announces no body, and says at most
// that the connection will be closed.
type Request struct {
	Head bool   // HEAD, else GET
	Path string // as the client wrote it: without escapes or a query
	Conditions
	// Received is the time at which the request was parsed. The response is looked up later:
	// bytes that are replaced meanwhile do not get the date of the next ones.
	Received time.Time
	Close    bool // no other request will follow

	text string       // all of it
	room [4][1]string // for the values that Conditions refers to
	host bool         // has been named
}

// Conditions are what a response depends on besides method and path: the values of
// some header lines, in the form that http.Header keeps.
type Conditions struct {
	AcceptEncoding  []string
	Accept          []string
	IfNoneMatch     []string // not nil if there is any, even an empty one
	IfModifiedSince []string
}

// parse reads the request at the beginning of b and returns its length. It returns 0 if there is
// none, if it is incomplete, or in any doubt: net/http decides about everything that is not
// plain. net/http reads every request that is accepted here the same way, and as one without a
// body.
//
// Clients repeat their requests, so the previous one is kept. An equal one costs a comparison, and
// makes no garbage.
func (q *Request) parse(b []byte) int {
	if n := len(q.text); n > 0 && n <= len(b) && string(b[:n]) == q.text {
		return n
	}
	*q = Request{}
	end := bytes.Index(b, []byte("\r\n\r\n"))
	if end < 0 {
		return 0
	}
	text := string(b[:end+4])
	if !q.understand(text[:end+2]) {
		return 0
	}
	q.text = text
	return len(text)
}

// understand reads the lines of a request.
func (q *Request) understand(lines string) bool {
	line, rest, _ := strings.Cut(lines, "\r\n")
	if !q.target(line) {
		return false
	}
	for rest != "" {
		line, rest, _ = strings.Cut(rest, "\r\n")
		name, value, found := strings.Cut(line, ":")
		if !found || name == "" || !all(name, inName) || !all(value, visible) || !q.header(name, strings.Trim(value, " ")) {
			return false
		}
	}
	return q.host
}

// target reads a request line.
func (q *Request) target(line string) bool {
	method, rest, _ := strings.Cut(line, " ")
	path, found := strings.CutSuffix(rest, " HTTP/1.1")
	q.Head, q.Path = method == "HEAD", path
	return found && (q.Head || method == "GET") && strings.HasPrefix(path, "/") && all(path, inPath)
}

// header reads a header line. It refuses lines about the connection, a body or
// another kind of answer, and a second line of a name that the response depends on.
func (q *Request) header(name, value string) bool {
	var lower [len("if-modified-since")]byte // no name below is longer
	if len(name) > len(lower) {
		return true
	}
	for i, c := range []byte(name) {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	switch string(lower[:len(name)]) {
	case "host":
		once := !q.host
		q.host = true
		return once && value != "" && all(value, inHost)
	case "accept-encoding":
		return keep(&q.AcceptEncoding, &q.room[0], value)
	case "accept":
		return keep(&q.Accept, &q.room[1], value)
	case "if-none-match":
		return keep(&q.IfNoneMatch, &q.room[2], value)
	case "if-modified-since":
		return keep(&q.IfModifiedSince, &q.room[3], value)
	case "connection":
		closes := strings.EqualFold(value, "close")
		q.Close = q.Close || closes
		return closes || strings.EqualFold(value, "keep-alive")
	case "content-length", "transfer-encoding", "te", "trailer", "expect", "upgrade", "http2-settings", "a-im":
		return false
	}
	return true
}

// keep stores the only value of a name where Conditions has it.
func keep(values *[]string, room *[1]string, value string) bool {
	if *values != nil {
		return false
	}
	room[0] = value
	*values = room[:]
	return true
}

// class is a set of bytes by what they may be part of.
type class byte

const (
	visible class = 1 << iota // a header value, in US-ASCII
	inName                    // the name of a header line
	inHost                    // a host, perhaps with a port
	inPath                    // a path that is written as it is meant
)

// classes holds the classes of each byte.
var classes = newClasses()

func newClasses() (table [256]class) {
	mark := func(c class, bytes string) {
		for i := range len(bytes) {
			table[bytes[i]] |= c
		}
	}
	for b := byte(' '); b <= '~'; b++ {
		table[b] |= visible
	}
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	mark(inName, plain+"-_")
	mark(inHost, plain+"-._:[]")
	mark(inPath, plain+"-._~/")
	return table
}

// all reports whether each byte of s is of a class.
func all(s string, c class) bool {
	for i := range len(s) {
		if classes[s[i]]&c == 0 {
			return false
		}
	}
	return true
}
