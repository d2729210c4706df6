package server_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

func TestMovedGoneAndQueriedAddresses(t *testing.T) {
	site := blog.Site{URL: "https://example.org", Title: "Example", Zone: time.UTC}
	e := edition.New(edition.Input{Site: site, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Redirects: edition.Redirects{
		Posts: map[string]string{"/%C3%A4lt/": "https://example.org/neu/"},
		Moves: []blog.Move{{From: "/blog/*", To: "/*"}, {From: "/away/*", To: "https://elsewhere.example/x/*"}},
		Gone:  []string{"/gone/*"},
	}})
	h := server.New(server.Options{Edition: func() *edition.Edition { return e }})
	for target, want := range map[string]struct {
		status   int
		location string
	}{
		"/blog/2024/a":                 {301, "https://example.org/2024/a"},
		"/blog//evil.example/x":        {301, "https://example.org/evil.example/x"},
		"/blog/a%3Fb%23c":              {301, "https://example.org/a%3Fb%23c"},
		"/away/https://a.b":            {301, "https://elsewhere.example/x/https://a.b"},
		"/%C3%A4lt":                    {301, "https://example.org/neu/"},
		"/gone/x":                      {410, ""},
		"/nowhere":                     {404, ""},
		"/?feed=rss2":                  {200, ""},
		"/?feed=atom&x=y":              {200, ""},
		"/feeds/posts/default":         {200, ""},
		"/feeds/posts/default?alt=rss": {200, ""},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
		if w.Code != want.status || w.Header().Get("Location") != want.location {
			t.Errorf("%s: %d to %q, want %d to %q", target, w.Code, w.Header().Get("Location"), want.status, want.location)
		}
	}
	for target, want := range map[string]string{"/?feed=rss2": "application/rss+xml; charset=utf-8", "/?feed=atom&x=y": "application/atom+xml; charset=utf-8", "/feeds/posts/default?alt=rss": "application/rss+xml; charset=utf-8", "/?utm=x": "text/html; charset=utf-8"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
		if got := w.Header().Get("Content-Type"); got != want {
			t.Errorf("%s: %s", target, got)
		}
	}
}
