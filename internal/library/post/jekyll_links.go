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
	"broadsheet/internal/markdown"
)

// permalinkStyles are the patterns that have names.
var permalinkStyles = map[string]string{
	"":         "/:categories/:year/:month/:day/:title:output_ext",
	"none":     "/:categories/:title:output_ext",
	"date":     "/:categories/:year/:month/:day/:title:output_ext",
	"ordinal":  "/:categories/:year/:y_day/:title:output_ext",
	"pretty":   "/:categories/:year/:month/:day/:title/",
	"weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}

func (j jekyll) links(r *reader) {
	r.post.Slug = j.slug(r)
	at := j.path(r)
	r.post.URL = r.site.URL + at
	r.post.ExternalURL = r.site.Resolve(r.text(frontmatter.ExternalURL))
	r.post.Image = blog.Image{URL: r.text(frontmatter.Image), Alt: markdown.Plain(r.text(frontmatter.ImageAlt), 0)}
	r.aliases()
	// The folder of the address, and the slug as it is: no extension, no slash.
	r.identify(r.site.URL + strings.TrimSuffix(dirname(at), "/") + "/" + escapePath(r.post.Slug))
}

// dirname is what File.dirname of Ruby returns: the folder of a folder is the one
// above it.
func dirname(at string) string { return path.Dir(strings.TrimRight(at, "/")) }

// path fills in the permalink.
func (j jekyll) path(r *reader) string {
	pattern := strings.TrimSpace(r.text(frontmatter.Permalink))
	if pattern == "" {
		pattern = j.pattern
	}
	if style, ok := permalinkStyles[pattern]; ok {
		pattern = style
	}
	filled := jekyllPlaceholder.ReplaceAllStringFunc(pattern, func(name string) string { return j.fill(r, name) })
	clean := path.Clean("/" + filled)
	if strings.HasSuffix(filled, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

// jekyllPlaceholder lists the longer names first, as ":title:output_ext" has no
// separator.
var jekyllPlaceholder = regexp.MustCompile(`:(?:slugified_categories|categories|collection|output_ext|short_month|short_year|long_month|short_day|long_day|i_month|i_day|w_year|w_day|y_day|minute|second|month|title|year|week|hour|path|slug|name|day)`)

func (j jekyll) fill(r *reader, name string) string {
	at := r.post.Published.In(j.zone)
	if layout, ok := dateLayouts[name]; ok {
		return at.Format(layout)
	}
	week := func() (int, int) { return at.ISOWeek() }
	switch name {
	case ":title":
		return escapePath(slugify(r.post.Slug, pretty, false))
	case ":slug":
		return escapePath(slugify(r.post.Slug, wordsOnly, true))
	case ":name":
		return escapePath(slugify(r.name.base, wordsOnly, true))
	case ":path":
		return escapePath(path.Join(path.Dir(r.file.Path), r.name.base))
	case ":collection":
		return "posts"
	case ":output_ext":
		return ".html"
	case ":categories":
		return joined(j.categories(r), strings.ToLower)
	case ":slugified_categories":
		return joined(j.categories(r), func(s string) string { return slugify(s, wordsOnly, true) })
	case ":y_day":
		return fmt.Sprintf("%03d", at.YearDay())
	case ":w_year":
		year, _ := week()
		return fmt.Sprint(year)
	case ":week":
		_, n := week()
		return fmt.Sprintf("%02d", n)
	case ":w_day":
		return fmt.Sprint((int(at.Weekday())+6)%7 + 1)
	}
	return longLayout(name, at)
}

func longLayout(name string, at time.Time) string {
	layouts := map[string]string{":short_month": "Jan", ":long_month": "January", ":short_day": "Mon", ":long_day": "Monday"}
	return at.Format(layouts[name])
}

// joined makes a path of the categories, each once.
func joined(names []string, form func(string) string) string {
	seen := map[string]bool{}
	var all []string
	for _, name := range names {
		if name = form(name); !seen[name] {
			seen[name] = true
			all = append(all, escapePath(name))
		}
	}
	return strings.Join(all, "/")
}

var (
	pretty    = regexp.MustCompile(`[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+`)
	wordsOnly = regexp.MustCompile(`[^\p{M}\p{L}\p{Nd}]+`)
)

// slugify puts a hyphen for each run of what the mode does not keep.
func slugify(s string, mode *regexp.Regexp, lower bool) string {
	if s = strings.Trim(mode.ReplaceAllString(s, "-"), "-"); lower {
		s = strings.ToLower(s)
	}
	return s
}

// escapePath encodes what a path of a URL cannot hold (RFC 3986 section 3.3).
func escapePath(s string) string { return (&url.URL{Path: s}).EscapedPath() }

// aliases fills in the former addresses of the post.
func (r *reader) aliases() {
	v, _, _ := r.find(frontmatter.Aliases)
	for _, old := range v.Strings() {
		if strings.HasPrefix(old, "/") || !strings.Contains(old, ":") {
			r.post.Aliases = append(r.post.Aliases, path.Clean("/"+old))
		}
	}
}
