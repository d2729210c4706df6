package dialect_test

import (
	"fmt"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/source"
)

// A file of a Jekyll site becomes a post by Jekyll's rules.
func Example() {
	made, problems := dialect.Parse(dialect.Site{Kind: "jekyll", File: "_config.yml"}, []byte("title: My Site\npermalink: pretty\n"))
	fmt.Println(made.Publication()["title"], problems)

	reader := made.Reader(blog.Site{URL: "https://example.org", Zone: time.UTC}, nil)
	result, err := reader.Read(source.File{Path: "_posts/2026-03-02-hello.md", Data: []byte("---\ncategory: news\n---\nText.\n")})
	fmt.Println(result.Post.Title, result.Post.URL, err)
	// Output:
	// My Site []
	// Hello https://example.org/news/2026/03/02/hello/ <nil>
}
