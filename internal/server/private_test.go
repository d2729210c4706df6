package server_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

// TestPreviewsAreForOneself: whatever a preview answers, other sites may not read it,
// and no cache keeps it. What is published is for everybody.
func TestPreviewsAreForOneself(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "a.png"), []byte("0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, preview := range []bool{false, true} {
		e := edition.New(edition.Input{
			Site: blog.Site{Title: "T", URL: "https://example.org"}, Now: time.Unix(2e9, 0), Settings: edition.Settings{Preview: preview},
			Redirects: edition.Redirects{Posts: map[string]string{"/was/": "https://example.org/is/"}, Moves: []blog.Move{{From: "/old", To: "https://example.org/new"}}, Gone: []string{"/gone"}},
		})
		h := server.New(server.Options{Edition: always(e), Open: opens(root)})
		for path, status := range map[string]int{
			"/": 200, "/rss.xml": 200, "/feed": 200, "/feed.json": 200, "/old": 301, "/old?x=1": 301, "/was/": 301, "/gone": 410, "/none": 404, "/robots.txt": 200, "/favicon.ico": 204, "/a.png": 200,
		} {
			for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodOptions} {
				w := askFor(h, method, path, "localhost")
				shared := false
				for field := range w.Header() {
					shared = shared || strings.HasPrefix(field, "Access-Control-")
				}
				caching := w.Header().Get("Cache-Control")
				switch {
				case method != http.MethodOptions && w.Code != status:
					t.Errorf("preview %v: %s %s: %d, want %d", preview, method, path, w.Code, status)
				case preview && (shared || strings.Contains(caching, "public") || strings.Contains(caching, "max-age")):
					t.Errorf("%s %s of a preview is for others: %v", method, path, w.Header())
				case !preview && !shared && path != "/none" && path != "/robots.txt" && path != "/favicon.ico":
					t.Errorf("%s %s is not for others: %v", method, path, w.Header())
				}
			}
		}
	}
}

// TestPartsOfAFile holds requests for ranges (RFC 9110 section 14), and what they get.
func TestPartsOfAFile(t *testing.T) {
	s, _ := newMedia(t)
	first, _ := getMedia(t, s.URL+"/a.png", "If-None-Match", `"x"`) // the tag is known then
	tag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	for _, c := range []struct {
		asked, ifRange string
		status         int
		part, body     string
	}{
		{"", "", 200, "", "0123456789"},
		{"bytes=0-0", "", 206, "bytes 0-0/10", "0"}, {"bytes=2-4", "", 206, "bytes 2-4/10", "234"}, {"bytes=7-", "", 206, "bytes 7-9/10", "789"},
		{"bytes=-3", "", 206, "bytes 7-9/10", "789"}, {"bytes=-100", "", 206, "bytes 0-9/10", "0123456789"}, {"bytes=8-100", "", 206, "bytes 8-9/10", "89"},
		{"bytes=0-", "", 206, "bytes 0-9/10", "0123456789"}, {"Bytes=1-2", "", 206, "bytes 1-2/10", "12"}, {"bytes= 1-2 ", "", 206, "bytes 1-2/10", "12"}, {"bytes=,1-2,", "", 206, "bytes 1-2/10", "12"},
		{"bytes=9-9", "", 206, "bytes 9-9/10", "9"}, {"bytes=0-0,20-30", "", 206, "bytes 0-0/10", "0"},
		{"bytes=10-", "", 416, "bytes */10", ""}, {"bytes=99999999999999999999-", "", 416, "bytes */10", ""}, {"bytes=20-30,40-50", "", 416, "bytes */10", ""}, {"bytes=-0", "", 416, "bytes */10", ""},
		{"items=0-1", "", 200, "", "0123456789"}, {"bytes", "", 200, "", "0123456789"}, {"bytes=", "", 200, "", "0123456789"}, {"bytes=a-b", "", 200, "", "0123456789"},
		{"bytes=4-2", "", 200, "", "0123456789"}, {"bytes=--1", "", 200, "", "0123456789"}, {"bytes=1-2;3-4", "", 200, "", "0123456789"}, {"bytes=-", "", 200, "", "0123456789"},
		{"bytes=2-4", tag, 206, "bytes 2-4/10", "234"}, {"bytes=2-4", modified, 206, "bytes 2-4/10", "234"}, {"bytes=2-4", `"other"`, 200, "", "0123456789"},
		{"bytes=2-4", "W/" + tag, 200, "", "0123456789"}, {"bytes=2-4", "Thu, 01 Jan 1970 00:00:00 GMT", 200, "", "0123456789"}, {"bytes=20-", `"other"`, 200, "", "0123456789"},
		{"", tag, 200, "", "0123456789"},
	} {
		resp, body := getMedia(t, s.URL+"/a.png", "Range", c.asked, "If-Range", c.ifRange)
		if resp.StatusCode == http.StatusRequestedRangeNotSatisfiable {
			body = ""
		}
		if resp.StatusCode != c.status || resp.Header.Get("Content-Range") != c.part || body != c.body {
			t.Errorf("Range %q, If-Range %q: %d %q %q, want %d %q %q", c.asked, c.ifRange, resp.StatusCode, resp.Header.Get("Content-Range"), body, c.status, c.part, c.body)
		}
	}
	resp, body := getMedia(t, s.URL+"/a.png", "Range", "bytes=0-1,8-9")
	if resp.StatusCode != http.StatusPartialContent || !strings.HasPrefix(resp.Header.Get("Content-Type"), "multipart/byteranges; boundary=") ||
		!strings.Contains(body, "Content-Range: bytes 0-1/10\r\n") || !strings.Contains(body, "\r\n\r\n01\r\n") || !strings.Contains(body, "\r\n\r\n89\r\n") {
		t.Errorf("two parts: %d %v\n%s", resp.StatusCode, resp.Header, body)
	}
}
