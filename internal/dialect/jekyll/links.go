package jekyll

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"

	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/frontmatter/meta"
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

func (j jekyll) links(r *rules.Reading) {
	r.Post.Slug = j.slug(r)
	if c, _, ok := j.collectionOf(r.File.Path); ok {
		j.document(r, c)
	}
	at := j.path(r)
	r.Post.URL = r.Site.URL + at
	// The folder of the address, and the slug as it is: no extension, no slash.
	r.SetLinks(r.Site.URL + strings.TrimSuffix(dirname(at), "/") + "/" + paths.Escape(r.Post.Slug))
}

// dirname is what File.dirname of Ruby returns: the folder of a folder is the one
// above it.
func dirname(at string) string { return path.Dir(strings.TrimRight(at, "/")) }

// path fills in the permalink.
func (j jekyll) path(r *rules.Reading) string {
	pattern := strings.TrimSpace(r.Text(meta.Permalink))
	if pattern == "" {
		pattern = j.pattern
		if c, _, ok := j.collectionOf(r.File.Path); ok {
			pattern = c.pattern
		}
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

// jekyllPlaceholder matches a placeholder: ":title:output_ext" has no separator.
var jekyllPlaceholder = regexp.MustCompile(`:(?:` + strings.Join(placeholders, "|") + `)`)

// placeholders are what may stand in a permalink, a longer one before any that it begins with.
var placeholders = []string{
	"slugified_categories", "categories", "collection", "output_ext", "title", "slug", "name", "path",
	"short_year", "year", "w_year", "y_day",
	"short_month", "long_month", "i_month", "month",
	"week", "w_day", "short_day", "long_day", "i_day", "day",
	"hour", "minute", "second",
}

func (j jekyll) fill(r *rules.Reading, name string) string {
	at := r.Post.Published.In(j.zone)
	if layout, ok := paths.DateLayout(name); ok {
		return at.Format(layout)
	}
	week := func() (int, int) { return at.ISOWeek() }
	switch name {
	case ":title":
		return paths.Escape(slugify(r.Post.Slug, pretty, false))
	case ":slug":
		return paths.Escape(slugify(r.Post.Slug, wordsOnly, true))
	case ":name":
		return paths.Escape(slugify(r.Name.Base, wordsOnly, true))
	case ":path":
		return paths.Escape(path.Join(j.folderOf(r.File.Path), r.Name.Base))
	case ":collection":
		if c, _, ok := j.collectionOf(r.File.Path); ok {
			return c.label
		}
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

// folderOf returns the folder of a file within its collection.
func (j jekyll) folderOf(file string) string {
	if _, within, ok := j.collectionOf(file); ok {
		return path.Dir(within)
	}
	file, _ = below(j.dir, file)
	return strings.Replace(path.Dir(file), "_posts", "", 1)
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
			all = append(all, paths.Escape(name))
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
