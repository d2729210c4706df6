package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
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

// The admin listener answers to the names that the settings give, and to no other that
// may lead here; the public one to every name.
func TestAdminAnswersToTheNamesOfTheSettings(t *testing.T) {
	t.Parallel()
	root := newFolder(t)
	must(t, os.WriteFile(filepath.Join(root, "a.md"), []byte(article("First")), 0o644))
	must(t, os.WriteFile(filepath.Join(root, "broadsheet.yaml"), []byte("admin-hosts: [Status.Example.net, broadsheet_admin]\n"), 0o644))
	s := startService(t, root)
	s.until("readiness", func() bool { return s.ask(s.admin+"/readyz").status == http.StatusOK })
	for host, want := range map[string]int{
		"status.example.net": 200, "STATUS.example.NET:9090": 200, "status.example.net.": 200, "broadsheet_admin:80": 200, "example.org": 200,
		"localhost": 200, "127.0.0.1": 200, "[::1]:9090": 200, "10.1.2.3": 200,
		"evil.example": 421, "status.example.net.evil.example": 421, "x.status.example.net": 421, "example.net": 421,
	} {
		for _, path := range []string{"/readyz", "/status", "/status.json", "/"} {
			if got := s.askAs(host, s.admin+path); got != want && (path != "/" || want == 421) {
				t.Errorf("%s%s: %d, want %d", host, path, got, want)
			}
		}
		if got := s.askAs(host, s.public+"/rss.xml"); got != 200 {
			t.Errorf("the feed as %s: %d", host, got)
		}
	}
}

// askAs returns the status of an answer to a request for another host.
func (s *service) askAs(host, address string) int {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, address, nil)
	must(s.t, err)
	request.Host = host
	response, err := s.client.Do(request)
	must(s.t, err)
	must(s.t, response.Body.Close())
	return response.StatusCode
}
