package post

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/generator"
	"broadsheet/internal/markdown"
)

// fileName is what the name of a file says of its post.
type fileName struct {
	base  string // without folders and extension
	date  string // as written at its beginning, e.g. "2026-1-31"; empty: none
	slug  string
	draft bool // the file lies in a folder for drafts or templates, or is named as one
}

// setAside reports whether the name of a file, without its extension, is one that
// generators pass over, as _later, or says what it is, as later.draft does.
func setAside(base string) bool {
	switch strings.ToLower(path.Ext(base)) {
	case ".draft", ".private":
		return true
	}
	return strings.HasPrefix(base, "_")
}

var datedName = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ](.*))?$`)

// nameOf reads a path. A file named index is named after its folder.
func nameOf(file string) fileName {
	dir, base := path.Split(file)
	n := fileName{base: strings.TrimSuffix(base, path.Ext(base))}
	n.draft = generator.Shelf(file) != "" || setAside(n.base)
	name := n.base
	if name == "index" && dir != "" {
		name = path.Base(dir)
	}
	n.slug = name
	if m := dated(name); m != nil {
		n.date, n.slug = m[1], m[2]
	}
	if n.slug == "" {
		n.slug = name
	}
	if n.date == "" {
		n.date = dateOfFolders(dir)
	}
	return n
}

// dated matches a name that begins with a date, and is quick about any other.
func dated(name string) []string {
	if name == "" || name[0] < '0' || name[0] > '9' {
		return nil
	}
	return datedName.FindStringSubmatch(name)
}

// dateOfFolders returns the date that the nearest of the folders begins with, as
// Eleventy takes it.
func dateOfFolders(dir string) string {
	folders := strings.Split(dir, "/")
	for i := len(folders) - 1; i >= 0; i-- {
		if m := dated(folders[i]); m != nil {
			return m[1]
		}
	}
	return ""
}

// links fills in everything of the post that is a URL, and its id.
func (r *reader) links() {
	r.post.Slug, r.post.Section = r.slug(), section(r.file.Path)
	r.post.URL = r.permalink()
	r.post.ExternalURL = r.site.Resolve(r.text(frontmatter.ExternalURL))
	r.post.Image = blog.Image{URL: r.text(frontmatter.Image), Alt: markdown.Plain(r.text(frontmatter.ImageAlt), 0)}
	r.aliases()
	r.identify(TagURI(r.site.Authority, r.post))
}

// section returns the outermost folder that a file lies in.
func section(file string) string {
	folder, _, inside := strings.Cut(file, "/")
	if !inside || strings.HasPrefix(folder, "_") {
		return ""
	}
	return folder
}

func (r *reader) slug() string {
	slug := strings.Trim(r.text(frontmatter.Slug), "/ ")
	if slug == "" {
		slug = r.name.slug
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
func (r *reader) permalink() string {
	pattern := r.site.Permalink
	if own := strings.TrimSpace(r.text(frontmatter.Permalink)); own != "" {
		if u, err := url.Parse(own); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
			return u.String()
		}
		pattern = own
	}
	filled := expand(pattern, r.fill)
	clean := path.Clean("/" + filled)
	if strings.HasSuffix(filled, "/") && clean != "/" {
		clean += "/"
	}
	return r.site.URL + (&url.URL{Path: clean}).EscapedPath()
}

// expand puts what fill says in the place of each placeholder: a colon and words
// of lower-case letters, with "_" between them.
func expand(pattern string, fill func(name string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, ":")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		length := letters(rest)
		for word := length; word > 0 && strings.HasPrefix(rest[length:], "_"); {
			if word = letters(rest[length+1:]); word > 0 {
				length += 1 + word
			}
		}
		name := pattern[len(before) : len(before)+1+length]
		if length > 0 {
			name = fill(name)
		}
		b.WriteString(name)
		pattern = rest[length:]
	}
}

// letters returns how many lower-case letters a text begins with.
func letters(text string) int { return len(text) - len(strings.TrimLeft(text, lowerCase)) }

const lowerCase = "abcdefghijklmnopqrstuvwxyz"

// fill returns what stands for a placeholder; one that is unknown stays as it
// is. Dates are those of the site's zone.
func (r *reader) fill(name string) string {
	if layout, ok := dateLayouts[name]; ok {
		return r.post.Published.In(r.site.Zone).Format(layout)
	}
	switch name {
	case ":slug", ":title":
		return r.post.Slug
	case ":y_day":
		return fmt.Sprintf("%03d", r.post.Published.In(r.site.Zone).YearDay())
	case ":path":
		return path.Join(path.Dir(r.file.Path), r.post.Slug)
	}
	return name
}

var dateLayouts = map[string]string{
	":year": "2006", ":month": "01", ":day": "02", ":hour": "15", ":minute": "04", ":second": "05",
	":short_year": "06", ":i_month": "1", ":i_day": "2",
}
