package post

import (
	"bytes"
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/generator"
	"broadsheet/internal/markdown"
)

// jekyll is the dialect of Jekyll 4 with jekyll-feed, followed to the letter
// where subscribers would notice: ids, addresses, dates, terms, summaries.
type jekyll struct {
	site     generator.Site
	zone     *time.Location
	defaults []defaults
	authors  frontmatter.Pairs // _data/authors.yml, and the map of the settings
	pattern  string            // of permalinks
	excerpt  string            // what ends an excerpt
	exclude  patterns
	include  patterns // wins over exclude
}

// jekyllKeys are the keys that Jekyll and its feed plugin know; those of fields
// that it has no word for are the union's.
var jekyllKeys = func() frontmatter.Keys {
	keys := frontmatter.Keys{Exact: true, Names: map[frontmatter.Field][]string{}}
	for field, names := range frontmatter.Plain.Names {
		keys.Names[field] = names
	}
	for field, names := range map[frontmatter.Field][]string{
		frontmatter.Published: {"date"},
		frontmatter.Updated:   {"last_modified_at"},
		frontmatter.Draft:     {"draft"}, // whose posts the feed plugin leaves out
		frontmatter.Public:    {"published"},
		frontmatter.Withheld:  nil,
		frontmatter.NotBefore: nil,
		frontmatter.Embargo:   nil,
		frontmatter.Status:    nil,
		frontmatter.Standing:  nil,
		frontmatter.Locked:    nil,
		frontmatter.Rendered:  nil,
		frontmatter.Unlisted:  {"unlisted"}, // themes have a use of their own for hidden
		frontmatter.Listed:    nil,
		frontmatter.ID:        {"id"}, // the feed plugin knows no other, and itself not even this one
		frontmatter.Permalink: {"permalink"},
		frontmatter.Authors:   {"author", "authors"},
		frontmatter.Summary:   {"description", "excerpt"},
		frontmatter.Image:     {"image.path", "image"},
		frontmatter.Language:  {"lang"},
		frontmatter.Aliases:   {"redirect_from"},
	} {
		keys.Names[field] = names
	}
	return keys
}()

func newJekyll(site blog.Site, g generator.Site, data map[string][]byte) jekyll {
	j := jekyll{
		site: g, zone: site.Zone, defaults: defaultsOf(g), pattern: g.Text("collections.posts.permalink", "permalink"),
		excerpt: "\n\n", exclude: patternsOf(g, "exclude"), include: patternsOf(g, "include"),
	}
	if separator, ok := g.Value("excerpt_separator"); ok && separator.Kind != frontmatter.Null {
		j.excerpt = separator.Text
	}
	for _, name := range []string{"_data/authors.yml", "_data/authors.yaml"} {
		if v, _, err := frontmatter.ParseData(name, data[name]); err == nil {
			j.authors = append(j.authors, v.Map...)
		}
	}
	if v, ok := g.Value("authors"); ok {
		j.authors = append(j.authors, v.Map...)
	}
	return j
}

// passes reports whether a file is no post by where it lies.
func (j jekyll) passes(name string) bool {
	if !isPostFile(name) || j.excluded(name) {
		return true
	}
	posts := false
	for segment := range strings.SplitSeq(path.Dir(name), "/") {
		switch {
		case segment == "_posts", segment == "_drafts":
			posts = true
		case strings.HasPrefix(segment, "_") && !posts: // Jekyll enters no such folder
			return true
		}
	}
	return !posts
}

func (jekyll) keys() frontmatter.Keys { return jekyllKeys }

// jekyllName matches the names of posts.
var jekyllName = regexp.MustCompile(`^(\d{2,4}-\d{1,2}-\d{1,2})-(.*)$`)

// state tells posts from all other files of a site: they lie below _posts, at
// any depth, and are named after their date.
func (j jekyll) state(r *reader) State {
	dir := "/" + path.Dir(r.file.Path) + "/"
	drafts := strings.Contains(dir, "/_drafts/")
	m := jekyllName.FindStringSubmatch(r.name.base)
	if !drafts && m == nil {
		return Other
	}
	r.name.date, r.name.slug = "", r.name.base
	if m != nil {
		r.name.date, r.name.slug = m[1], m[2]
	}
	r.name.slug = strings.TrimRight(r.name.slug, ".")
	j.applyDefaults(r)
	state := r.publicity()
	if drafts {
		state = Draft
	}
	if state != Draft {
		r.warnOfForeign("Jekyll")
	}
	return state
}

func isPostFile(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm":
		return true
	}
	return false
}

// dates follows what YAML and Ruby make of a date together: one with seconds
// that names no zone is UTC, unless it is quoted; any other is local.
func (j jekyll) dates(r *reader) error {
	published, err := j.published(r)
	if err != nil {
		return err
	}
	r.post.Published, r.post.Updated = published, published
	if v, key, ok := r.find(frontmatter.Updated); ok {
		switch updated, err := j.date(r, v, key); {
		case err != nil:
			r.warn(v.Line, key+" is left out: "+err.Error())
		case updated.After(published):
			r.post.Updated = updated
		}
	}
	return nil
}

func (j jekyll) published(r *reader) (time.Time, error) {
	v, key, ok := r.find(frontmatter.Published)
	if !ok {
		return r.publishedByName()
	}
	published, err := j.date(r, v, key)
	if err != nil && r.name.date != "" {
		r.warn(v.Line, key+": "+err.Error()+"; the date of the file's name is used")
		return r.publishedByName()
	}
	if err != nil {
		return time.Time{}, blog.Problem{File: r.file.Path, Line: v.Line, Severity: blog.Error, Message: key + ": " + err.Error()}
	}
	return published, nil
}

func (j jekyll) date(r *reader, v frontmatter.Value, key string) (time.Time, error) {
	d, err := frontmatter.ParseDate(v.Text, j.zone)
	if err == nil && d.HasClock && d.HasSeconds && !d.HasZone && !d.Halved && !v.Quoted && d.Warning == "" {
		d, err = frontmatter.ParseDate(v.Text, time.UTC)
	}
	if err == nil && d.Warning != "" {
		r.warn(v.Line, key+": "+d.Warning)
	}
	return d.Time, err
}

func (j jekyll) texts(r *reader) {
	r.post.Language = r.language()
	if r.html() {
		r.post.Markup = blog.HTML
	}
	v, _, ok := r.find(frontmatter.Title)
	if r.post.Title = titleised(j.slug(r)); ok {
		r.post.Title = allTags(v.Text)
	}
	r.post.Carry = r.carry()
	// Blank lines after the front matter belong to it.
	body := bytes.TrimLeft(r.post.Body, "\r\n")
	r.post.BodyLine += bytes.Count(r.post.Body[:len(r.post.Body)-len(body)], []byte("\n"))
	if bytes.IndexByte(body, '\r') >= 0 { // no separator would match otherwise
		body = bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
	}
	r.post.Body = body
	if r.post.Summary = markdown.Written(r.text(frontmatter.Summary)); r.post.Summary == "" {
		r.post.Excerpt = j.excerptOf(r, body)
	}
	if hasTemplates(r.post.Body) {
		return // the rest comes after the templates
	}
	r.post.Body = withoutAttributes(r.post.Body)
	r.post.Excerpt = withoutAttributes(r.post.Excerpt)
}

// excerptOf returns the beginning of the body, with the link definitions of the
// rest, which it may refer to.
func (j jekyll) excerptOf(r *reader, body []byte) []byte {
	separator := j.excerpt
	if v, ok := r.block.Meta.Get("excerpt_separator"); ok {
		separator = v.Text
	}
	if separator == "" {
		return body
	}
	head, tail, found := bytes.Cut(body, []byte(separator))
	if !found {
		return body
	}
	excerpt := slices.Clone(head)
	for _, definition := range linkDefinition.FindAll(tail, -1) {
		excerpt = append(append(excerpt, "\n\n"...), definition...)
	}
	return excerpt
}

var linkDefinition = regexp.MustCompile(`(?m)^ {0,3}\[[^\]\n]+\]: .+$`)

var anyTag = regexp.MustCompile(`(?s)<!--.*?-->|<[^>]*>`)

// allTags returns a title as the feed plugin does: with typographic quotes, and
// without anything that looks like a tag.
func allTags(title string) string {
	return smart(plainTitle(anyTag.ReplaceAllString(markdown.WithoutHidden(title), "")))
}

// titleised makes a title of a slug: each word between hyphens begins with a
// capital, and the rest of it is small.
func titleised(slug string) string {
	words := strings.Split(slug, "-")
	for i, w := range words {
		runes := []rune(strings.ToLower(w))
		if len(runes) > 0 {
			runes[0] = unicode.ToUpper(runes[0])
		}
		words[i] = string(runes)
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

func (j jekyll) slug(r *reader) string { return cmp.Or(r.text(frontmatter.Slug), r.name.slug) }
