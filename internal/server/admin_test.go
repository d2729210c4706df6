package server_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

func TestHealthzAnswersWhateverHappens(t *testing.T) {
	address := start(t, server.NewAdmin(server.AdminOptions{
		Edition: func() *edition.Edition { return nil },
		Ready:   func() error { return errors.New("the folder is gone") },
		Status:  func() any { panic("status must not be asked") },
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
		"zero options": {server.AdminOptions{}, 200, "ready\n"},
		"published":    {server.AdminOptions{Edition: always(e), Ready: func() error { return nil }}, 200, "ready\n"},
		"no edition":   {server.AdminOptions{Edition: always(nil)}, 503, "not ready: nothing is published yet\n"},
		"not ready": {server.AdminOptions{Edition: always(e), Ready: func() error { return errors.New("posts: no such folder") }},
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

func TestStatusIsIndentedJSON(t *testing.T) {
	type facts struct {
		Posts    int            `json:"posts"`
		Problems []blog.Problem `json:"problems"`
	}
	want := facts{2, []blog.Problem{{File: "a<b>&c.md", Line: 3, Severity: blog.Warning, Message: "no date"}}}
	address := start(t, server.NewAdmin(server.AdminOptions{Status: func() any { return want }}))
	got := ask(t, address, "GET", "/status")
	if got.status != 200 {
		t.Fatalf("status %d: %s", got.status, got.body)
	}
	var read facts
	if err := json.Unmarshal([]byte(got.body), &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, read); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	if !strings.Contains(got.body, "\n      \"file\": \"a<b>&c.md\",\n") {
		t.Errorf("body is not for people:\n%s", got.body)
	}
	wantHeader := headers("Content-Type: application/json", "Cache-Control: no-store", "X-Content-Type-Options: nosniff")
	wantHeader["Content-Length"] = got.header["Content-Length"]
	if diff := cmp.Diff(wantHeader, got.header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func TestStatusWithoutFactsIsAnEmptyObject(t *testing.T) {
	got := ask(t, start(t, server.NewAdmin(server.AdminOptions{})), "GET", "/status")
	if got.status != 200 || got.body != "{}\n" {
		t.Errorf("%d %q, want 200 {}", got.status, got.body)
	}
}

func TestStatusThatCannotBeEncodedIsAnError(t *testing.T) {
	address := start(t, server.NewAdmin(server.AdminOptions{Status: func() any { return make(chan int) }}))
	if got := ask(t, address, "GET", "/status"); got.status != 500 || !strings.HasPrefix(got.body, "encode the status: ") {
		t.Errorf("%d %q, want 500 with the reason", got.status, got.body)
	}
}

func TestAdminAnswersNothingElse(t *testing.T) {
	address := start(t, server.NewAdmin(server.AdminOptions{}))
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
