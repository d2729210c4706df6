package server_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/edition"
)

// start serves h on a real listener and returns its address, "host:port".
func start(tb testing.TB, h http.Handler) string {
	tb.Helper()
	s := httptest.NewServer(h)
	tb.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

// reply is what came back for a request.
type reply struct {
	status int
	header http.Header // without Date
	body   string
}

func (r reply) get(name string) string { return spelled(r.header, name) }

// spelled returns a header value by the name as it was written.
func spelled(header http.Header, name string) string {
	if v := header[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// ask sends one request over a connection of its own and takes the answer
// apart. Header lines are written "Name: value".
func ask(tb testing.TB, address, method, path string, lines ...string) reply {
	tb.Helper()
	lines = append([]string{method + " " + path + " HTTP/1.1", "Host: localhost", "Connection: close"}, lines...)
	return parse(tb, method, raw(tb, address, strings.Join(lines, "\r\n")+"\r\n\r\n"))
}

// hang is how long is waited for what must come, however busy the machine is.
const hang = 5 * time.Minute

// raw sends the bytes of a request and returns the bytes until the server
// closes.
func raw(tb testing.TB, address, request string) string {
	tb.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		tb.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(hang))
	if _, err := io.WriteString(conn, request); err != nil {
		tb.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil {
		tb.Fatalf("read the answer to %.60q: %v", request, err)
	}
	return string(answer)
}

// parse reads an answer letter by letter: names stay as they were spelled.
func parse(tb testing.TB, method, answer string) reply {
	tb.Helper()
	resp, err := http.ReadResponse(bufio.NewReader(strings.NewReader(answer)), &http.Request{Method: method})
	if err != nil {
		tb.Fatalf("parse %.200q: %v", answer, err)
	}
	resp.Body.Close()
	head, body, _ := strings.Cut(answer, "\r\n\r\n")
	r := reply{status: resp.StatusCode, header: http.Header{}, body: body}
	for _, line := range strings.Split(head, "\r\n")[1:] {
		name, value, _ := strings.Cut(line, ": ")
		if name != "Date" && name != "Connection" {
			r.header[name] = append(r.header[name], value)
		}
	}
	return r
}

// content returns what the edition holds at path.
func content(tb testing.TB, e *edition.Edition, path string) (*edition.Document, *edition.Content) {
	tb.Helper()
	d := e.Find(path)
	if d == nil {
		tb.Fatalf("the edition has no %s", path)
	}
	c, err := d.Content()
	if err != nil {
		tb.Fatal(err)
	}
	return d, c
}

// headers makes an http.Header of "Name: value" lines, names as they are.
func headers(lines ...string) http.Header {
	h := http.Header{}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		h[name] = append(h[name], value)
	}
	return h
}
