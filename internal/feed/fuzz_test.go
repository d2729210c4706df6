package feed_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
)

// FuzzRender writes arbitrary strings into every field. Whatever Render does
// not refuse must pass Check and a strict reader, and hold every entry.
func FuzzRender(f *testing.F) {
	f.Add("tag:example.org,2024:1", "Title", "https://example.org/", "en", "Text", "<p>HTML</p>", int64(1700000000))
	f.Add("post one", "a < b & c ]]> &lt;", "https://Müller.example/a b?x[]=1#a#b", "en_US", "\x00\x1b\r\n\ufffe", "]]>\xff\xed\xa0\x80", int64(0))
	f.Add("https://example.org", "", "http://[::1]:80/../a/./b%zz%7e%2f", "", "", "", int64(-62135596800))
	f.Add("urn:x:y", " ", "//host/path", "-", "\u0085\u2028", "<!-- --", int64(253402300799))
	f.Fuzz(func(t *testing.T, id, title, link, word, summary, html string, unix int64) {
		in := scribbled(id, title, link, word, summary, html, time.Unix(unix, 0))
		for _, format := range feed.Formats {
			document, err := format.Render(in.Channel, in.Entries)
			if err != nil {
				continue
			}
			if err := format.Check(document); err != nil {
				t.Fatalf("%v\n%s", err, document)
			}
			if format.Name == "json" {
				if !json.Valid(document) {
					t.Fatalf("invalid JSON\n%s", document)
				}
				continue
			}
			_, used := namespaces(t, document)
			for _, space := range used {
				if !strings.Contains(space, "://") {
					t.Fatalf("prefix %q is not declared\n%s", space, document)
				}
			}
			if n := bytes.Count(document, []byte("<item>")) + bytes.Count(document, []byte("<entry")); n < len(in.Entries) {
				t.Fatalf("%d entries of %d\n%s", n, len(in.Entries), document)
			}
		}
	})
}

// scribbled has the strings in every field; but about half of the inputs get a
// good home URL or feed id, so that not nearly all are refused for these.
func scribbled(id, title, link, word, summary, html string, date time.Time) input {
	post := func(id string, date time.Time) *blog.Post {
		return &blog.Post{
			Path: word, ID: id, URL: link, Extras: &blog.Extras{ExternalURL: link, Language: word, Image: blog.Image{URL: link, Alt: title}, Enclosures: []blog.Enclosure{
				{URL: link, Type: word, Size: date.Unix(), Duration: time.Duration(date.Unix()), Title: title}, {URL: "https://example.org/a.mp3", Type: title},
			}, Episode: &blog.Episode{
				Number: len(id), Season: len(title), Kind: word, Title: title, Explicit: word, Image: link, Chapters: link, Location: summary,
				Transcripts: []blog.Transcript{{URL: link, Type: word, Language: word}, {URL: "https://example.org/a.vtt", Type: "text/vtt", Language: title}},
				People:      []blog.Person{{Name: title, Role: word, URL: link, Image: link}},
			}}, Title: title,
			Published: date, Updated: date,
			Authors: []blog.Author{{Name: title, Email: word, URL: link}, {Name: word}, {Email: summary}},
			Terms:   []blog.Term{{Kind: blog.Category, Name: title}, {Kind: blog.Tag, Name: word}, {Kind: blog.Kind(id), Name: summary}},
		}
	}
	in := input{
		Channel: feed.Channel{
			ID: id, Title: title, Description: summary, Language: word, Copyright: summary,
			HomeURL: link, SelfURL: link, Icon: link, Logo: link, Updated: date,
			Authors: []blog.Author{{Name: word, Email: title, URL: link}},
			Image:   link, Categories: []string{title, word, summary}, TTL: len(html),
			Podcast: blog.Podcast{
				Kind: word, Categories: []string{title, word + ">" + summary, ">"}, Image: link, Owner: blog.Author{Name: title, Email: word}, GUID: word,
				Locked: len(word)%2 == 0, Funding: []blog.Link{{URL: link, Text: title}, {URL: "https://example.org/", Text: summary}},
			},
		},
		Entries: []feed.Entry{
			{Post: post(id, date), Summary: summary, HTML: html, Markdown: html, Link: link},
			{Post: post("tag:example.org,2024:other", time.Unix(0, 0))},
			{Post: post("+"+id, date), Summary: html, HTML: summary},
		},
	}
	if len(link)%2 == 1 { // most strings are no URLs
		in.Channel.HomeURL = "https://example.org/"
	}
	if len(id)%2 == 0 {
		in.Channel.ID = "tag:example.org,2024:posts"
	}
	return in
}

func BenchmarkRender(b *testing.B) {
	in := large()
	for _, f := range feed.Formats {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(in.render(b, f))))
			for b.Loop() {
				in.render(b, f)
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	in := large()
	for _, f := range feed.Formats {
		b.Run(f.Name, func(b *testing.B) {
			document := in.render(b, f)
			b.ReportAllocs()
			b.SetBytes(int64(len(document)))
			for b.Loop() {
				if err := f.Check(document); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// large is a main feed as most blogs have it: 20 entries of 5 kB.
func large() input {
	in := sample()
	paragraph := "<p>Some words, “quoted” &amp; <a href=\"https://example.org/\">linked</a>, as posts have them.</p>\n"
	example := *in.Entries[0].Post
	in.Entries = nil
	for i := range 20 {
		post := example
		post.ID, post.URL = fmt.Sprint("tag:example.org,2024:", i), fmt.Sprintf("https://example.org/%d/", i)
		post.Terms = []blog.Term{{Kind: blog.Category, Name: "News"}, {Kind: blog.Tag, Name: "example"}}
		post.Authors = []blog.Author{{Name: "Ada Example"}}
		in.Entries = append(in.Entries, feed.Entry{Post: &post, Summary: strings.Repeat("word ", 40), HTML: strings.Repeat(paragraph, 5000/len(paragraph))})
	}
	return in
}
