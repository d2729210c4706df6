package server_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
	"broadsheet/internal/status"
)

func TestHealthzAnswersWhateverHappens(t *testing.T) {
	address := start(t, server.NewAdmin(server.AdminOptions{Hosts: []string{"example.com"},
		Edition: func() *edition.Edition { return nil },
		Ready:   func() error { return errors.New("the folder is gone") },
		Status:  func() status.Facts { panic("status must not be asked") },
	}))
	if got := ask(t, address, "GET", "/healthz"); got.status != 200 || got.body != "ok\n" {
		t.Errorf("%d %q, want 200 ok", got.status, got.body)
	}
}

func TestReadyzNamesTheReason(t *testing.T) {
	e := newEdition(t, 1)
	for name, test := range map[string]struct {
		options server.AdminOptions
		status  int
		body    string
	}{
		"zero options": {server.AdminOptions{Hosts: []string{"example.com"}}, 200, "ready\n"},
		"published":    {server.AdminOptions{Hosts: []string{"example.com"}, Edition: always(e), Ready: func() error { return nil }}, 200, "ready\n"},
		"no edition":   {server.AdminOptions{Hosts: []string{"example.com"}, Edition: always(nil)}, 503, "not ready: nothing is published yet\n"},
		"not ready": {server.AdminOptions{Hosts: []string{"example.com"}, Edition: always(e), Ready: func() error { return errors.New("posts: no such folder") }},
			503, "not ready: posts: no such folder\n"},
	} {
		t.Run(name, func(t *testing.T) {
			address := start(t, server.NewAdmin(test.options))
			got := ask(t, address, "GET", "/readyz")
			if got.status != test.status || got.body != test.body || got.get("Cache-Control") != "no-store" {
				t.Errorf("%d %q, Cache-Control %q; want %d %q, no-store", got.status, got.body, got.get("Cache-Control"), test.status, test.body)
			}
			if head := ask(t, address, "HEAD", "/readyz"); head.status != test.status || head.body != "" {
				t.Errorf("HEAD: %d %q, want %d without a body", head.status, head.body, test.status)
			}
		})
	}
}

// factsWith returns those of a service with one hostile problem.
func factsWith(text string) func() status.Facts {
	return func() status.Facts {
		return status.Facts{State: status.Ready, Problems: []status.Problem{{
			Problem: blog.Problem{File: "a<b>&c.md", Line: 3, Severity: blog.Warning, Message: "no date"}, Text: text,
		}}}
	}
}

const browserAccepts = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

func TestStatusIsIndentedJSON(t *testing.T) {
	facts := factsWith("title: <b>")
	address := start(t, server.NewAdmin(server.AdminOptions{Hosts: []string{"example.com"}, Status: facts}))
	got := ask(t, address, "GET", "/status")
	if got.status != 200 {
		t.Fatalf("status %d: %s", got.status, got.body)
	}
	var read status.Facts
	if err := json.Unmarshal([]byte(got.body), &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(facts(), read); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	if !strings.Contains(got.body, "\n      \"file\": \"a<b>&c.md\",\n") {
		t.Errorf("body is not for people:\n%s", got.body)
	}
	wantHeader := headers("Content-Type: application/json", "Cache-Control: no-store", "X-Content-Type-Options: nosniff", "Vary: Accept")
	wantHeader["Content-Length"] = got.header["Content-Length"]
	if diff := cmp.Diff(wantHeader, got.header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func TestStatusIsAPageForBrowsersAndJSONForOthers(t *testing.T) {
	address := start(t, server.NewAdmin(server.AdminOptions{Hosts: []string{"example.com"}, Status: factsWith("title: <b>")}))
	const jsonType, pageType = "application/json", "text/html; charset=utf-8"
	for _, test := range []struct {
		path, accept string
		want         string
		vary         string
	}{
		{"/status", "", jsonType, "Accept"},
		{"/status", "Accept: */*", jsonType, "Accept"}, // curl
		{"/status", "Accept: application/json", jsonType, "Accept"},
		{"/status", "Accept: application/json, text/html", jsonType, "Accept"},
		{"/status", browserAccepts, pageType, "Accept"},
		{"/status?still", browserAccepts, pageType, "Accept"},
		{"/status", "Accept: text/html", pageType, "Accept"},
		{"/status.json", browserAccepts, jsonType, ""},
		{"/status.json", "", jsonType, ""},
	} {
		var lines []string
		if test.accept != "" {
			lines = append(lines, test.accept)
		}
		got := ask(t, address, "GET", test.path, lines...)
		if got.status != 200 || got.get("Content-Type") != test.want || got.get("Vary") != test.vary || got.get("Cache-Control") != "no-store" {
			t.Errorf("%s, %q: %d %v", test.path, test.accept, got.status, got.header)
		}
		policy := got.get("Content-Security-Policy")
		if page := test.want == pageType; page != strings.HasPrefix(got.body, "<!DOCTYPE html>") || page != strings.HasPrefix(policy, "default-src 'none'; ") ||
			strings.Contains(policy, "script") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s, %q: policy %q, body\n%s", test.path, test.accept, policy, got.body)
		}
		refreshes := strings.Contains(got.body, `http-equiv="refresh"`)
		if want := test.want == pageType && !strings.Contains(test.path, "?"); refreshes != want {
			t.Errorf("%s: refreshes itself: %v, want %v", test.path, refreshes, want)
		}
		if head := ask(t, address, "HEAD", test.path, lines...); head.body != "" || head.get("Content-Length") != got.get("Content-Length") {
			t.Errorf("HEAD %s, %q: %v", test.path, test.accept, head.header)
		}
	}
}

func TestAdminRootLeadsBrowsersToTheStatus(t *testing.T) {
	address := start(t, server.NewAdmin(server.AdminOptions{Hosts: []string{"example.com"}}))
	got := ask(t, address, "GET", "/", browserAccepts)
	if got.status != 303 || got.get("Location") != "/status" || got.get("Vary") != "Accept" || got.get("Cache-Control") != "no-store" {
		t.Errorf("%d %v, want 303 to /status", got.status, got.header)
	}
}

func TestStatusWithoutFactsIsAnEmptyObject(t *testing.T) {
	address := start(t, server.NewAdmin(server.AdminOptions{Hosts: []string{"example.com"}}))
	for _, accept := range []string{"Accept: */*", browserAccepts} {
		if got := ask(t, address, "GET", "/status", accept); got.status != 200 || got.body != "{}\n" {
			t.Errorf("%s: %d %q, want 200 {}", accept, got.status, got.body)
		}
	}
}

func TestStatusThatCannotBeEncodedIsAnError(t *testing.T) {
	address := start(t, server.NewAdmin(server.AdminOptions{Hosts: []string{"example.com"}, Status: func() status.Facts {
		return status.Facts{Scan: status.Scan{Seconds: math.NaN()}}
	}}))
	if got := ask(t, address, "GET", "/status"); got.status != 500 || !strings.HasPrefix(got.body, "encode the status: ") {
		t.Errorf("%d %q, want 500 with the reason", got.status, got.body)
	}
}

func TestAdminAnswersNothingElse(t *testing.T) {
	address := start(t, server.NewAdmin(server.AdminOptions{Hosts: []string{"example.com"}}))
	for _, test := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/", 404}, {"GET", "/rss.xml", 404}, {"GET", "//healthz", 404}, {"GET", "/healthz/", 404},
		{"GET", "/../status", 404}, {"GET", "/%00", 404},
		{"POST", "/status", 405}, {"DELETE", "/nowhere", 405}, {"OPTIONS", "/status", 204},
	} {
		got := ask(t, address, test.method, test.path)
		if got.status != test.want || got.get("Cache-Control") != "no-store" || got.header["Location"] != nil {
			t.Errorf("%s %s: %d %v, want %d, no-store", test.method, test.path, got.status, got.header, test.want)
		}
		if test.want != 404 && got.get("Allow") != "GET, HEAD, OPTIONS" {
			t.Errorf("%s %s: Allow %q", test.method, test.path, got.get("Allow"))
		}
		if got.get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s %s: other origins are let in", test.method, test.path)
		}
	}
}
