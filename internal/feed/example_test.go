package feed_test

import (
	"fmt"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
)

// One post is written as Atom.
func Example() {
	day := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	channel := feed.Channel{
		ID: "tag:example.org,2026:posts", Title: "Example", HomeURL: "https://example.org/", SelfURL: "https://example.org/atom.xml",
		Authors: []blog.Author{{Name: "Ada Example"}},
	}
	entries := []feed.Entry{{
		Post: &blog.Post{
			ID: "tag:example.org,2026:hello", URL: "https://example.org/hello/", Title: "Q & A", Published: day, Updated: day,
		},
		HTML: "<p>Hello.</p>",
	}}
	document, err := feed.Atom.Render(channel, entries)
	if err == nil {
		err = feed.Atom.Check(document)
	}
	fmt.Printf("%s%v", document, err)
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?>
	// <feed xmlns="http://www.w3.org/2005/Atom">
	//   <title>Example</title>
	//   <id>tag:example.org,2026:posts</id>
	//   <updated>2026-03-02T09:00:00Z</updated>
	//   <generator>Broadsheet</generator>
	//   <link href="https://example.org/atom.xml" rel="self" type="application/atom+xml"></link>
	//   <link href="https://example.org/" rel="alternate" type="text/html"></link>
	//   <author>
	//     <name>Ada Example</name>
	//   </author>
	//   <entry>
	//     <title>Q &amp; A</title>
	//     <updated>2026-03-02T09:00:00Z</updated>
	//     <id>tag:example.org,2026:hello</id>
	//     <published>2026-03-02T09:00:00Z</published>
	//     <link href="https://example.org/hello/" rel="alternate" type="text/html"></link>
	//     <content type="html"><![CDATA[<p>Hello.</p>]]></content>
	//   </entry>
	// </feed>
	// <nil>
}
