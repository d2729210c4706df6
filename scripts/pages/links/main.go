// Links follows every link of the pages of a built site that stays on the site.
//
//	links BASE FOLDER
//
// FOLDER is what build wrote for the base URL. It prints the pages, the links, and
// how many of those that posts bring along lead nowhere. A link of the pages' own
// that does is named, and makes the program end with 1.
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"

	"golang.org/x/net/html"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: links BASE FOLDER")
		os.Exit(2)
	}
	base, err := url.Parse(strings.TrimSuffix(os.Args[1], "/") + "/")
	s := site{base: base, files: os.DirFS(os.Args[2]), pages: map[string]*page{}}
	if err == nil {
		err = s.read()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	links, ofPosts, broken := s.follow()
	for _, line := range broken {
		fmt.Fprintln(os.Stderr, line)
	}
	fmt.Printf("%6d pages %7d links %5d dead in posts %5d dead in pages\n", len(s.pages), links, ofPosts, len(broken))
	if len(broken) > 0 || links == 0 {
		os.Exit(1)
	}
}

// site is what was built: its files, and what is known of those that are pages.
type site struct {
	base  *url.URL
	files fs.FS
	pages map[string]*page
	order []string
}

// page has the ids that fragments may name, and the links.
type page struct {
	ids   map[string]bool
	links []link
}

// link is one attribute. Posts bring some along, whose target need not be part
// of what was built.
type link struct {
	address string
	ofPost  bool
}

func (s *site) read() error {
	return fs.WalkDir(s.files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		document, err := fs.ReadFile(s.files, name)
		if err != nil {
			return err
		}
		if bytes.HasPrefix(document, []byte("<?xml")) {
			return nil // a feed that is asked for by the name of a folder
		}
		root, err := html.Parse(bytes.NewReader(document))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		p := &page{ids: map[string]bool{}}
		p.collect(root, false)
		s.pages[name], s.order = p, append(s.order, name)
		return nil
	})
}

// broughtAlong are the classes of what a post says, rather than the page.
var broughtAlong = map[string]bool{"content": true, "enclosure": true, "hero": true, "linked": true}

func (p *page) collect(n *html.Node, ofPost bool) {
	address := ""
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			p.ids[a.Val] = true
		case "class":
			ofPost = ofPost || broughtAlong[a.Val]
		case "href", "src":
			address = a.Val
		}
	}
	if address != "" {
		// The pictures of lists are named by posts.
		p.links = append(p.links, link{address, ofPost || n.Data == "img"})
	}
	for child := range n.ChildNodes() {
		p.collect(child, ofPost)
	}
}

// follow counts the links that stay on the site, and those of posts that lead
// nowhere, and names those of pages that do.
func (s *site) follow() (links, ofPosts int, broken []string) {
	for _, name := range s.order {
		from := s.base.JoinPath()
		from.Path += strings.TrimSuffix(name, "index.html")
		for _, l := range s.pages[name].links {
			to, err := from.Parse(l.address)
			if err == nil && (to.Host != s.base.Host || to.Scheme != s.base.Scheme) {
				continue
			}
			links++
			switch {
			case err == nil && s.holds(to):
			case l.ofPost:
				ofPosts++
			default:
				broken = append(broken, fmt.Sprintf("%s: %s leads nowhere", name, l.address))
			}
		}
	}
	return links, ofPosts, broken
}

// holds tells whether there is a file at an address, with the id of its fragment.
func (s *site) holds(to *url.URL) bool {
	name, below := strings.CutPrefix(to.Path, s.base.Path)
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if info, err := fs.Stat(s.files, name); !below || err != nil || info.IsDir() {
		return false
	}
	p := s.pages[name]
	return to.Fragment == "" || p != nil && p.ids[to.Fragment]
}
