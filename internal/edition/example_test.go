package edition_test

import (
	"fmt"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
)

// An edition has a document for each address. One made of the same posts has the same tags.
func Example() {
	day := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	in := edition.Input{
		Site: blog.Site{Title: "Example", URL: "https://example.org", Zone: time.UTC},
		Posts: []*blog.Post{{
			Path: "hello.md", ID: "tag:example.org,2026:hello", URL: "https://example.org/hello/", Slug: "hello", Title: "Hello",
			Body: []byte("Hello, *world*."), BodyLine: 1, Published: day, Updated: day, File: blog.StampOf(day),
			Terms: []blog.Term{{Kind: blog.Tag, Name: "Greetings"}},
		}},
		Settings: edition.Settings{Pages: true},
		Cache:    edition.NewCache(0),
		Now:      day,
	}
	today, tomorrow := edition.New(in), edition.New(in)
	for _, path := range []string{"/rss.xml", "/tags/greetings/atom.xml", "/hello/"} {
		a, err := today.Find(path).Content()
		if err != nil {
			fmt.Println(err)
			return
		}
		b, _ := tomorrow.Find(path).Content()
		fmt.Println(path, today.Find(path).ContentType, a.Hash == b.Hash)
	}
	fmt.Println("/gone/", today.Find("/gone/") != nil)
	// Output:
	// /rss.xml application/rss+xml; charset=utf-8 true
	// /tags/greetings/atom.xml application/atom+xml; charset=utf-8 true
	// /hello/ text/html; charset=utf-8 true
	// /gone/ false
}
