package library_test

import (
	"fmt"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
	"broadsheet/internal/source"
)

// Files become posts; what is wrong with one does not hurt the others, and the library knows
// when the clock alone will change it.
func Example() {
	files := []source.File{
		{Path: "2026-03-01-first.md", Data: []byte("# First\n\nText.\n")},
		{Path: "2026-03-09-soon.md", Data: []byte("# Soon\n")},
		{Path: "idea.md", Data: []byte("---\ndate: 2026-03-01\ndraft: true\n---\nAn idea.\n")},
		{Path: "wrong.md", Data: []byte("---\ndate: someday\n---\nText.\n")},
	}
	l := library.Build(nil, files, library.Options{
		Site: blog.Site{URL: "https://example.org", Authority: "example.org", Permalink: "/:slug/", Zone: time.UTC},
		Now:  time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC),
	})
	for _, p := range l.Posts {
		fmt.Println(p.Title, p.URL, p.ID)
	}
	for _, p := range l.Problems {
		fmt.Println(p)
	}
	fmt.Println("next:", l.Next)
	// Output:
	// First https://example.org/first/ tag:example.org,2026-03-01:first
	// wrong.md:2: date: "someday" is not a date; expected one such as 2026-01-29, 2026-01-29 17:45 or 2026-01-29 17:45:00 +01:00
	// next: 2026-03-09 00:00:00 +0000 UTC
}
