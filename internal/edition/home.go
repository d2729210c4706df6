package edition

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"

	"golang.org/x/net/html"
)

//go:embed home.html
var homeSource string

var homeTemplate = template.Must(template.New("home.html").Parse(homeSource))

// home is the page at the base URL: the title, the newest posts and the way to
// every feed.
func (e *Edition) home() *Document {
	data, all := homeData{Site: e.in.site, Posts: e.newest(), Formats: feed.Formats}, e.names
	return &Document{
		Path:        "/",
		ContentType: "text/html; charset=utf-8",
		Link:        links("/", e.in.site, feed.Format{}),
		root:        "/",
		eager:       true,
		posts:       data.Posts,
		in:          e.in,
		place:       place{names: all},
		check:       checkPage,
		render: func() ([]byte, error) {
			var b bytes.Buffer
			data := data
			data.Kinds = groups(all, data.Site)
			err := homeTemplate.Execute(&b, data)
			return b.Bytes(), err
		},
	}
}

// newest are the posts that lists begin with.
func (e *Edition) newest() []*blog.Post {
	return slices.Clone(e.main.posts[:min(len(e.main.posts), e.in.settings.Items)])
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

func groups(all *names, site blog.Site) []homeKind {
	var list []homeKind
	for _, kind := range kinds {
		group := homeKind{Label: kind.label}
		for _, s := range all.list {
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
