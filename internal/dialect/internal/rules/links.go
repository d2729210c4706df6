package rules

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

// bareLinks fills in everything of the post that is a URL, and its id.
func (r *Reading) bareLinks() {
	r.Post.Slug, r.Post.Section = r.slug(), section(r.File.Path)
	r.Post.URL = r.permalink()
	r.SetLinks(TagURI(r.Site.Authority, r.Post))
}

// SetLinks fills in what the post links to, its former addresses, and its id: the one
// that the front matter states, else this one.
func (r *Reading) SetLinks(id string) {
	r.Post.Extra().ExternalURL = r.Site.Resolve(r.Text(meta.ExternalURL))
	r.Post.Extra().Image = blog.Image{URL: r.Text(meta.Image), Alt: markdown.Plain(r.Text(meta.ImageAlt), 0)}
	r.aliases()
	r.identify(id)
}

// section returns the outermost folder that a file lies in.
func section(file string) string {
	folder, _, inside := strings.Cut(file, "/")
	if !inside || strings.HasPrefix(folder, "_") {
		return ""
	}
	return folder
}

func (r *Reading) slug() string {
	slug := strings.Trim(r.Text(meta.Slug), "/ ")
	if slug == "" {
		slug = r.Name.Slug
	}
	return strings.ReplaceAll(slug, "/", "-")
}

// TagURI makes the default id of a post (RFC 4151). The date is the one that
// its author wrote, in the zone it was written in, so that moving the site to
// another zone changes no id.
func TagURI(authority string, p *blog.Post) string {
	return "tag:" + authority + "," + p.Published.Format(time.DateOnly) + ":" + url.PathEscape(p.Slug)
}

// permalink returns the absolute URL of the post: the one that the front
// matter gives, else the site's pattern, filled in.
func (r *Reading) permalink() string {
	pattern := r.Site.Permalink
	if own := strings.TrimSpace(r.Text(meta.Permalink)); own != "" {
		if u, err := url.Parse(own); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
			return u.String()
		}
		pattern = own
	}
	filled := paths.Expand(pattern, r.fill)
	clean := path.Clean("/" + filled)
	if strings.HasSuffix(filled, "/") && clean != "/" {
		clean += "/"
	}
	return r.Site.URL + (&url.URL{Path: clean}).EscapedPath()
}

// fill returns what stands for a placeholder; one that is unknown stays as it
// is. Dates are those of the site's zone.
func (r *Reading) fill(name string) string {
	if layout, ok := paths.DateLayout(name); ok {
		return r.Post.Published.In(r.Site.Zone).Format(layout)
	}
	switch name {
	case ":slug", ":title":
		return r.Post.Slug
	case ":y_day":
		return fmt.Sprintf("%03d", r.Post.Published.In(r.Site.Zone).YearDay())
	case ":path":
		return path.Join(path.Dir(r.File.Path), r.Post.Slug)
	}
	return name
}

// aliases fills in the former addresses of the post.
func (r *Reading) aliases() {
	v, _, _ := r.Find(meta.Aliases)
	for _, old := range v.Strings() {
		if strings.HasPrefix(old, "/") || !strings.Contains(old, ":") {
			r.Post.Extra().Aliases = append(r.Post.Aliases(), path.Clean("/"+old))
		}
	}
}
