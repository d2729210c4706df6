package rules

import (
	"fmt"
	"net/url"
	"strings"

	"broadsheet/internal/blog"
)

// shorten makes the permalink one that fits a file system, and names what was too
// long: the segments of its path, and terms, of which feeds are made.
func (r *Reading) shorten() {
	for _, term := range r.Post.Terms {
		if len(term.Name) > blog.MaxSegment {
			r.Warn(1, fmt.Sprintf("the %s %s... is longer than %d bytes: the address of its feeds is shortened", term.Kind, firstRunes(term.Name), blog.MaxSegment))
		}
	}
	if len(r.Post.URL) <= blog.MaxSegment || !strings.HasPrefix(r.Post.URL, r.Site.URL+"/") {
		return
	}
	u, err := url.Parse(r.Post.URL)
	if err != nil {
		return
	}
	segments := strings.Split(u.Path, "/")
	for i, s := range segments {
		segments[i] = blog.Segment(s)
	}
	shortened := *u
	shortened.Path, shortened.RawPath = strings.Join(segments, "/"), ""
	if shortened.Path != u.Path {
		r.Post.URL = shortened.String()
		r.Warn(1, fmt.Sprintf("the permalink holds a name longer than %d bytes, and is shortened to %s", blog.MaxSegment, r.Post.URL))
	}
}

func firstRunes(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), 20)])
}
