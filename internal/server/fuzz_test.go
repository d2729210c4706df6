package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/server"
)

// FuzzHeaders sends anything in the headers that the handler reads. Whatever
// comes, the answer is one of the few that exist, and a 304 is one that the
// client asked for.
func FuzzHeaders(f *testing.F) {
	e := newEdition(f, 3)
	_, c := content(f, e, "/rss.xml")
	h := server.New(server.Options{Edition: always(e)})
	for _, s := range [][5]string{
		{"/rss.xml", `"` + c.Hash + `"`, "", "gzip", "text/html"},
		{"/rss.xml", `W/"x", ` + c.Hash + "-gzip, *", "garbage", "gzip;q=0, *;q=0.5", "text/html, application/rss+xml"},
		{"/atom.xml", "", c.Modified.Format(http.TimeFormat), "br,x-gzip;q=", "*/*"},
		{"/", "", c.Modified.Format(time.ANSIC), "identity;q=0", ";,"},
		{"//rss.xml/..", `"`, "Monday, 02-Jan-06 15:04:05 MST", ",;=", "text/html;"},
		{"", `W/`, "\x00", "x-", "text"},
	} {
		f.Add(s[0], s[1], s[2], s[3], s[4])
	}
	f.Fuzz(func(t *testing.T, path, tag, since, encoding, accept string) {
		r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: path}, Header: http.Header{}}
		for name, value := range map[string]string{
			"If-None-Match": tag, "If-Modified-Since": since, "Accept-Encoding": encoding, "Accept": accept,
		} {
			if value != "" {
				r.Header[name] = []string{value}
			}
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		switch w.Code {
		case 200, 204, 404:
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

func lastModified(t *testing.T, w *httptest.ResponseRecorder) time.Time {
	t.Helper()
	date, err := http.ParseTime(w.Header().Get("Last-Modified"))
	if err != nil {
		t.Fatal(err)
	}
	return date
}
