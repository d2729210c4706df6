package feed_test

import (
	"encoding/xml"
	"testing"
	"time"

	"broadsheet/internal/feed"
)

// TestChannelDescriptionIsText: some readers take it for text and some for HTML. It
// holds no markup for either, and where nothing looks like markup both see the same.
func TestChannelDescriptionIsText(t *testing.T) {
	for text, want := range map[string]string{
		"Q & A, a < b > c": "Q & A, a < b > c", "R&D \"quoted\"": "R&D \"quoted\"", "<img src=x onerror=x>": "&lt;img src=x onerror=x>", "Vec<T>": "Vec<T>", "<x onfocus=x>": "&lt;x onfocus=x>",
		"R&amp;D <T>": "R&amp;D <T>", "<B>": "&lt;B>", "x <svg/onload=x>": "x &lt;svg/onload=x>", "</script>": "&lt;/script>", "<!-- x": "&lt;!-- x",
	} {
		f := feed.Channel{Title: "T", Description: text, HomeURL: "https://example.org/", SelfURL: "https://example.org/rss.xml", ID: "x", Updated: time.Unix(2e9, 0).UTC()}
		body, err := feed.RSS.Render(f, nil)
		if err != nil {
			t.Fatal(err)
		}
		var rss struct {
			Description string `xml:"channel>description"`
		}
		if err := xml.Unmarshal(body, &rss); err != nil || rss.Description != want {
			t.Errorf("%q: %q (%v), want %q", text, rss.Description, err, want)
		}
	}
}
