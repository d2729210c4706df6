package check_test

import (
	"strings"
	"testing"

	"broadsheet/internal/feed/check"
)

const (
	rss = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>T</title><link>https://example.org/</link><description>D</description>
<atom:link href="https://example.org/rss.xml" rel="self"></atom:link>
<item><title>One</title><link>https://example.org/1</link><guid>1</guid><pubDate>Wed, 01 May 2024 00:00:00 +0000</pubDate></item>
<item><description>Two</description><media:title>M</media:title><guid>2</guid></item>
</channel></rss>
`
	atom = `<feed xmlns="http://www.w3.org/2005/Atom">
<id>tag:example.org,2024:feed</id><title>T</title><updated>2024-05-01T00:00:00Z</updated>
<link href="https://example.org/atom.xml" rel="self"/>
<entry><id>tag:example.org,2024:1</id><title>One</title><updated>2024-05-01T00:00:00Z</updated><published>2024-05-01T00:00:00Z</published>
<link href="https://example.org/1"/><author><name>A</name></author></entry>
<entry><id>tag:example.org,2024:2</id><title/><updated>2024-05-01T00:00:00+02:00</updated><author><name>A</name></author><content>C</content></entry>
</feed>`
	json = `{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://example.org/", "feed_url": "https://example.org/feed.json",
"items": [{"id": "1", "url": "https://example.org/1", "content_text": "", "date_published": "2024-05-01T00:00:00Z"}, {"id": "2", "content_html": "<p>"}]}`
)

func TestGoodDocumentsPass(t *testing.T) {
	for name, err := range map[string]error{
		"rss": check.RSS([]byte(rss)), "atom": check.Atom([]byte(atom)), "json": check.JSON([]byte(json)),
		"rss without items":    check.RSS([]byte(rss[:strings.Index(rss, "<item>")] + "</channel></rss>")),
		"atom without entries": check.Atom([]byte(atom[:strings.Index(atom, "<entry>")] + "</feed>")),
		"json without items":   check.JSON([]byte(json[:strings.Index(json, `[{"id"`)] + "[]}")),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFaultsAreNamed spoils a good document in one place at a time.
func TestFaultsAreNamed(t *testing.T) {
	formats := map[string]struct {
		check func([]byte) error
		good  string
	}{"rss": {check.RSS, rss}, "atom": {check.Atom, atom}, "json": {check.JSON, json}}
	tests := []struct{ format, old, new, want string }{
		{"rss", "</title>", "<title>", "read XML: "},
		{"rss", "<title>T", "<title>\x01", "read XML: "},
		{"rss", "<title>T", "<title>\xff", "read XML: "},
		{"rss", "<title>T", "<title>]]>", "read XML: "},
		{"rss", "<title>T", "<title>&nbsp;", "read XML: "},
		{"rss", "</rss>", "", "read XML: "},
		{"rss", "</rss>", "</rss><rss/>", "something follows the end of the feed"},
		{"rss", "</rss>", "</rss>x", "something follows the end of the feed"},
		{"rss", "</rss>", "</rss><", "read XML: "},
		{"rss", rss, "", "read XML: "},
		{"rss", rss, atom, `the root element is "feed" in name space "http://www.w3.org/2005/Atom", not "rss" in ""`},
		{"rss", "<title>T</title>", "", "the feed has no title"},
		{"rss", "<title>T</title>", "<title>T</title><title>U</title>", "the feed has no title, or several"},
		{"rss", "<link>https://example.org/</link>", "", "the feed has no link"},
		{"rss", "<description>D", "<description> ", "the feed has no description"},
		{"rss", "https://example.org/rss.xml", "/rss.xml", `link "/rss.xml" is not an absolute URL in canonical form`},
		{"rss", "<guid>2</guid>", "", "entry 2 (): no id"},
		{"rss", "<guid>2", "<guid> \n", "no id"},
		{"rss", "<guid>2", "<guid>1", "entry 2 (1): entry 1 has the same id"},
		{"rss", "<description>Two</description>", "", "entry 2 (2): no title and no description"},
		{"rss", "https://example.org/1", "", `entry 1 (1): link "" is not an absolute URL`},
		{"rss", "https://example.org/1", "https://example.org/a b", `entry 1 (1): link "https://example.org/a b" is not`},
		{"rss", "Wed, 01 May 2024 00:00:00 +0000", "2024-05-01", `entry 1 (1): date "2024-05-01" is not of the form`},
		{"atom", "2005/Atom", "2005/atom", `the root element is "feed" in name space "http://www.w3.org/2005/atom", not "feed" in`},
		{"atom", "<id>tag:example.org,2024:feed</id>", "", "the feed has no id"},
		{"atom", "<updated>2024-05-01T00:00:00Z</updated>\n", "", "the feed has no updated"},
		{"atom", "tag:example.org,2024:2", "two", "entry 2 (two): no IRI for an id"},
		{"atom", "tag:example.org,2024:2", "tag:example.org,2024:1", "entry 2 (tag:example.org,2024:1): entry 1 has the same id"},
		{"atom", "tag:example.org,2024:2", "", "entry 2 (): no id"},
		{"atom", "<title/>", "", "no title"},
		{"atom", "<title/>", "<title/><title/>", "no title, or several"},
		{"atom", "<author><name>A</name></author><content>", "<content>", "no author, and none of the feed"},
		{"atom", "<content>C</content>", "", "no link and no content"},
		{"atom", "2024-05-01T00:00:00+02:00", "yesterday", `date "yesterday" is not of the form`},
		{"json", "}]}", "}]", "read JSON: "},
		{"json", `"id": "2"`, `"id": 2`, "read JSON: "},
		{"json", "version/1.1", "version/1", "is not that of JSON Feed 1.1"},
		{"json", `"title": "T"`, `"title": " "`, "the feed has no title"},
		{"json", `"items"`, `"entries"`, "the feed has no items, not even an empty list"},
		{"json", `"id": "2"`, `"id": " "`, "no id"},
		{"json", `"id": "2"`, `"id": "1"`, "entry 2 (1): entry 1 has the same id"},
		{"json", `"content_html"`, `"content"`, "entry 2 (2): no content_html and no content_text"},
		{"json", "https://example.org/feed.json", "feed.json", `link "feed.json" is not`},
		{"json", "2024-05-01T00:00:00Z", "2024-05-01", `entry 1 (1): date "2024-05-01" is not of the form`},
	}
	for _, test := range tests {
		f := formats[test.format]
		if !strings.Contains(f.good, test.old) {
			t.Fatalf("the good %s document lacks %q", test.format, test.old)
		}
		err := f.check([]byte(strings.Replace(f.good, test.old, test.new, 1)))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s with %q for %q: error %v, want %q", test.format, test.new, test.old, err, test.want)
		}
	}
}
