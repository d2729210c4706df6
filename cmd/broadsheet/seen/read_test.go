package seen_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/cmd/broadsheet/seen"
)

func TestFeedsOfEveryFormatAreRead(t *testing.T) {
	day := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	a := seen.Entry{ID: "urn:a", Link: "https://example.org/a/", Title: "A", Published: day, Dated: true}
	for name, c := range map[string]struct {
		text string
		want seen.Feed
	}{
		"RSS": {rss(`<title>A</title><link>https://example.org/a/</link><guid isPermaLink="false"> urn:a </guid><pubDate>Fri, 02 Jan 2026 03:04:05 GMT</pubDate>`),
			seen.Feed{Format: "rss", Entries: []seen.Entry{a}}},
		"an id twice": {rss(`<title>A</title><guid>urn:a</guid></item><item><title>B</title><guid>urn:a</guid>`),
			seen.Feed{Format: "rss", Entries: []seen.Entry{{ID: "urn:a", Title: "A"}}}},
		"no id": {rss(`<link>https://example.org/a/</link>`),
			seen.Feed{Format: "rss", Entries: []seen.Entry{{ID: a.Link, Link: a.Link}}}},
		"no link": {rss(`<guid>https://example.org/a/</guid></item><item><title>A</title></item><item><title>B</title>`),
			seen.Feed{Format: "rss", Entries: []seen.Entry{{ID: a.Link, Link: a.Link}, {Title: "A"}, {Title: "B"}}}},
		"Atom": {`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:a</id><title>A</title><link href="https://example.org/a/"/>
			<published>2026-01-02T03:04:05Z</published><updated>2026-02-02T03:04:05Z</updated></entry></feed>`,
			seen.Feed{Format: "atom", Entries: []seen.Entry{a}}},
		"Atom, only changed": {`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:a</id><updated>2026-01-02T03:04:05Z</updated></entry></feed>`,
			seen.Feed{Format: "atom", Entries: []seen.Entry{{ID: "urn:a", Published: day}}}},
		"JSON Feed": {`{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
			{"id": "urn:a", "url": "https://example.org/a/", "title": "A", "date_published": "2026-01-02T03:04:05Z"}]}`,
			seen.Feed{Format: "json", Entries: []seen.Entry{a}}},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "feed")
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := seen.Read(t.Context(), file, seen.Options{})
			if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
				t.Errorf("%v; want -, got +:\n%s", err, diff)
			}
		})
	}
}

func rss(items string) string {
	return `<rss version="2.0"><channel><title>T</title><item>` + items + `</item></channel></rss>`
}

func TestWebServersAreAskedWithinLimits(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(rss("<guid>" + r.UserAgent() + "</guid>")))
	})
	mux.HandleFunc("/hops/{left}", func(w http.ResponseWriter, r *http.Request) {
		left, _ := strconv.Atoi(r.PathValue("left"))
		next := "/feed"
		if left > 1 {
			next = fmt.Sprintf("/hops/%d", left-1)
		}
		http.Redirect(w, r, next, http.StatusFound)
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("<rss>"))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/long", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(rss(strings.Repeat(" ", 2000))))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	for path, want := range map[string]string{
		"/feed": "", "/hops/5": "", "/hops/6": "stopped after 5 redirects", "/none": "answers 404 Not Found",
		"/slow": "deadline exceeded", "/long": "larger than 1000 bytes",
	} {
		o := seen.Options{UserAgent: "Broadsheet/test", MaxSize: 1000}
		if path == "/slow" {
			o.Timeout = time.Millisecond
		}
		feed, err := seen.Read(t.Context(), server.URL+path, o)
		switch {
		case want != "":
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v; want an error with %q", path, err, want)
			}
		case err != nil || len(feed.Entries) != 1 || feed.Entries[0].ID != "Broadsheet/test":
			t.Errorf("%s: got %+v, %v", path, feed, err)
		}
	}
}

func TestWhatIsNoFeedIsAnError(t *testing.T) {
	for _, text := range []string{"", "<html></html>", "{}", `{"version": 1}`, "<rss", "Text"} {
		file := filepath.Join(t.TempDir(), "feed")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if feed, err := seen.Read(t.Context(), file, seen.Options{}); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%q: got %+v, %v", text, feed, err)
		}
	}
	for _, ref := range []string{"", "nowhere.xml", "http://", "http://127.0.0.1:1/feed", t.TempDir()} {
		if feed, err := seen.Read(t.Context(), ref, seen.Options{}); err == nil {
			t.Errorf("%q: got %+v", ref, feed)
		}
	}
}
