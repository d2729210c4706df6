package server

import (
	"bytes"
	"strings"
)

// poll is a request that the lane understands.
type poll struct {
	head  bool // HEAD, else GET
	path  string
	asked asked
	room  [4][1]string // for the values that asked refers to
	host  bool         // has been named
	last  bool         // no other request is to follow
}

// parse reads the request at the beginning of b and returns its length, or 0
// where there is none, not all of it, or any doubt: nothing is forgiven here, for
// net/http is asked what to make of everything else. What it returns a length for
// net/http reads the same way, and as a request without a body.
func (p *poll) parse(b []byte) int {
	*p = poll{}
	end := bytes.Index(b, []byte("\r\n\r\n"))
	if end < 0 {
		return 0
	}
	line, rest, _ := strings.Cut(string(b[:end+2]), "\r\n")
	if !p.target(line) {
		return 0
	}
	for rest != "" {
		line, rest, _ = strings.Cut(rest, "\r\n")
		name, value, found := strings.Cut(line, ":")
		if !found || name == "" || !all(name, inName) || !all(value, visible) || !p.take(name, strings.Trim(value, " ")) {
			return 0
		}
	}
	if !p.host {
		return 0
	}
	return end + 4
}

// target reads a request line.
func (p *poll) target(line string) bool {
	method, rest, _ := strings.Cut(line, " ")
	path, found := strings.CutSuffix(rest, " HTTP/1.1")
	p.head, p.path = method == "HEAD", path
	return found && (p.head || method == "GET") && strings.HasPrefix(path, "/") && all(path, inPath)
}

// take reads a header line. It refuses those that say something of the
// connection, of a body or of another kind of answer, and to hear twice what
// decides.
func (p *poll) take(name, value string) bool {
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
		once := !p.host
		p.host = true
		return once && value != "" && all(value, inHost)
	case "accept-encoding":
		return keep(&p.asked.encodings, &p.room[0], value)
	case "accept":
		return keep(&p.asked.types, &p.room[1], value)
	case "if-none-match":
		return keep(&p.asked.tags, &p.room[2], value)
	case "if-modified-since":
		return keep(&p.asked.since, &p.room[3], value)
	case "connection":
		closes := strings.EqualFold(value, "close")
		p.last = p.last || closes
		return closes || strings.EqualFold(value, "keep-alive")
	case "content-length", "transfer-encoding", "te", "trailer", "expect", "upgrade", "http2-settings", "a-im":
		return false
	}
	return true
}

// keep puts the only value of a name where asked has it.
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
var classes = func() (table [256]class) {
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
}()

// all reports whether each byte of s is of a class.
func all(s string, c class) bool {
	for i := range len(s) {
		if classes[s[i]]&c == 0 {
			return false
		}
	}
	return true
}
