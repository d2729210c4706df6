package server_test

import (
	"compress/gzip"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"broadsheet/internal/server"
)

func TestAcceptEncoding(t *testing.T) {
	address := start(t, newHandler(t))
	plain := ask(t, address, "GET", "/rss.xml")
	for value, want := range map[string]string{
		"gzip":                             "gzip",
		"GZip":                             "gzip",
		"x-gzip":                           "gzip",
		"X-GZIP":                           "gzip",
		"gzip, deflate":                    "gzip",
		"gzip;q=1.0":                       "gzip",
		"gzip; q=0.001":                    "gzip",
		"gzip ; Q=1":                       "gzip",
		"gzip;level=9;q=0.5":               "gzip",
		"gzip;q=1, identity;q=0":           "gzip",
		"identity;q=1, gzip;q=0.5":         "gzip",
		"br":                               "br",
		"BR":                               "br",
		"zstd":                             "zstd",
		"Zstd;q=0.1":                       "zstd",
		"deflate, zstd":                    "zstd",
		"br,gzip":                          "br",
		"gzip, deflate, br, zstd":          "br",
		"zstd, gzip":                       "zstd",
		"br;q=0.9, zstd":                   "zstd",
		"br;q=0.5, zstd;q=0.4, gzip;q=0.8": "gzip",
		"deflate , gzip;q=0.1 , br":        "br",
		"br;q=0, gzip":                     "gzip",
		"br;q=0, zstd;q=0, *":              "gzip",
		"br;q=high, gzip;q=0.1":            "gzip",

		// Whoever is not particular gets the coding that everybody knows.
		"*":               "gzip",
		"*;q=0.1":         "gzip",
		"br, *;q=0.5":     "br",
		"br;q=0.1, *":     "gzip",
		"*;q=0, gzip":     "gzip",
		"*;q=0, br":       "br",
		"gzip;q=0, *":     "",
		"*, gzip;q=0":     "",
		"gzip;q=0, br, *": "br",

		"":                    "",
		"identity":            "",
		"none":                "",
		"deflate":             "",
		"gzip;q=0":            "",
		"gzip;q=0.000":        "",
		"br;q=0":              "",
		"*;q=0":               "",
		"identity;q=0":        "",
		"identity;q=0, *;q=0": "",
		"gzip;q=high":         "",
		"gzip;q=":             "",
		"gzip;q=-1":           "",
		"gzip;q=2":            "",
		"gzip;q=NaN":          "",
		"gzipped":             "",
		"x-br":                "",
		"x-":                  "",
		"xxgzip":              "",
		",;=,;q":              "",
	} {
		got := ask(t, address, "GET", "/rss.xml", "Accept-Encoding: "+value)
		if coding := got.get("Content-Encoding"); got.status != 200 || coding != want {
			t.Errorf("Accept-Encoding %q: %d, coding %q; want %q", value, got.status, coding, want)
		}
		if got.get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: Vary %q", value, got.get("Vary"))
		}
		if decoded(t, got.get("Content-Encoding"), got.body) != plain.body {
			t.Errorf("Accept-Encoding %q: the decoded bytes differ", value)
		}
		head := ask(t, address, "HEAD", "/rss.xml", "Accept-Encoding: "+value)
		again := ask(t, address, "GET", "/rss.xml", "Accept-Encoding: "+value, "If-None-Match: "+got.get("ETag"))
		if head.get("ETag") != got.get("ETag") || head.get("Content-Length") != got.get("Content-Length") {
			t.Errorf("Accept-Encoding %q: HEAD says %v, GET %v", value, head.header, got.header)
		}
		if again.status != 304 || again.get("ETag") != got.get("ETag") || again.get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: %d %v the second time, want 304 with the same tag", value, again.status, again.header)
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
	got := ask(t, start(t, newHandler(t)), "GET", "/rss.xml", "Accept-Encoding: deflate", "Accept-Encoding: gzip")
	if got.get("Content-Encoding") != "gzip" {
		t.Errorf("coding %q, want gzip", got.get("Content-Encoding"))
	}
}

func TestEveryCodingIsSmaller(t *testing.T) {
	address := start(t, newHandler(t))
	plain := ask(t, address, "GET", "/rss.xml")
	for _, coding := range []string{"gzip", "br", "zstd"} {
		if got := ask(t, address, "GET", "/rss.xml", "Accept-Encoding: "+coding); len(got.body) >= len(plain.body) {
			t.Errorf("%d bytes of %s for %d", len(got.body), coding, len(plain.body))
		}
	}
}

// What is too short to gain by it is sent as it is, under the tag that every
// client gets.
func TestShortDocumentHasNoCoding(t *testing.T) {
	e := newEdition(t, 0)
	address := start(t, server.New(server.Options{Edition: always(e)}))
	_, c := content(t, e, "/feed.json")
	for _, coding := range []string{"gzip", "br", "zstd"} {
		got := ask(t, address, "GET", "/feed.json", "Accept-Encoding: "+coding)
		if got.get("Content-Encoding") != "" || got.get("ETag") != `"`+c.Hash+`"` || got.body != string(c.Body) || got.get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %v, want the %d bytes as they are", coding, got.header, len(c.Body))
		}
	}
}

// Brotli takes megabytes to work with, so whoever makes a variant shows.
func TestUnchangedMakesNoVariant(t *testing.T) {
	e := newEdition(t, 3)
	_, c := content(t, e, "/rss.xml")
	poll := pollsOf(t, server.New(server.Options{Edition: always(e)}), 304, "Accept-Encoding: br", "If-None-Match: "+`"`+c.Hash+`-br"`)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	poll()
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 100<<10 {
		t.Errorf("a 304 took %d bytes of memory", used)
	}
}

// decoded returns a body without its content coding.
func decoded(t *testing.T, coding, body string) string {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	var err error
	switch coding {
	case "gzip":
		r, err = gzip.NewReader(r)
	case "br":
		r = brotli.NewReader(r)
	case "zstd":
		var z *zstd.Decoder
		z, err = zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
		if err == nil {
			defer z.Close()
		}
		r = z
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
