package server_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
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

var dateSeed = flag.Uint64("dates.seed", 0, "run TestDatesHideNothing with this seed only; 0 means all of them")

// Saves come at random moments, often several in a second, and pollers of all
// habits ask in between. Whoever compares dates is never told "not modified" of bytes
// that it does not have, and no date is later than the answer that bears it, or goes
// back.
func TestDatesHideNothing(t *testing.T) {
	seeds := []uint64{*dateSeed}
	if *dateSeed == 0 {
		seeds = nil
		many := uint64(40)
		if testing.Short() {
			many = 5
		}
		for seed := range many {
			seeds = append(seeds, seed+1)
		}
	}
	for _, seed := range seeds {
		for name, around := range map[string]func(http.Handler) http.Handler{
			"in the lane": func(h http.Handler) http.Handler { return h }, "behind net/http": behind,
		} {
			t.Run(fmt.Sprintf("%s/dates.seed=%d", name, seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { savesAndPolls(t, rand.New(rand.NewPCG(seed, 3)), around) })
			})
		}
	}
}

// savesAndPolls is one life of a service, with half a minute of saves.
func savesAndPolls(t *testing.T, dice *rand.Rand, around func(http.Handler) http.Handler) {
	time.Sleep(time.Until(published.AddDate(1, 0, 0)))
	var current atomic.Pointer[edition.Edition]
	save := func(n int) {
		e := publish(current.Load(), time.Now(), nil, post(2, fmt.Sprint("version ", n)), post(1, "one"))
		current.Store(e)
	}
	save(0)
	ctx, cancel := context.WithCancel(t.Context())
	p, ended := pipetest.New(), make(chan error, 1)
	h := around(server.New(server.Options{Edition: current.Load}))
	go func() { ended <- server.Serve(ctx, p, h, server.ServeOptions{Log: slog.New(slog.DiscardHandler)}) }()
	conn := p.Dial()
	defer conn.Close()
	pollers := []*poller{
		{name: "Last-Modified alone"}, {name: "Last-Modified and ETag", tag: true}, {name: "its own clock", clock: true},
		{name: "Last-Modified, of a page", path: "/"}, {name: "Last-Modified, of an alias", path: "/feed"},
	}
	gap := time.Duration(dice.IntN(1200)+50) * time.Millisecond
	for n := 1; n <= 60; n++ {
		time.Sleep(time.Duration(dice.Int64N(int64(gap))))
		if n < 40 && dice.IntN(2) == 0 {
			save(n)
		}
		for _, c := range pollers {
			if dice.IntN(2) == 0 {
				c.poll(t, conn, current.Load())
			}
		}
	}
	time.Sleep(3 * time.Second)
	for _, c := range pollers {
		c.poll(t, conn, current.Load())
		if !c.clock && c.poll(t, conn, current.Load()) != http.StatusNotModified {
			t.Errorf("%s: nothing has changed for three seconds, and it is told otherwise", c.name)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// poller is a client with habits of its own.
type poller struct {
	name       string
	path       string // empty: the RSS feed
	tag, clock bool   // sends the tag too; sends the time of its last visit as the date

	has, etag, since string
	last             time.Time // the latest Last-Modified
}

// poll asks once and returns the status.
func (c *poller) poll(t *testing.T, conn net.Conn, e *edition.Edition) int {
	t.Helper()
	path := c.path
	if path == "" {
		path = "/rss.xml"
	}
	request := "GET " + path + " HTTP/1.1\r\nHost: x\r\n"
	if c.since != "" {
		request += "If-Modified-Since: " + c.since + "\r\n"
	}
	if c.tag && c.etag != "" {
		request += "If-None-Match: " + c.etag + "\r\n"
	}
	if _, err := io.WriteString(conn, request+"\r\n"); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode == http.StatusOK {
		c.has = string(body)
	}
	if _, want := content(t, e, path); c.has != string(want.Body) {
		t.Errorf("%s: %d at %v leaves it with other bytes than are published", c.name, answer.StatusCode, time.Now())
	}
	c.remember(t, answer.Header)
	return answer.StatusCode
}

// remember takes the validators of an answer.
func (c *poller) remember(t *testing.T, h http.Header) {
	t.Helper()
	modified, date := moment(t, h.Get("Last-Modified")), moment(t, h.Get("Date"))
	if modified.After(date) || modified.Before(c.last) {
		t.Errorf("%s: Last-Modified is %v at %v, and was %v", c.name, modified, date, c.last)
	}
	c.last, c.etag, c.since = modified, h.Get("ETag"), h.Get("Last-Modified")
	if c.clock {
		c.since = h.Get("Date")
	}
}

func moment(t *testing.T, value string) time.Time {
	t.Helper()
	at, err := http.ParseTime(value)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// A clock that was set back, or dates of a state that are ahead of it: the date
// that is sent is never later than the answer's own, and hides nothing.
func TestDateAheadOfTheClock(t *testing.T) {
	for name, h := range bothWays(publish(nil, published.AddDate(1, 0, 0), edition.Dates{"/rss.xml": {Hash: "-", Modified: published.AddDate(1, 0, 0)}}, post(1, "one"))) {
		said, _ := transcript(t, h, "HEAD /rss.xml HTTP/1.1\r\nHost: x\r\n\r\n",
			"HEAD /rss.xml HTTP/1.1\r\nHost: x\r\nIf-Modified-Since: "+published.AddDate(1, 0, 0).Format(http.TimeFormat)+"\r\n\r\n")
		answers := bufio.NewReader(strings.NewReader(said))
		for range 2 {
			answer, err := http.ReadResponse(answers, &http.Request{Method: http.MethodHead})
			if err != nil {
				t.Fatal(err)
			}
			if got := answer.Header.Get("Last-Modified"); got != answer.Header.Get("Date") || answer.StatusCode != http.StatusOK {
				t.Errorf("%s: %d of %s at %s", name, answer.StatusCode, got, answer.Header.Get("Date"))
			}
		}
	}
}
