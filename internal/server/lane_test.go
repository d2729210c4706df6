package server_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/server"
	"broadsheet/internal/server/internal/pipetest"
)

// kept returns a function that sends the request on one kept connection and
// takes an answer of as many bytes as the first had.
func kept(tb testing.TB, address, request string, first func(answer string)) func() {
	tb.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { conn.Close() })
	sent, answer := []byte(request), make([]byte, 1<<20)
	if _, err := conn.Write(sent); err != nil {
		tb.Fatal(err)
	}
	n, err := conn.Read(answer) // all of it, for it left in one piece
	if err != nil {
		tb.Fatal(err)
	}
	first(string(answer[:n]))
	answer = answer[:n]
	return func() {
		if _, err := conn.Write(sent); err != nil {
			tb.Fatal(err)
		}
		if _, err := io.ReadFull(conn, answer); err != nil {
			tb.Fatal(err)
		}
	}
}

// A poll like the one before it makes no garbage. net/http would make dozens of things
// for it, and each collection of them would have everybody wait.
func TestPollInTheLaneAllocatesNothing(t *testing.T) {
	address := serve(t, newHandler(t))
	const agent = "User-Agent: reader/1.0 (+https://reader.example/)\r\nConnection: keep-alive\r\n"
	for name, c := range map[string]struct{ lines, status string }{
		"304":      {"GET /rss.xml HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\nAccept: */*\r\nIf-None-Match: " + feedTag(t) + "\r\n", "304 Not Modified"},
		"gzip":     {"GET /rss.xml HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n", "200 OK"},
		"identity": {"GET /rss.xml HTTP/1.1\r\nHost: x\r\n", "200 OK"},
		"an alias": {"GET /feed HTTP/1.1\r\nHost: x\r\n", "200 OK"},
		"HEAD":     {"HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n", "200 OK"},
	} {
		poll := kept(t, address, c.lines+agent+"\r\n", func(answer string) {
			if !strings.HasPrefix(answer, "HTTP/1.1 "+c.status+"\r\n") {
				t.Fatalf("%s: %.60q", name, answer)
			}
		})
		if n := testing.AllocsPerRun(200, poll); n > 0 {
			t.Errorf("%s: %v allocations, want none", name, n)
		}
	}
}

func TestAnswersInTheLaneLeaveInOneCall(t *testing.T) {
	for _, size := range []int{3000, 4096, 60_000} {
		e, want := feedOf(t, size)
		address, calls := counted(t, server.New(server.Options{Edition: always(e)}))
		if got := pipelined(t, address, "GET", "HEAD", "GET"); got != want+want {
			t.Errorf("%d bytes: %d came, want the feed twice", size, len(got))
		}
		single := int64(1) // HEAD; a long body leaves with its header as two buffers in one call
		if size < 3500 {
			single = 3
		}
		if n := calls.writes.Load(); n != single {
			t.Errorf("%d bytes: %d writes of one buffer, want %d", size, n, single)
		}
	}
}

func TestKeptConnectionSeesEveryEdition(t *testing.T) {
	var now atomic.Pointer[edition.Edition]
	virtual(t, server.New(server.Options{Edition: now.Load}), func(t *testing.T, p *pipetest.Listener) {
		conn := p.Dial()
		defer conn.Close()
		for n := 1; n <= 3; n++ {
			e := newEdition(t, n)
			now.Store(e)
			_, c := content(t, e, "/rss.xml")
			got := exchange(t, conn, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
			for _, line := range []string{`ETag: "` + c.Hash + `"`, "Date: " + time.Now().UTC().Format(http.TimeFormat)} {
				if !strings.Contains(got, "\r\n"+line+"\r\n") {
					t.Errorf("edition %d: %q, want %s", n, got, line)
				}
			}
			time.Sleep(time.Second)
		}
	})
}

// exchange sends a request and returns an answer, which is expected to arrive in
// one piece.
func exchange(t *testing.T, conn net.Conn, request string) string {
	t.Helper()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, 4096)
	n, err := conn.Read(answer)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer[:n])
}

func TestKeptClientThatReadsAByteASecondIsCutOff(t *testing.T) {
	for _, pause := range []time.Duration{0, 14 * time.Second, 16 * time.Second, 50 * time.Second} {
		cutOff(t, pause)
	}
}

// cutOff has a client take an answer slowly, some time after another one.
func cutOff(t *testing.T, pause time.Duration) {
	t.Helper()
	virtual(t, newHandler(t), func(t *testing.T, p *pipetest.Listener) {
		slow := p.Dial()
		defer slow.Close()
		exchange(t, slow, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
		time.Sleep(pause)
		if _, err := io.WriteString(slow, plainPoll); err != nil {
			t.Fatal(err)
		}
		begin, one := time.Now(), make([]byte, 1)
		for _, err := slow.Read(one); err == nil; _, err = slow.Read(one) {
			time.Sleep(time.Second)
		}
		if took := time.Since(begin); took < 45*time.Second || took > 62*time.Second {
			t.Errorf("after %v: cut off after %v, want three quarters of a minute at least", pause, took)
		}
		answered(t, p)
	})
}

func TestKeptClientMayBeIdleLongAfterManyPolls(t *testing.T) {
	virtual(t, newHandler(t), func(t *testing.T, p *pipetest.Listener) {
		conn := p.Dial()
		defer conn.Close()
		for range 20 {
			exchange(t, conn, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
			time.Sleep(29 * time.Second)
		}
		if idle := 29*time.Second + gone(conn); idle < 90*time.Second || idle > 2*time.Minute {
			t.Errorf("closed after %v, want two minutes, or a quarter less", idle)
		}
	})
}

func TestSecondRequestThatTakesForEverIsCutOff(t *testing.T) {
	virtual(t, newHandler(t), func(t *testing.T, p *pipetest.Listener) {
		conn := p.Dial()
		defer conn.Close()
		exchange(t, conn, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
		if _, err := io.WriteString(conn, "GET /rss"); err != nil {
			t.Fatal(err)
		}
		if took := gone(conn); took != 10*time.Second {
			t.Errorf("cut off after %v, want 10 s", took)
		}
	})
}

func TestStopClosesKeptConnectionsAtOnce(t *testing.T) {
	took, log := virtual(t, newHandler(t), func(t *testing.T, p *pipetest.Listener) {
		for range 100 {
			exchange(t, p.Dial(), "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n")
		}
	})
	if took > 0 || log != "" {
		t.Errorf("stopped after %v with log %q", took, log)
	}
}

func TestStopAnswersNothingMore(t *testing.T) {
	said := make(chan string, 1)
	virtual(t, newHandler(t), func(t *testing.T, p *pipetest.Listener) {
		conn := p.Dial()
		if _, err := io.WriteString(conn, plainPoll+plainPoll); err != nil {
			t.Fatal(err)
		}
		synctest.Wait() // the first answer waits to be taken
		go func() {
			defer conn.Close()
			time.Sleep(time.Second)
			all, _ := io.ReadAll(conn)
			said <- string(all)
		}()
	})
	if n := strings.Count(<-said, "HTTP/1.1 200 OK\r\n"); n != 1 {
		t.Errorf("%d answers, want the one that was under way", n)
	}
}

func TestStopCutsOffWhoeverDoesNotTakeADocument(t *testing.T) {
	took, log := virtual(t, newHandler(t), func(t *testing.T, p *pipetest.Listener) {
		if _, err := io.WriteString(p.Dial(), plainPoll); err != nil {
			t.Fatal(err)
		}
		synctest.Wait() // the answer waits to be taken
	})
	if took != 8*time.Second || strings.Count(log, "\n") != 1 || !strings.Contains(log, "connections cut off") {
		t.Errorf("stopped after %v with log %q, want the grace of 8 s and one line", took, log)
	}
}

func TestPanicEndsItsConnectionOnly(t *testing.T) {
	e, calls := newEdition(t, 3), 0
	h := server.New(server.Options{Edition: func() *edition.Edition {
		if calls++; calls == 1 {
			panic("out of paper")
		}
		return e
	}})
	_, log := virtual(t, h, func(t *testing.T, p *pipetest.Listener) {
		conn := p.Dial()
		if _, err := io.WriteString(conn, plainPoll); err != nil {
			t.Fatal(err)
		}
		if took := gone(conn); took > 0 {
			t.Errorf("closed after %v, want at once", took)
		}
		answered(t, p)
	})
	if strings.Count(log, "\n") != 1 || !strings.Contains(log, "out of paper") {
		t.Errorf("log %q, want one line that names the panic", log)
	}
}

// A client may leave in the middle of an answer; nobody needs to know.
func TestClientsThatLeaveAreNoNews(t *testing.T) {
	_, log := virtual(t, newHandler(t), func(t *testing.T, p *pipetest.Listener) {
		for range 10 {
			conn := p.Dial()
			if _, err := io.WriteString(conn, plainPoll); err != nil {
				t.Fatal(err)
			}
			conn.Close()
		}
		p.Dial().Close()
		answered(t, p)
	})
	if log != "" {
		t.Errorf("log %q, want none", log)
	}
}
