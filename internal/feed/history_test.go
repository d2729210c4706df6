package feed_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/feed"
)

func TestHistoryIsSaidInEveryFormat(t *testing.T) {
	c := feed.Channel{ID: "https://example.org/", Title: "T", HomeURL: "https://example.org/", Updated: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}
	tests := []struct {
		name    string
		history feed.History
		rss     []string
		atom    []string
		json    []string
		not     []string
	}{
		{"nothing", feed.History{}, nil, nil, nil, []string{"fh:", "archive", "next_url"}},
		{"complete", feed.History{Complete: true},
			[]string{`xmlns:fh="http://purl.org/syndication/history/1.0"`, "<fh:complete></fh:complete>"},
			[]string{`xmlns:fh="http://purl.org/syndication/history/1.0"`, "<fh:complete></fh:complete>"}, nil, []string{"next_url", "fh:archive"}},
		{"current with archives", feed.History{Previous: "https://example.org/archive/2/"},
			[]string{`<atom:link href="https://example.org/archive/2/" rel="prev-archive" type="application/rss+xml"></atom:link>`},
			[]string{`<link href="https://example.org/archive/2/" rel="prev-archive" type="application/atom+xml"></link>`},
			[]string{`"next_url":"https://example.org/archive/2/"`}, []string{"fh:", "current"}},
		{"archive", feed.History{Archive: true, Previous: "https://example.org/1", Next: "https://example.org/3", Current: "https://example.org/now"},
			[]string{"<fh:archive></fh:archive>", `rel="prev-archive"`, `rel="next-archive"`, `rel="current"`},
			[]string{"<fh:archive></fh:archive>", `rel="prev-archive"`, `rel="next-archive"`, `rel="current"`},
			[]string{`"next_url":"https://example.org/1"`}, []string{"fh:complete"}},
		{"no addresses", feed.History{Previous: "nowhere", Next: "javascript:x"}, nil, nil, nil, []string{"nowhere", "javascript", "archive"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c.History = tt.history
			for i, f := range feed.Formats {
				document, err := f.Render(c, nil)
				if err == nil {
					err = f.Check(document)
				}
				if err != nil {
					t.Fatal(err)
				}
				for _, want := range [][]string{tt.rss, tt.atom, tt.json}[i] {
					if !strings.Contains(string(document), want) {
						t.Errorf("%s lacks %s:\n%s", f.Name, want, document)
					}
				}
				for _, not := range tt.not {
					if strings.Contains(string(document), not) {
						t.Errorf("%s holds %s:\n%s", f.Name, not, document)
					}
				}
			}
		})
	}
}
