package server_test

import (
	"strings"
	"testing"
)

func TestEveryFeedHasItsContentType(t *testing.T) {
	address := start(t, newHandler(t))
	for path, want := range map[string]string{
		"/rss.xml":   "application/rss+xml; charset=utf-8",
		"/atom.xml":  "application/atom+xml; charset=utf-8",
		"/feed.json": "application/feed+json",
		"/":          "text/html; charset=utf-8",
	} {
		if got := ask(t, address, "GET", path); got.status != 200 || got.get("Content-Type") != want {
			t.Errorf("%s: %d %q, want 200 %q", path, got.status, got.get("Content-Type"), want)
		} else if strings.HasSuffix(path, ".xml") && !strings.HasPrefix(got.body, `<?xml version="1.0" encoding="UTF-8"?>`) {
			t.Errorf("%s begins %.60q, want a declaration of UTF-8", path, got.body)
		}
	}
}

func TestPagesAllowTheirOwnScriptOnly(t *testing.T) {
	address := start(t, newHandler(t))
	page, feed := ask(t, address, "GET", "/"), ask(t, address, "GET", "/rss.xml")
	policy := page.get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "; script-src 'sha256-") || strings.Count(policy, "sha256-") != 1 || page.get("Referrer-Policy") == "" {
		t.Errorf("page header %v, want a strict policy", page.header)
	}
	if feed.get("Content-Security-Policy") != "" {
		t.Errorf("feed header %v, want no policy", feed.header)
	}
}

func TestBrowserIsShownTheFeed(t *testing.T) {
	address := start(t, newHandler(t))
	browser := "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	const asXML, both, one = "application/xml; charset=utf-8", "Accept-Encoding, Accept", "Accept-Encoding"
	for _, test := range []struct{ path, accept, contentType, vary string }{
		{"/rss.xml", browser, asXML, both},
		{"/atom.xml", browser, asXML, both},
		{"/rss.xml", "TEXT/HTML", asXML, both},
		{"/rss.xml", "text/html;q=0.9", asXML, both},
		{"/feed.json", browser, "application/feed+json", one},
		{"/", browser, "text/html; charset=utf-8", one},
		{"/rss.xml", "text/html, application/rss+xml", "application/rss+xml; charset=utf-8", one},
		{"/rss.xml", "text/html, application/ATOM+xml;q=0.1", "application/rss+xml; charset=utf-8", one},
		{"/rss.xml", "application/rss+xml, text/html", "application/rss+xml; charset=utf-8", one},
		{"/rss.xml", "*/*", "application/rss+xml; charset=utf-8", one},
		{"/rss.xml", "application/pdf", "application/rss+xml; charset=utf-8", one},
		{"/rss.xml", "text/htmlx", "application/rss+xml; charset=utf-8", one},
		{"/rss.xml", "", "application/rss+xml; charset=utf-8", one},
		{"/rss.xml", ";;,,;", "application/rss+xml; charset=utf-8", one},
	} {
		plain := ask(t, address, "GET", test.path)
		got := ask(t, address, "GET", test.path, "Accept: "+test.accept)
		if got.status != 200 || got.get("Content-Type") != test.contentType || got.get("Vary") != test.vary {
			t.Errorf("%s, Accept %q: %d %q, Vary %q; want 200 %q, Vary %q", test.path, test.accept,
				got.status, got.get("Content-Type"), got.get("Vary"), test.contentType, test.vary)
		}
		if got.body != plain.body || got.get("ETag") != plain.get("ETag") {
			t.Errorf("%s, Accept %q: other bytes or another ETag", test.path, test.accept)
		}
	}
	got := ask(t, address, "GET", "/rss.xml", "Accept: "+browser, "If-None-Match: *")
	if got.status != 304 || got.get("Vary") != both || got.header["Content-Type"] != nil {
		t.Errorf("304 to a browser: %d %v, want Vary as in the 200 and no Content-Type", got.status, got.header)
	}
}
