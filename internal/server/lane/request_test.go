package lane

import (
	"bufio"
	"bytes"
	"net/http"
	"slices"
	"testing"
)

// FuzzRequest holds what is accepted to net/http: it reads the same request, without
// a body, from the same bytes. What was read before makes no difference.
func FuzzRequest(f *testing.F) {
	const poll = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
	for _, seed := range []string{
		poll, poll + poll, "HEAD /a/b.xml HTTP/1.1\r\nhost:x\r\nIf-None-Match: \"a\", W/\"b\"\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: [::1]:80\r\nAccept:\r\nAccept-Encoding:  br \r\nConnection: close\r\n\r\n",
		"GET /a HTTP/1.1\r\nHost: x\r\nIf-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT\r\nConnection: Keep-Alive\r\n\r\n",
		"GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na", "GET /a? HTTP/1.1\r\nHost: x\r\n\r\n", "GET //a/../b HTTP/1.1\r\nHost: x\r\n\r\n",
	} {
		f.Add([]byte(poll), []byte(seed))
		f.Add([]byte(seed), []byte(seed))
		f.Add([]byte(seed), []byte(poll))
	}
	f.Fuzz(func(t *testing.T, first, second []byte) {
		var kept, fresh Request
		kept.parse(first)
		n := kept.parse(second)
		if want := fresh.parse(second); n != want || n > 0 && !same(&kept, &fresh) {
			t.Errorf("after %q, %q is read as %d %+v; alone as %d %+v", first, second, n, &kept, want, &fresh)
		}
		if n > 0 {
			asNetHTTP(t, &kept, second[:n])
		}
	})
}

func same(a, b *Request) bool {
	return a.Head == b.Head && a.Path == b.Path && a.Close == b.Close && slices.EqualFunc(values(a), values(b), slices.Equal)
}

// values are those of the header lines in Conditions.
func values(q *Request) [][]string {
	return [][]string{q.AcceptEncoding, q.Accept, q.IfNoneMatch, q.IfModifiedSince}
}

// asNetHTTP fails unless net/http reads q from text.
func asNetHTTP(t *testing.T, q *Request, text []byte) {
	t.Helper()
	rest := bytes.NewReader(text)
	reader := bufio.NewReader(rest)
	r, err := http.ReadRequest(reader)
	if err != nil {
		t.Errorf("%q is accepted; net/http: %v", text, err)
		return
	}
	defer r.Body.Close()
	if q.Head != (r.Method == http.MethodHead) || q.Path != r.URL.Path || r.URL.RawQuery != "" || q.Close != r.Close || r.ContentLength != 0 || reader.Buffered()+rest.Len() > 0 {
		t.Errorf("%q is read as %+v, by net/http as %+v", text, q, r)
	}
	for i, name := range []string{"Accept-Encoding", "Accept", "If-None-Match", "If-Modified-Since"} {
		if got, want := values(q)[i], r.Header[name]; !slices.Equal(got, want) {
			t.Errorf("%q: %s is %q, by net/http %q", text, name, got, want)
		}
	}
}

// A request like the one before it costs nothing, and another one its text.
func TestRequestsMakeLittleGarbage(t *testing.T) {
	polls := [][]byte{
		[]byte("GET /rss.xml HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"a\"\r\nAccept-Encoding: gzip\r\n\r\n"),
		[]byte("HEAD /atom.xml HTTP/1.1\r\nHost: x\r\nIf-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT\r\n\r\n"),
	}
	for kinds, want := range map[int]float64{1: 0, 2: 1} {
		var q Request
		turn := 0
		n := testing.AllocsPerRun(200, func() {
			if b := polls[turn%kinds]; q.parse(b) != len(b) {
				t.Fatalf("%q is not accepted", b)
			}
			turn++
		})
		if n != want {
			t.Errorf("%d kinds in turn: %v allocations, want %v", kinds, n, want)
		}
	}
}
