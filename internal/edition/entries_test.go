package edition_test

import (
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"

	"github.com/mmcdole/gofeed"
)

// TestEntriesSayWhatThereIs holds what entries say of posts that lack a title, a
// summary or a text.
func TestEntriesSayWhatThereIs(t *testing.T) {
	long := strings.Repeat("many words ", 20)
	for _, c := range []struct {
		name                       string
		post                       blog.Post
		extent                     blog.Extent
		title, description, inside string // Atom's title; RSS's description and content:encoded
		summary                    string // of JSON Feed
	}{
		{"a picture alone", blog.Post{Title: "A photo", Body: []byte("![A red boat](https://example.net/boat.jpg)")}, "",
			"A photo", "A red boat", "<p><img src=\"https://example.net/boat.jpg\" alt=\"A red boat\"/></p>", "A red boat"},
		{"a picture of which nothing is said", blog.Post{Title: "A photo", Body: []byte("![](https://example.net/boat.jpg)")}, "",
			"A photo", "<p><img src=\"https://example.net/boat.jpg\" alt=\"\"/></p>", "", ""},
		{"full content", blog.Post{Title: "T", Body: []byte("One.\n\nTwo.")}, blog.Full,
			"T", "<p>One.</p>\n<p>Two.</p>", "", ""},
		{"a description in place of a text", blog.Post{Title: "T", Extras: &blog.Extras{Description: "Episode 1"}}, "", "T", "Episode 1", "", "Episode 1"},
		{"a description beside a text", blog.Post{Title: "T", Extras: &blog.Extras{Description: "For machines"}, Body: []byte("One.")}, "", "T", "One.", "<p>One.</p>", "One."},
		{"no title", blog.Post{Body: []byte("One **two**.\n\nThree.")}, "", "One two.", "One two.", "<p>One <strong>two</strong>.</p>\n<p>Three.</p>", "One two."},
		{"no title, full content", blog.Post{Body: []byte("One.")}, blog.Full, "One.", "<p>One.</p>", "", ""},
		{"no title, a long text", blog.Post{Body: []byte(long)}, blog.Summary,
			strings.Repeat("many words ", 6) + "many words…", strings.TrimSpace(long), "", strings.TrimSpace(long)},
		{"neither title nor text", blog.Post{}, "", "2026-01-01 00:00", "https://example.org/post-1/", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			post := newPost(1, "")
			post.Title, post.Body, post.Extra().Description, post.Extra().Summary = c.post.Title, c.post.Body, c.post.Description(), ""
			in := input(post)
			in.Settings.Content = c.extent
			e := edition.New(in)
			atom, rss := parsed(t, e, "/atom.xml"), parsed(t, e, "/rss.xml")
			if atom.Title != c.title {
				t.Errorf("Atom's title is %q, want %q", atom.Title, c.title)
			}
			if rss.Title != c.post.Title || rss.Description != c.description || strings.TrimSpace(rss.Content) != c.inside {
				t.Errorf("RSS has %q, %q and %q, want %q, %q and %q", rss.Title, rss.Description, rss.Content, c.post.Title, c.description, c.inside)
			}
			if got := items(t, e, "/feed.json")[0]; got.Title != c.post.Title || got.Summary != c.summary {
				t.Errorf("JSON Feed has %q and %q, want %q and %q", got.Title, got.Summary, c.post.Title, c.summary)
			}
		})
	}
}

func parsed(t *testing.T, e *edition.Edition, path string) *gofeed.Item {
	t.Helper()
	read, err := gofeed.NewParser().ParseString(string(content(t, e, path).Body))
	if err != nil || len(read.Items) != 1 {
		t.Fatalf("%s: %v", path, err)
	}
	return read.Items[0]
}
