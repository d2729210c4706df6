package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/url"
	"os"
	"strings"
	"testing"
)

// lineOf returns a value of the first line of the log with a message; empty where
// there is none.
func lineOf(log *output, message, key string) string {
	for line := range strings.Lines(log.String()) {
		facts := map[string]any{}
		if json.Unmarshal([]byte(line), &facts) == nil && facts["msg"] == message {
			value, _ := facts[key].(string)
			return value
		}
	}
	return ""
}

// Documents and log name the port that the system chose, and go on to do so when
// the settings are read anew.
func TestPortThatTheSystemChoseIsNamed(t *testing.T) {
	t.Parallel()
	for listen, host := range map[string]string{":0": "localhost", "127.0.0.1:0": "127.0.0.1", "localhost:00": "localhost", "0.0.0.0:0": "localhost"} {
		t.Run(listen, func(t *testing.T) {
			s := servePort(t, listen)
			listening, err := url.Parse("http://" + lineOf(s.log, "listening", "address"))
			must(t, err)
			s.public = "http://" + net.JoinHostPort(host, listening.Port())
			if listening.Port() == "0" || lineOf(s.log, "no public URL is set: links and ids name this machine; give one with --url before anybody subscribes", "url") != s.public {
				t.Errorf("want %s in the log:\n%s", s.public, s.log)
			}
			s.admin = "http://" + lineOf(s.log, "health and status", "address")
			if got := s.ask(s.admin + "/readyz").status; got != 200 {
				t.Errorf("%s/readyz: %d", s.admin, got)
			}
			s.until("a feed that names its own address", func() bool { return s.names(`"feed_url":"` + s.public + `/feed.json"`) })
			s.write("broadsheet.yaml", "title: New\n")
			s.until("the new title, and the port of before", func() bool {
				return s.names(`"title":"New","home_page_url":"` + s.public + `/"`)
			})
		})
	}
}

// names reports whether the feed holds a text, spaces between its values aside.
func (s *service) names(text string) bool {
	var compact bytes.Buffer
	return json.Compact(&compact, []byte(s.feed())) == nil && strings.Contains(compact.String(), text)
}

// servePort serves a post at an address to listen on, without a public URL.
func servePort(t *testing.T, listen string) *service {
	t.Helper()
	s, _ := newService(t, newFolder(t), nil)
	must(t, os.WriteFile(s.path("a.md"), []byte(article("First")), 0o644))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", s.root, "--listen", listen, "--admin-listen", "127.0.0.1:0", "--log-format", "json"}, s.log, s.log)
	}()
	t.Cleanup(func() {
		cancel()
		if code := <-ended; code != 0 {
			t.Errorf("serve ended with %d:\n%s", code, s.log)
		}
		s.client.CloseIdleConnections()
	})
	s.until("the public listener", func() bool { return lineOf(s.log, "listening", "address") != "" })
	return s
}
