package rules

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"broadsheet/internal/dialect/internal/paths"
)

// giveWay gives a post whose permalink is that of another document its default
// address, and where that is one too the address by its date.
func (r *Reading) giveWay(reserved func(path string) bool) {
	asked := paths.Of(r.Post.URL, r.Site.URL)
	if reserved == nil || asked == "" || !reserved(asked) {
		return
	}
	for _, pattern := range []string{r.Site.Permalink, "/:year/:month/:day/:slug/"} {
		filled := paths.Expand(pattern, r.fill)
		at := path.Clean("/" + filled)
		if strings.HasSuffix(filled, "/") {
			at += "/"
		}
		if pattern != "" && !reserved(at) {
			r.Post.URL = r.Site.URL + (&url.URL{Path: at}).EscapedPath()
			break
		}
	}
	r.yielded = asked
	r.Warn(0, fmt.Sprintf("the permalink %s is that of a feed, a list or a file of this site: the post is at %s", asked, r.Post.URL))
}
