package edition

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"

	"golang.org/x/net/html"
)

//go:embed home.html
var homeSource string

var homeTemplate = template.Must(template.New("home.html").Parse(homeSource))

// home is the page at the base URL: the title, the newest posts and the way to
// every feed. It changes with the posts it lists.
func (e *Edition) home() *Document {
	data := homeData{Site: e.in.site, Posts: e.newest(), Formats: feed.Formats}
	return &Document{
		Path:        "/",
		ContentType: "text/html; charset=utf-8",
		Link:        feedLinks(e.in.site),
		eager:       true,
		posts:       data.Posts,
		in:          e.in,
		check:       checkPage,
		render: func(time.Time) ([]byte, error) {
			var b bytes.Buffer
			err := homeTemplate.Execute(&b, data)
			return b.Bytes(), err
		},
	}
}

type homeData struct {
	Site    blog.Site
	Posts   []*blog.Post
	Formats []feed.Format
}

// feedLinks announces the main feeds in a Link header field (RFC 8288).
func feedLinks(s blog.Site) string {
	var links string
	for i, f := range feed.Formats {
		if i > 0 {
			links += ", "
		}
		links += fmt.Sprintf(`<%s/%s>; rel="alternate"; type="%s"`, s.URL, f.File, f.MediaType)
	}
	return links
}

// checkPage holds a page to what the template promises: one title with text.
func checkPage(page []byte) error {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return err
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "title" && n.FirstChild != nil {
			return nil
		}
	}
	return fmt.Errorf("the page has no title")
}
