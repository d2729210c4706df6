package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

// FuzzHeaders sends anything in the headers that the handler reads. Whatever
// comes, the answer is one of the few that exist, a 304 is one that the client
// asked for, and a body is the document's own in a coding that the client named.
func FuzzHeaders(f *testing.F) {
	g := newGazette(f)
	before := g.tag("/rss.xml")
	g.posts[3] = g.post(7, "Changed.")
	g.publish()
	e := g.edition
	_, c := content(f, e, "/rss.xml")
	h := server.New(server.Options{Edition: always(e)})
	for _, s := range [][6]string{
		{"/rss.xml", `"` + c.Hash + `"`, "", "gzip", "text/html", ""},
		{"/rss.xml", `W/"x", ` + c.Hash + "-gzip, *", "garbage", "gzip;q=0, *;q=0.5", "text/html, application/rss+xml", "feed"},
		{"/atom.xml", "", c.Modified.Format(http.TimeFormat), "br,x-gzip;q=", "*/*", "feed;q=0"},
		{"/feed/", `W/"` + before + `;br"`, "", "gzip", "text/html", "FEED ; q=0.1"},
		{"/", "", c.Modified.Format(time.ANSIC), "identity;q=0", ";,", "vcdiff, feed"},
		{"//rss.xml/..", `"`, "Monday, 02-Jan-06 15:04:05 MST", ",;=", "text/html;", ",;="},
		{"/FEED/", "", "", "zstd;q=0.9, br;q=0.8", "", ""},
		{"/languages/en/feed.json", `"` + c.Hash + `-br"`, "", "br;q=1;q=0, *", "", ""},
		{"/%zz\x00\xff", "", "", "gzip ;\tq=1,zstd;Q=.5", "", ""},
		{"/" + strings.Repeat("a/", 600), "", "", "*;q=1, gzip;q=0", "", ""},
		{"", `W/`, "\x00", "x-", "text", "\x00"},
	} {
		f.Add(s[0], s[1], s[2], s[3], s[4], s[5])
	}
	f.Fuzz(func(t *testing.T, path, tag, since, encoding, accept, manipulation string) {
		r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: path}, Header: http.Header{}}
		for name, value := range map[string]string{
			"If-None-Match": tag, "If-Modified-Since": since, "Accept-Encoding": encoding, "Accept": accept, "A-Im": manipulation,
		} {
			if value != "" {
				r.Header[name] = []string{value}
			}
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		switch w.Code {
		case 200:
			checkCoding(t, w, e.Find(path), encoding)
		case 204, 404:
		case http.StatusIMUsed:
			if !strings.Contains(tag, before) || !strings.Contains(strings.ToLower(manipulation), "feed") {
				t.Errorf("226 for tags %q and manipulations %q", tag, manipulation)
			}
			body := decoded(t, w.Header().Get("Content-Encoding"), w.Body.String())
			if !strings.Contains(body, "Changed.") || strings.Contains(body, "First.") {
				t.Errorf("a delta that is none: %.300q", body)
			}
		case 304:
			own := spelled(w.Header(), "ETag")[1:33]
			named := strings.Contains(tag, own) || strings.Contains(tag, "*")
			date, err := http.ParseTime(since)
			dated := tag == "" && err == nil && !date.Before(lastModified(t, w))
			if !named && !dated || w.Body.Len() > 0 {
				t.Errorf("304 with a body of %d bytes for tags %q and date %q; the document has %v", w.Body.Len(), tag, since, w.Header())
			}
		default:
			t.Errorf("status %d", w.Code)
		}
	})
}

// refused finds elements of Accept-Encoding that forbid a coding, without reading
// weights as the server does.
var refused = regexp.MustCompile(`(?i)^[a-z*-]+\s*;\s*q\s*=\s*0(\.0*)?\s*$`)

// checkCoding holds a 200 to the document, decoded, and to what the client takes.
func checkCoding(t *testing.T, w *httptest.ResponseRecorder, d *edition.Document, encoding string) {
	t.Helper()
	coding := w.Header().Get("Content-Encoding")
	if d == nil { // a fixed answer such as robots.txt
		if coding != "" {
			t.Errorf("coding %q for what is no document", coding)
		}
		return
	}
	c, err := d.Content()
	if err != nil {
		t.Fatal(err)
	}
	if decoded(t, coding, w.Body.String()) != string(c.Body) {
		t.Errorf("coding %q for %q: the body is another", coding, encoding)
	}
	if want := strconv.Itoa(w.Body.Len()); w.Header().Get("Content-Length") != want {
		t.Errorf("Content-Length %s for a body of %s", w.Header().Get("Content-Length"), want)
	}
	if coding == "" {
		return
	}
	allowed := false
	for element := range strings.SplitSeq(encoding, ",") {
		element = strings.TrimSpace(element)
		name, _, _ := strings.Cut(element, ";")
		name = strings.TrimSpace(name)
		named := strings.EqualFold(strings.TrimPrefix(strings.ToLower(name), "x-"), coding)
		if (named || name == "*" && coding == "gzip") && !refused.MatchString(element) {
			allowed = true
		}
	}
	if !allowed {
		t.Errorf("coding %q for Accept-Encoding %q", coding, encoding)
	}
}

func lastModified(t *testing.T, w *httptest.ResponseRecorder) time.Time {
	t.Helper()
	date, err := http.ParseTime(w.Header().Get("Last-Modified"))
	if err != nil {
		t.Fatal(err)
	}
	return date
}
