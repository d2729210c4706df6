package edition

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"

	"golang.org/x/net/html"
)

//go:embed home.html
var homeSource string

var homeTemplate = template.Must(template.New("home.html").Parse(homeSource))

// home is the page at the base URL: the title, the newest posts and the way to
// every feed.
func (e *Edition) home(main *slice, all []*slice) *Document {
	data := homeData{Site: e.in.site, Posts: main.posts[:min(len(main.posts), e.in.settings.Items)], Formats: feed.Formats, Kinds: groups(all, e.in.site)}
	return &Document{
		Path:        "/",
		ContentType: "text/html; charset=utf-8",
		Link:        links("/", e.in.site, feed.Format{}),
		root:        "/",
		eager:       true,
		posts:       e.Posts,
		in:          e.in,
		check:       checkPage,
		render: func() ([]byte, error) {
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
	Kinds   []homeKind
}

// homeKind is a list of feeds on the page.
type homeKind struct {
	Label string
	Feeds []homeFeed
}

type homeFeed struct {
	Name string
	Root string // absolute URL that the file names of the formats follow
}

func groups(all []*slice, site blog.Site) []homeKind {
	var list []homeKind
	for _, kind := range kinds {
		group := homeKind{Label: kind.label}
		for _, s := range all {
			if s.kind == kind.folder {
				group.Feeds = append(group.Feeds, homeFeed{s.name, address(site, s.root())})
			}
		}
		if group.Feeds != nil {
			list = append(list, group)
		}
	}
	return list
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
