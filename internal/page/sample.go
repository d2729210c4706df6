package page

import (
	"time"

	"broadsheet/internal/blog"
)

// sample is a page with a value in every field, to try templates with.
func sample() Page {
	date := time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)
	feed := Feed{"Sample", "RSS 2.0", "application/rss+xml", "https://example.org/rss.xml"}
	link, listed := Link{"https://example.org/x", "Sample"}, Listed{"tag", "Sample", "https://example.org/tags/x/", "https://x.example/", 2}
	entry := Entry{
		Title: "Sample", URL: "https://example.org/sample/", ExternalURL: "https://x.example/", Published: date, Updated: date.AddDate(0, 0, 1),
		Authors: []Listed{listed}, Terms: []Listed{listed}, Language: "ar", Summary: "Sample",
		Image: Image{"https://example.org/x.jpg", "Sample", 3, 2}, Content: "<p>Sample</p>",
		Enclosures: []blog.Enclosure{{URL: "https://example.org/x.mp3", Type: "audio/mpeg", Size: 1e6, Title: "Sample"}}, Mark: "draft",
	}
	return Page{
		Site: Site{
			Site:  blog.Site{Title: "Sample", Description: "Sample", URL: "https://example.org", Language: "en", Copyright: "Sample", Image: entry.Image.URL},
			Feeds: []Feed{feed}, Nav: []Link{link}, Archive: link.URL, Subscribe: link.URL, Me: []Link{link},
		},
		URL: link.URL, Title: "Sample", Description: "Sample", Feeds: []Feed{feed},
		Number: 2, Of: 3, Newer: link, Older: link,
		Posts: []Entry{entry, {Published: date, Updated: date}}, Post: &entry, Term: listed,
		Lists:     []List{{"tags", []Listed{listed}, 2, link.URL}},
		Years:     []Year{{2026, link.URL, 1, []Entry{entry}}, {2025, link.URL, 1, nil}},
		Subscribe: Feeds{date, 2, []FeedGroup{{"tags", []FeedRow{{listed, date, []Feed{feed}}}, 2, link.URL}}, "https://example.org/feeds.opml"},
	}
}
