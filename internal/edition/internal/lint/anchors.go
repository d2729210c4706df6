package lint

import (
	"fmt"

	"broadsheet/internal/blog"
)

// anchors are the ids in posts, and the links to them.
type anchors struct {
	posts map[string]*blog.Post // by normalised address; the first of several
	ids   map[*blog.Post]map[string]bool
	links []anchorLink
}

type anchorLink struct {
	from *blog.Post
	link
}

func newAnchors() anchors {
	return anchors{posts: map[string]*blog.Post{}, ids: map[*blog.Post]map[string]bool{}}
}

// add adds what a post was found to hold.
func (a *anchors) add(p *blog.Post, found findings) {
	address := normalise(p.URL)
	if a.posts[address] == nil {
		a.posts[address] = p
	}
	a.ids[p] = found.ids
	for _, l := range found.links {
		a.links = append(a.links, anchorLink{p, l})
	}
}

// brokenLink is a link in a post to an id that its page does not have.
type brokenLink struct {
	post            *blog.Post
	source, message string
}

// broken returns the links to ids that posts do not have. It is not known which ids
// other documents have.
func (a *anchors) broken() []brokenLink {
	var all []brokenLink
	for _, l := range a.links {
		to := l.from
		if !l.within {
			to = a.posts[normalise(l.address)]
		}
		if to == nil || a.ids[to][l.fragment] {
			continue
		}
		where, link := "the post", "#"+l.fragment
		if to != l.from {
			where, link = to.Path, l.address+"#"+l.fragment
		}
		message := fmt.Sprintf("the link %q leads to no place in %s", link, where)
		all = append(all, brokenLink{l.from, "#" + l.fragment, message})
	}
	return all
}
