package server_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/leaktest"
	"broadsheet/internal/server"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// published is when the test editions come out.
var published = time.Date(2020, 6, 1, 12, 0, 0, 0, time.UTC)

// newEdition publishes n posts, a second later than the edition with one less.
func newEdition(tb testing.TB, n int) *edition.Edition {
	tb.Helper()
	site := blog.Site{Title: "Example", URL: "https://example.org", Language: "en", Authority: "example.org",
		Authors: []blog.Author{{Name: "Ada Example"}}, Zone: time.UTC}
	var posts []*blog.Post
	for i := n; i > 0; i-- {
		day := time.Date(2020, 1, i, 9, 0, 0, 0, time.UTC)
		slug := fmt.Sprintf("post-%d", i)
		posts = append(posts, &blog.Post{
			Path: slug + ".md", File: blog.StampOf(day), Published: day, Updated: day,
			ID: "tag:example.org,2020:" + slug, URL: site.URL + "/" + slug + "/", Slug: slug, Title: fmt.Sprintf("Post %d", i),
			Body: []byte(strings.Repeat("A sentence that compresses well. ", 40)), BodyLine: 1,
		})
	}
	return edition.New(edition.Input{Site: site, Posts: posts, Now: published.Add(time.Duration(n) * time.Second)})
}

// always returns e for every request.
func always(e *edition.Edition) func() *edition.Edition {
	return func() *edition.Edition { return e }
}

func newHandler(tb testing.TB) http.Handler {
	tb.Helper()
	return server.New(server.Options{Edition: always(newEdition(tb, 3))})
}

func TestDocumentAnswersHaveExactlyTheseHeaders(t *testing.T) {
	e := newEdition(t, 3)
	d, c := content(t, e, "/rss.xml")
	address := start(t, server.New(server.Options{Edition: always(e)}))
	if !c.Has(edition.Gzip) || d.Link() == "" {
		t.Fatal("the test needs a document with a gzip variant and a Link")
	}
	validators := func(tag string) []string {
		return []string{
			`ETag: "` + tag + `"`,
			"Last-Modified: " + c.Modified.Format(http.TimeFormat),
			"Cache-Control: public, max-age=300, stale-if-error=86400",
			"Vary: Accept-Encoding",
			"Link: " + d.Link(),
			"Access-Control-Allow-Origin: *",
			"Access-Control-Expose-Headers: ETag, Last-Modified, Link",
		}
	}
	full := func(tag string, body []byte, more ...string) http.Header {
		return headers(append(append(validators(tag), more...),
			"Content-Type: application/rss+xml; charset=utf-8",
			fmt.Sprintf("Content-Length: %d", len(body)),
			"Accept-Ranges: none",
			"X-Content-Type-Options: nosniff")...)
	}
	for name, test := range map[string]struct {
		method string
		lines  []string
		want   reply
	}{
		"GET":               {"GET", nil, reply{200, full(c.Hash, c.Body), string(c.Body)}},
		"GET gzip":          {"GET", []string{"Accept-Encoding: gzip"}, reply{200, full(c.Hash+"-gzip", c.In(edition.Gzip), "Content-Encoding: gzip"), string(c.In(edition.Gzip))}},
		"HEAD":              {"HEAD", nil, reply{200, full(c.Hash, c.Body), ""}},
		"HEAD gzip":         {"HEAD", []string{"Accept-Encoding: gzip"}, reply{200, full(c.Hash+"-gzip", c.In(edition.Gzip), "Content-Encoding: gzip"), ""}},
		"unchanged":         {"GET", []string{`If-None-Match: "` + c.Hash + `"`}, reply{304, headers(validators(c.Hash)...), ""}},
		"unchanged gzip":    {"GET", []string{"Accept-Encoding: gzip", `If-None-Match: "` + c.Hash + `"`}, reply{304, headers(validators(c.Hash + "-gzip")...), ""}},
		"unchanged by HEAD": {"HEAD", []string{`If-None-Match: "` + c.Hash + `"`}, reply{304, headers(validators(c.Hash)...), ""}},
		"unchanged by date": {"GET", []string{"If-Modified-Since: " + c.Modified.Format(http.TimeFormat)}, reply{304, headers(validators(c.Hash)...), ""}},
	} {
		t.Run(name, func(t *testing.T) {
			got := ask(t, address, test.method, "/rss.xml", test.lines...)
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(reply{})); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOtherAnswersAreExactlyThese(t *testing.T) {
	published, waiting := start(t, newHandler(t)), start(t, server.New(server.Options{}))
	text := func(status int, body string, lines ...string) reply {
		lines = append(lines, "Content-Type: text/plain; charset=utf-8", fmt.Sprintf("Content-Length: %d", len(body)))
		return reply{status, headers(lines...), body}
	}
	notFound := text(404, "There is nothing at this address.\n", "Cache-Control: public, max-age=60", "X-Content-Type-Options: nosniff", "Vary: Accept")
	notAllowed := text(405, "Only GET, HEAD and OPTIONS are answered here.\n", "Cache-Control: no-store", "Allow: GET, HEAD, OPTIONS")
	notYet := text(503, "This is not available yet. Please come back in half a minute.\n", "Cache-Control: no-store", "Retry-After: 30")
	robots := text(200, "User-agent: *\nAllow: /\n", "Cache-Control: public, max-age=86400", "X-Content-Type-Options: nosniff")
	favicon := reply{204, headers("Cache-Control: public, max-age=86400"), ""}
	preflight := reply{204, headers("Allow: GET, HEAD, OPTIONS", "Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: GET, HEAD",
		"Access-Control-Allow-Headers: If-None-Match, If-Modified-Since, A-IM", "Access-Control-Max-Age: 86400"), ""}
	for _, test := range []struct {
		address, method, path string
		want                  reply
	}{
		{published, "GET", "/nowhere.xml", notFound},
		{published, "HEAD", "/nowhere.xml", notFound},
		{published, "POST", "/rss.xml", notAllowed},
		{published, "PUT", "/rss.xml", notAllowed},
		{published, "DELETE", "/rss.xml", notAllowed},
		{published, "PROPFIND", "/rss.xml", notAllowed},
		{published, "TRACE", "/rss.xml", notAllowed},
		{published, "get", "/rss.xml", notAllowed},
		{published, "OPTIONS", "/rss.xml", preflight},
		{published, "GET", "/robots.txt", robots},
		{published, "HEAD", "/robots.txt", robots},
		{published, "GET", "/favicon.ico", favicon},
		{waiting, "GET", "/rss.xml", notYet},
		{waiting, "HEAD", "/nowhere.xml", notYet},
		{waiting, "POST", "/rss.xml", notAllowed},
		{waiting, "OPTIONS", "/rss.xml", preflight},
		{waiting, "GET", "/robots.txt", robots},
	} {
		t.Run(fmt.Sprintf("%s %s %d", test.method, test.path, test.want.status), func(t *testing.T) {
			if test.method == "HEAD" {
				test.want.body = ""
			}
			got := ask(t, test.address, test.method, test.path)
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(reply{})); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

func TestQueryChangesNothing(t *testing.T) {
	address := start(t, newHandler(t))
	want := ask(t, address, "GET", "/rss.xml")
	for _, query := range []string{"?_=123", "?utm_source=x&utm_medium=y", "?null", "?", "?%zz;&=&", "?a=" + strings.Repeat("x", 5000)} {
		if diff := cmp.Diff(want, ask(t, address, "GET", "/rss.xml"+query), cmp.AllowUnexported(reply{})); diff != "" {
			t.Errorf("%.40s (-without +with):\n%s", query, diff)
		}
		if got := ask(t, address, "GET", "/rss.xml"+query, "If-None-Match: "+want.get("ETag")); got.status != 304 {
			t.Errorf("%.40s: conditional request %d, want 304", query, got.status)
		}
	}
}

func TestRangeIsIgnored(t *testing.T) {
	address := start(t, newHandler(t))
	want := ask(t, address, "GET", "/rss.xml")
	for _, lines := range [][]string{
		{"Range: bytes=0-10"},
		{"Range: bytes=999999999-"},
		{"Range: bytes=0-10", "If-Range: " + want.get("ETag")},
		{"Range: bytes=0-10", `If-Range: "other"`},
	} {
		if diff := cmp.Diff(want, ask(t, address, "GET", "/rss.xml", lines...), cmp.AllowUnexported(reply{})); diff != "" {
			t.Errorf("%q (-without +with):\n%s", lines, diff)
		}
	}
}

func TestOddPathsAreNotFound(t *testing.T) {
	address := start(t, newHandler(t))
	for _, path := range []string{
		"/..%2f..%2fetc/passwd",
		"//evil.example/", "/%5cevil.example", "/\\evil.example/", "http://evil.example/nowhere",
		"/rss.xml%00", "/%00", "/%ff%fe", "/rss.xml%0d%0aX-Evil:%201", "/" + strings.Repeat("a", 30000),
	} {
		got := ask(t, address, "GET", path)
		if got.status != 404 || got.header["Location"] != nil || got.header["X-Evil"] != nil {
			t.Errorf("GET %.60s: %d with header %v, want a plain 404", path, got.status, got.header)
		}
		if strings.Contains(got.body, "evil") {
			t.Errorf("GET %.60s: the body repeats the path: %q", path, got.body)
		}
	}
}

func TestPathsThatAreNoneGet400(t *testing.T) {
	address := start(t, newHandler(t))
	for _, path := range []string{"/%", "/%zz", "rss.xml"} {
		if got := raw(t, address, "GET "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.1 400 ") {
			t.Errorf("GET %s: %.60q, want 400", path, got)
		}
	}
}

func TestAbsoluteAddressOfARequestIsAnswered(t *testing.T) {
	address := start(t, newHandler(t))
	for path, want := range map[string]int{"http://other.example/rss.xml": 200, "http://other.example": 200, "http://other.example/nowhere": 404} {
		if got := ask(t, address, "GET", path); got.status != want {
			t.Errorf("GET %s: %d, want %d", path, got.status, want)
		}
	}
}

func TestMaxAgeIsConfigurable(t *testing.T) {
	h := server.New(server.Options{Edition: always(newEdition(t, 1)), MaxAge: time.Hour})
	got := ask(t, start(t, h), "GET", "/rss.xml")
	if want := "public, max-age=3600, stale-if-error=86400"; got.get("Cache-Control") != want {
		t.Errorf("Cache-Control %q, want %q", got.get("Cache-Control"), want)
	}
}

func TestNewEditionIsServedAtOnce(t *testing.T) {
	var now *edition.Edition
	var log bytes.Buffer
	h := server.New(server.Options{
		Edition: func() *edition.Edition { return now },
		Log:     slog.New(slog.NewTextHandler(&log, nil)),
	})
	get := func(tag string) *httptest.ResponseRecorder {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/rss.xml", nil)
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		h.ServeHTTP(w, r)
		return w
	}
	if got := get(""); got.Code != 503 {
		t.Fatalf("before the first edition: %d, want 503", got.Code)
	}
	tag := ""
	for n := 1; n <= 3; n++ {
		now = newEdition(t, n)
		_, c := content(t, now, "/rss.xml")
		got := get(tag)
		if got.Code != 200 || got.Body.String() != string(c.Body) {
			t.Errorf("edition %d: %d, body of edition %v; want the new feed", n, got.Code, got.Body.String() == string(c.Body))
		}
		tag = spelled(got.Header(), "ETag")
		if again := get(tag); again.Code != 304 {
			t.Errorf("edition %d again: %d, want 304", n, again.Code)
		}
	}
	if log.Len() > 0 {
		t.Errorf("log %q, want nothing", &log)
	}
}

func TestDocumentThatWasNeverRenderedIsNotThereYet(t *testing.T) {
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	e := edition.New(edition.Input{
		Site:  blog.Site{Title: "Example", URL: "https://example.org", Zone: time.UTC},
		Posts: []*blog.Post{{Path: "secret-name.md", URL: "https://example.org/a/", Title: "No id", Published: day, Updated: day, File: blog.StampOf(day)}},
		Now:   published,
	})
	if _, err := e.Find("/rss.xml").Content(); err == nil {
		t.Fatal("the test needs a document that cannot be rendered")
	}
	var log bytes.Buffer
	address := start(t, server.New(server.Options{Edition: always(e), Log: slog.New(slog.NewTextHandler(&log, nil))}))
	for range 3 {
		got := ask(t, address, "GET", "/rss.xml", "If-None-Match: *")
		if got.status != 503 || got.get("Retry-After") != "30" || got.get("ETag") != "" || strings.Contains(got.body, "secret-name") {
			t.Errorf("%d %v %q, want 503 that gives nothing away", got.status, got.header, got.body)
		}
	}
	if got := ask(t, address, "GET", "/"); got.status != 200 {
		t.Errorf("the page beside it: %d, want 200", got.status)
	}
	if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "path=/rss.xml") || !strings.Contains(log.String(), "secret-name.md") {
		t.Errorf("log %q, want one line with the path and the reason", &log)
	}
}

// Whoever mounts the handler elsewhere need not drop the body.
func TestHeadWritesNoBody(t *testing.T) {
	for _, path := range []string{"/rss.xml", "/nowhere", "/robots.txt"} {
		w := httptest.NewRecorder()
		newHandler(t).ServeHTTP(w, httptest.NewRequest(http.MethodHead, path, nil))
		if w.Body.Len() > 0 || spelled(w.Header(), "Content-Length") == "0" {
			t.Errorf("HEAD %s: %d bytes of body, header %v", path, w.Body.Len(), w.Header())
		}
	}
}
