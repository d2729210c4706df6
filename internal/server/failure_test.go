package server_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

// failing is an edition whose feeds cannot be rendered because of a file.
func failing(file string) *edition.Edition {
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	return edition.New(edition.Input{
		Site:  blog.Site{Title: "Example", URL: "https://example.org", Zone: time.UTC},
		Posts: []*blog.Post{{Path: file, URL: "https://example.org/a/", Title: "No id", Published: day, Updated: day, File: blog.StampOf(day)}},
		Now:   published,
	})
}

// The same reason is logged once, another one anew, and an old one again after the
// document could be served.
func TestFailuresAreLoggedOncePerReason(t *testing.T) {
	var current *edition.Edition
	var log bytes.Buffer
	h := server.New(server.Options{Edition: func() *edition.Edition { return current }, Log: slog.New(slog.NewTextHandler(&log, nil))})
	for i, c := range []struct {
		edition *edition.Edition
		status  int
		logged  string // empty: nothing
	}{
		{failing("one.md"), 503, "one.md"},
		{failing("one.md"), 503, ""},
		{failing("two.md"), 503, "two.md"},
		{failing("two.md"), 503, ""},
		{newEdition(t, 2), 200, ""},
		{failing("two.md"), 503, "two.md"},
	} {
		current = c.edition
		for range 3 {
			if got := askFor(h, http.MethodGet, "/rss.xml", "x"); got.Code != c.status {
				t.Errorf("step %d: status %d, want %d", i, got.Code, c.status)
			}
		}
		lines := strings.Count(log.String(), "\n")
		switch {
		case c.logged == "" && lines != 0:
			t.Errorf("step %d: log %q, want nothing", i, &log)
		case c.logged != "" && (lines != 1 || !strings.Contains(log.String(), c.logged) || !strings.Contains(log.String(), "path=/rss.xml")):
			t.Errorf("step %d: log %q, want one line that names %s", i, &log, c.logged)
		}
		log.Reset()
	}
}
