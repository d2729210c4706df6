package post

import (
	"fmt"
	"net/url"
	"path"
	"strings"
)

// Avoid makes the reader keep posts from the paths below the site for which
// reserved is true: those of other documents and of media files. It is to be called
// before Read.
func (x *Reader) Avoid(reserved func(path string) bool) { x.reserved = reserved }

// giveWay gives a post whose permalink is that of another document its default
// address, and where that is one too the address by its date.
func (r *reader) giveWay(reserved func(path string) bool) {
	asked := r.pathOf(r.post.URL)
	if reserved == nil || asked == "" || !reserved(asked) {
		return
	}
	for _, pattern := range []string{r.site.Permalink, "/:year/:month/:day/:slug/"} {
		filled := expand(pattern, r.fill)
		at := path.Clean("/" + filled)
		if strings.HasSuffix(filled, "/") {
			at += "/"
		}
		if pattern != "" && !reserved(at) {
			r.post.URL = r.site.URL + (&url.URL{Path: at}).EscapedPath()
			break
		}
	}
	r.yielded = asked
	r.warn(0, fmt.Sprintf("the permalink %s is that of a feed, a list or a file of this site: the post is at %s", asked, r.post.URL))
}

func (r *reader) pathOf(address string) string { return PathOf(address, r.site.URL) }

// PathOf is the decoded path of an address below that of a site; empty for any other.
func PathOf(address, site string) string {
	rest, below := strings.CutPrefix(address, site+"/")
	if !below {
		return ""
	}
	decoded, err := url.PathUnescape(rest)
	if err != nil {
		return ""
	}
	return "/" + decoded
}
