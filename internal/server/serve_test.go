package server_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/server"
	"broadsheet/internal/server/internal/pipetest"
)

// serve runs Serve on a real listener and stops it at the end of the test.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, l, h, server.ServeOptions{}) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Serve: %v, want nil after a clean stop", err)
		}
	})
	return l.Addr().String()
}

func TestServeSpeaksEveryVersionOfHTTP(t *testing.T) {
	e := newEdition(t, 3)
	_, c := content(t, e, "/rss.xml")
	address := serve(t, server.New(server.Options{Edition: always(e)}))
	for name, request := range map[string]string{
		"HTTP/1.0 without Host":   "GET /rss.xml HTTP/1.0\r\n\r\n",
		"HTTP/1.0 in two lines":   "GET /rss.xml HTTP/1.0\r\nHost: x\r\n\r\n",
		"HTTP/1.1 to be closed":   "GET /rss.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"HTTP/1.1 kept, then not": "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\nGET /rss.xml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			answer := raw(t, address, request)
			if _, after, ok := strings.Cut(answer, "There is nothing at this address.\n"); ok {
				answer = after
			}
			got := parse(t, "GET", answer)
			if got.status != 200 || got.body != string(c.Body) || got.header["Transfer-Encoding"] != nil || got.header["Set-Cookie"] != nil {
				t.Errorf("%d %v, %d bytes; want 200 with %d, not chunked, no cookie", got.status, got.header, len(got.body), len(c.Body))
			}
		})
	}
	t.Run("HTTP/2 without TLS", func(t *testing.T) {
		var protocols http.Protocols
		protocols.SetUnencryptedHTTP2(true)
		transport := &http.Transport{Protocols: &protocols, DisableCompression: true}
		defer transport.CloseIdleConnections()
		resp, err := (&http.Client{Transport: transport}).Get("http://" + address + "/rss.xml")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.ProtoMajor != 2 || resp.StatusCode != http.StatusOK || string(body) != string(c.Body) {
			t.Errorf("%s %s, %d bytes, %v; want HTTP/2 with all of the feed", resp.Proto, resp.Status, len(body), err)
		}
		if got, want := resp.Header.Get("ETag"), `"`+c.Hash+`"`; got != want {
			t.Errorf("ETag %s, want %s", got, want)
		}
	})
}

func TestServeRefusesHTTP11WithoutHost(t *testing.T) {
	if got := raw(t, serve(t, newHandler(t)), "GET /rss.xml HTTP/1.1\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.1 400 ") {
		t.Errorf("%.60q, want 400", got)
	}
}

func TestOptionsForTheWholeServer(t *testing.T) {
	if got := ask(t, serve(t, newHandler(t)), "OPTIONS", "*"); got.status != 204 || got.get("Allow") != "GET, HEAD, OPTIONS" {
		t.Errorf("%d %v, want 204 with Allow", got.status, got.header)
	}
}

func TestBoundlessHeadersGet431(t *testing.T) {
	address := serve(t, newHandler(t))
	for name, line := range map[string]string{
		"one long line": "X-Long: " + strings.Repeat("x", 80<<10),
		"many lines":    strings.Repeat("X-Short: y\r\n", 8<<10) + "X-Last: z",
		"10,000 tags":   "If-None-Match: " + tags(10_000),
		"a long path":   "X: y",
	} {
		path := "/rss.xml"
		if name == "a long path" {
			path += "?" + strings.Repeat("q", 80<<10)
		}
		t.Run(name, func(t *testing.T) {
			if got := statusLine(t, address, "GET "+path+" HTTP/1.1\r\nHost: x\r\n"+line+"\r\n\r\n"); got != "HTTP/1.1 431" {
				t.Errorf("%q, want 431", got)
			}
		})
	}
	if got := ask(t, address, "GET", "/rss.xml", "X-Long: "+strings.Repeat("x", 60<<10)); got.status != 200 {
		t.Errorf("60 KiB of header: %d, want 200", got.status)
	}
}

// statusLine returns the beginning of the answer to a request that the server may
// not read to its end, whose connection may therefore be reset.
func statusLine(t *testing.T, address, request string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(hang))
	go io.WriteString(conn, request)
	answer := make([]byte, len("HTTP/1.1 431"))
	if _, err := io.ReadFull(conn, answer); err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

func TestClientThatSendsAByteASecondIsCutOff(t *testing.T) {
	virtual(t, newHandler(t), func(t *testing.T, p *pipetest.Listener) {
		slow := p.Dial()
		var sender sync.WaitGroup
		defer sender.Wait()
		defer slow.Close()
		sender.Go(func() {
			for _, b := range []byte(request) {
				if _, err := slow.Write([]byte{b}); err != nil {
					return
				}
				time.Sleep(time.Second)
			}
		})
		answered(t, p)
		if took := gone(slow); took != 10*time.Second {
			t.Errorf("cut off after %v, want 10 s", took)
		}
	})
}

func TestClientThatReadsAByteASecondIsCutOff(t *testing.T) {
	virtual(t, behind(newHandler(t)), func(t *testing.T, p *pipetest.Listener) {
		slow := p.Dial()
		defer slow.Close()
		if _, err := io.WriteString(slow, request); err != nil {
			t.Fatal(err)
		}
		begin, one, read := time.Now(), make([]byte, 1), 0
		for {
			if _, err := slow.Read(one); err != nil {
				break
			}
			read++
			time.Sleep(time.Second)
			if read == 5 {
				answered(t, p)
			}
		}
		if took := time.Since(begin); took < time.Minute || took > 62*time.Second {
			t.Errorf("cut off after %v and %d bytes, want about a minute", took, read)
		}
	})
}

func TestClientThatSendsABodyAByteASecondIsCutOff(t *testing.T) {
	virtual(t, newHandler(t), func(t *testing.T, p *pipetest.Listener) {
		slow := p.Dial()
		var sender sync.WaitGroup
		defer sender.Wait()
		defer slow.Close()
		sender.Go(func() {
			_, err := io.WriteString(slow, "POST /rss.xml HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
			for err == nil {
				time.Sleep(time.Second)
				_, err = slow.Write([]byte("x"))
			}
		})
		answered(t, p)
		if took := gone(slow); took > 31*time.Second {
			t.Errorf("cut off after %v, want 30 s", took)
		}
	})
}

func TestIdleClientIsLetGoAfterTwoMinutes(t *testing.T) {
	for way, h := range bothWays(newEdition(t, 3)) {
		virtual(t, h, func(t *testing.T, p *pipetest.Listener) {
			idle := p.Dial()
			defer idle.Close()
			if _, err := io.WriteString(idle, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
				t.Fatal(err)
			}
			if took := gone(idle); took != 2*time.Minute {
				t.Errorf("%s: closed after %v, want 2 minutes", way, took)
			}
		})
	}
}

func TestThousandIdleConnectionsHurtNobody(t *testing.T) {
	virtual(t, newHandler(t), func(t *testing.T, p *pipetest.Listener) {
		var idle []net.Conn
		for range 1000 {
			idle = append(idle, p.Dial())
		}
		answered(t, p)
		begin := time.Now()
		for _, conn := range idle {
			gone(conn)
			conn.Close()
		}
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("the last one was closed after %v, want 10 s", took)
		}
		answered(t, p)
	})
}

func TestStopWaitsForRequestsUnderWay(t *testing.T) {
	started := make(chan bool, 1)
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started <- true
		time.Sleep(5 * time.Second)
		io.WriteString(w, "done")
	})
	answers := make(chan string, 1)
	took, log := virtual(t, slow, func(t *testing.T, p *pipetest.Listener) {
		conn := p.Dial()
		go func() {
			defer conn.Close()
			go io.WriteString(conn, request)
			answer, _ := io.ReadAll(conn)
			answers <- string(answer)
		}()
		<-started
	})
	if answer := <-answers; !strings.HasSuffix(answer, "done") {
		t.Errorf("answer %q, want all of it", answer)
	}
	if took < 5*time.Second || took > 6*time.Second || log != "" {
		t.Errorf("stopped after %v with log %q, want as soon as the request was answered", took, log)
	}
}

func TestStopCutsOffWhatIsLeftAfterTheGrace(t *testing.T) {
	started := make(chan bool, 1)
	endless := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started <- true
		<-r.Context().Done()
	})
	took, log := virtual(t, endless, func(t *testing.T, p *pipetest.Listener) {
		conn := p.Dial()
		go func() { io.WriteString(conn, request); io.ReadAll(conn); conn.Close() }()
		<-started
	})
	if took < 8*time.Second || took >= 10*time.Second {
		t.Errorf("stopped after %v, want the grace of 8 s and less than 10", took)
	}
	if strings.Count(log, "\n") != 1 || !strings.Contains(log, "connections cut off") {
		t.Errorf("log %q, want one line that says so", log)
	}
}

func TestStopBeforeTheFirstRequestIsClean(t *testing.T) {
	if took, log := virtual(t, newHandler(t), func(*testing.T, *pipetest.Listener) {}); took > time.Second || log != "" {
		t.Errorf("stopped after %v with log %q", took, log)
	}
}

func TestServeNamesTheListenerThatFailed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	err = server.Serve(t.Context(), l, newHandler(t), server.ServeOptions{})
	if !errors.Is(err, net.ErrClosed) || !strings.Contains(err.Error(), l.Addr().String()) {
		t.Errorf("error %v, want one that wraps net.ErrClosed and names %s", err, l.Addr())
	}
}
