package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/server"
)

func TestIfNoneMatch(t *testing.T) {
	e := newEdition(t, 3)
	_, c := content(t, e, "/rss.xml")
	address := start(t, server.New(server.Options{Edition: always(e)}))
	h, other := c.Hash, strings.Repeat("0", 32)
	for _, test := range []struct {
		value string
		want  int
	}{
		{`"` + h + `"`, 304},
		{`W/"` + h + `"`, 304},
		{`w/"` + h + `"`, 304},
		{`"` + h + `-gzip"`, 304},
		{`W/"` + h + `-gzip"`, 304},
		{`"` + h + `--gzip"`, 304},
		{`"` + h + `-br"`, 304},
		{`"` + h + `;br"`, 304},
		{`"` + h + `:zstd"`, 304},
		{h, 304},
		{h + "-gzip", 304},
		{"  " + h + "\t", 304},
		{`"x", "` + h + `"`, 304},
		{`"x","y" , W/"` + h + `-gzip","z"`, 304},
		{`,,"` + h + `",`, 304},
		{`*`, 304},
		{` * `, 304},
		{`"nope"`, 200},
		{``, 200},
		{`,`, 200},
		{`""`, 200},
		{`"*"`, 200},
		{`W/*`, 200},
		{`"` + other + `"`, 200},
		{`"` + h[:31] + `"`, 200},
		{`"` + h + `0"`, 200},
		{`"` + h + `.gz"`, 200},
		{`"x` + h + `"`, 200},
		{`W/W/"` + h + `"`, 200},
		{`"` + h[:16] + `","` + h[16:] + `"`, 200},
		{"\x00\xff", 400}, // refused by net/http
	} {
		got := ask(t, address, "GET", "/rss.xml", "If-None-Match: "+test.value)
		if got.status != test.want {
			t.Errorf("If-None-Match: %s: %d, want %d", test.value, got.status, test.want)
		}
		if test.want == 304 && got.body != "" {
			t.Errorf("If-None-Match: %s: 304 with a body of %d bytes", test.value, len(got.body))
		}
	}
}

func TestIfNoneMatchOnSeveralLines(t *testing.T) {
	e := newEdition(t, 3)
	_, c := content(t, e, "/rss.xml")
	got := ask(t, start(t, server.New(server.Options{Edition: always(e)})), "GET", "/rss.xml",
		`If-None-Match: "x"`, `If-None-Match: "y", "`+c.Hash+`"`)
	if got.status != 304 {
		t.Errorf("status %d, want 304", got.status)
	}
}

func TestIfModifiedSince(t *testing.T) {
	e := newEdition(t, 3)
	_, c := content(t, e, "/rss.xml")
	address := start(t, server.New(server.Options{Edition: always(e)}))
	m := c.Modified
	for _, test := range []struct {
		name, value string
		want        int
	}{
		{"the very date", m.Format(http.TimeFormat), 304},
		{"a second later", m.Add(time.Second).Format(http.TimeFormat), 304},
		{"a second earlier", m.Add(-time.Second).Format(http.TimeFormat), 200},
		{"a first contact", "Sat, 01 Jan 2000 00:00:00 GMT", 200},
		{"RFC 850", m.Format("Monday, 02-Jan-06 15:04:05 GMT"), 304},
		{"RFC 850, earlier", m.Add(-time.Second).Format("Monday, 02-Jan-06 15:04:05 GMT"), 200},
		{"RFC 850 in another zone", m.Add(time.Hour).Format("Monday, 02-Jan-06 15:04:05 EST"), 200},
		{"asctime", m.Format(time.ANSIC), 304},
		{"asctime, earlier", m.Add(-time.Second).Format(time.ANSIC), 200},
		{"now", time.Now().UTC().Format(http.TimeFormat), 304},
		{"tomorrow", time.Now().UTC().Add(24 * time.Hour).Format(http.TimeFormat), 200},
		{"far ahead", "Fri, 31 Dec 9999 23:59:59 GMT", 200},
		{"ISO 8601", m.Format(time.RFC3339), 200},
		{"no date", "yesterday", 200},
		{"impossible date", "Sun, 31 Feb 2021 00:00:00 GMT", 200},
		{"a number", "1590000000", 200},
		{"empty", "", 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := ask(t, address, "GET", "/rss.xml", "If-Modified-Since: "+test.value); got.status != test.want {
				t.Errorf("If-Modified-Since: %s: %d, want %d", test.value, got.status, test.want)
			}
		})
	}
}

// A client whose clock runs ahead by less than a minute is believed.
func TestIfModifiedSinceInTheFuture(t *testing.T) {
	e := newEdition(t, 3)
	h := server.New(server.Options{Edition: always(e)})
	synctest.Test(t, func(t *testing.T) {
		// The virtual clock starts in the year 2000, before the edition.
		_, c := content(t, e, "/rss.xml")
		time.Sleep(time.Until(c.Modified))
		for ahead, want := range map[time.Duration]int{0: 304, time.Minute: 304, 61 * time.Second: 200} {
			w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/rss.xml", nil)
			r.Header.Set("If-Modified-Since", c.Modified.Add(ahead).Format(http.TimeFormat))
			h.ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("%v ahead of the clock: %d, want %d", ahead, w.Code, want)
			}
		}
	})
}

func TestTagBeatsDate(t *testing.T) {
	e := newEdition(t, 3)
	_, c := content(t, e, "/rss.xml")
	address := start(t, server.New(server.Options{Edition: always(e)}))
	current, old := c.Modified.Format(http.TimeFormat), "Sat, 01 Jan 2000 00:00:00 GMT"
	for _, test := range []struct {
		tag, date string
		want      int
	}{
		{`"nope"`, current, 200},
		{``, current, 200},
		{`"` + c.Hash + `"`, old, 304},
		{`"` + c.Hash + `"`, "garbage", 304},
	} {
		got := ask(t, address, "GET", "/rss.xml", "If-None-Match: "+test.tag, "If-Modified-Since: "+test.date)
		if got.status != test.want {
			t.Errorf("tag %s and date %s: %d, want %d", test.tag, test.date, got.status, test.want)
		}
	}
}

func TestTagOfOneCodingServesForTheOthers(t *testing.T) {
	address := start(t, newHandler(t))
	tags := map[string]string{}
	for _, coding := range []string{"identity", "gzip", "br", "zstd"} {
		tags[coding] = ask(t, address, "GET", "/rss.xml", "Accept-Encoding: "+coding).get("ETag")
	}
	hash := strings.Trim(tags["identity"], `"`)
	for coding, tag := range tags {
		if want := `"` + hash + "-" + coding + `"`; coding != "identity" && tag != want {
			t.Errorf("tag of %s is %s, want %s", coding, tag, want)
		}
		for other, current := range tags {
			got := ask(t, address, "GET", "/rss.xml", "Accept-Encoding: "+other, "If-None-Match: "+tag)
			if got.status != 304 || got.get("ETag") != current {
				t.Errorf("tag of %s, asked with %s: %d %s, want 304 %s", coding, other, got.status, got.get("ETag"), current)
			}
		}
	}
}

// tags returns n foreign tags in one header value.
func tags(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"%032x", `, i)
	}
	return b.String()
}

func TestTenThousandTagsAreCompared(t *testing.T) {
	e := newEdition(t, 3)
	_, c := content(t, e, "/rss.xml")
	h := server.New(server.Options{Edition: always(e)})
	for value, want := range map[string]int{tags(10_000): 200, tags(10_000) + `"` + c.Hash + `"`: 304} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/rss.xml", nil)
		r.Header.Set("If-None-Match", value)
		if h.ServeHTTP(w, r); w.Code != want {
			t.Errorf("%d, want %d", w.Code, want)
		}
	}
}

// BenchmarkTags shows that the cost of a long list of tags grows with its length
// alone.
func BenchmarkTags(b *testing.B) {
	h := server.New(server.Options{Edition: always(newEdition(b, 3))})
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/rss.xml", nil)
			r.Header.Set("If-None-Match", tags(n))
			for b.Loop() {
				h.ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
}

// Every path of the edition keeps to the same rules.
func TestEveryDocumentIsConditional(t *testing.T) {
	address := start(t, newHandler(t))
	for _, path := range []string{"/rss.xml", "/atom.xml", "/feed.json", "/"} {
		for _, method := range []string{"GET", "HEAD"} {
			first := ask(t, address, method, path)
			for _, line := range []string{"If-None-Match: " + first.get("ETag"), "If-Modified-Since: " + first.get("Last-Modified")} {
				got := ask(t, address, method, path, line)
				if got.status != 304 || got.get("ETag") != first.get("ETag") || got.get("Last-Modified") != first.get("Last-Modified") {
					t.Errorf("%s %s with %s: %d %v, want 304 with both validators", method, path, line, got.status, got.header)
				}
			}
		}
	}
}
