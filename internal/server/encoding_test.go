package server_test

import (
	"compress/gzip"
	"io"
	"strings"
	"testing"
)

func TestAcceptEncoding(t *testing.T) {
	address := start(t, newHandler(t))
	plain := ask(t, address, "GET", "/rss.xml")
	for _, test := range []struct {
		value string
		gzip  bool
	}{
		{"gzip", true},
		{"GZip", true},
		{"x-gzip", true},
		{"X-GZIP", true},
		{"gzip, deflate", true},
		{"br,gzip", true},
		{"deflate , gzip;q=0.1 , br", true},
		{"gzip;q=1.0", true},
		{"gzip; q=0.001", true},
		{"gzip ; Q=1", true},
		{"gzip;level=9;q=0.5", true},
		{"gzip;q=1, identity;q=0", true},
		{"identity;q=1, gzip;q=0.5", true},
		{"*", true},
		{"br, *;q=0.5", true},
		{"*;q=0, gzip", true},
		{"", false},
		{"identity", false},
		{"none", false},
		{"br", false},
		{"deflate, zstd", false},
		{"gzip;q=0", false},
		{"gzip;q=0.000", false},
		{"gzip;q=0, *", false},
		{"*, gzip;q=0", false},
		{"*;q=0", false},
		{"identity;q=0", false},
		{"identity;q=0, *;q=0", false},
		{"gzip;q=high", false},
		{"gzip;q=", false},
		{"gzip;q=-1", false},
		{"gzip;q=2", false},
		{"gzip;q=NaN", false},
		{"gzipped", false},
		{"x-", false},
		{"xxgzip", false},
		{",;,=;q", false},
	} {
		got := ask(t, address, "GET", "/rss.xml", "Accept-Encoding: "+test.value)
		coding := got.get("Content-Encoding")
		if got.status != 200 || (coding == "gzip") != test.gzip || (coding == "") == test.gzip {
			t.Errorf("Accept-Encoding %q: %d, coding %q; want gzip: %v", test.value, got.status, coding, test.gzip)
		}
		if got.get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: Vary %q", test.value, got.get("Vary"))
		}
		if decoded(t, got) != plain.body {
			t.Errorf("Accept-Encoding %q: the decoded bytes differ", test.value)
		}
	}
}

func TestNoAcceptEncodingMeansIdentity(t *testing.T) {
	got := ask(t, start(t, newHandler(t)), "GET", "/rss.xml")
	if got.get("Content-Encoding") != "" || got.get("Vary") != "Accept-Encoding" {
		t.Errorf("header %v, want no coding, and Vary", got.header)
	}
}

func TestAcceptEncodingOnSeveralLines(t *testing.T) {
	got := ask(t, start(t, newHandler(t)), "GET", "/rss.xml", "Accept-Encoding: br", "Accept-Encoding: gzip")
	if got.get("Content-Encoding") != "gzip" {
		t.Errorf("coding %q, want gzip", got.get("Content-Encoding"))
	}
}

func TestGzipIsSmaller(t *testing.T) {
	address := start(t, newHandler(t))
	plain, zipped := ask(t, address, "GET", "/rss.xml"), ask(t, address, "GET", "/rss.xml", "Accept-Encoding: gzip")
	if len(zipped.body) >= len(plain.body) {
		t.Errorf("%d bytes of gzip for %d", len(zipped.body), len(plain.body))
	}
}

// decoded returns the body without its content coding.
func decoded(t *testing.T, r reply) string {
	t.Helper()
	if r.get("Content-Encoding") != "gzip" {
		return r.body
	}
	z, err := gzip.NewReader(strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
