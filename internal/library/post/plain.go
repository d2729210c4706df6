package post

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/markdown"
)

// plain is the dialect of a bare folder: the union of what generators do.
type plain struct{}

func (plain) passes(string) bool     { return false }
func (plain) keys() frontmatter.Keys { return frontmatter.Plain }
func (plain) state(r *reader) State  { return r.stateOf() }
func (plain) dates(r *reader) error  { return r.dates() }
func (plain) texts(r *reader)        { r.texts() }
func (plain) people(r *reader)       { r.people() }
func (plain) links(r *reader)        { r.links() }

// find returns the value of a field.
func (r *reader) find(f frontmatter.Field) (frontmatter.Value, string, bool) {
	if !r.held.Has(f) {
		return frontmatter.Value{}, "", false
	}
	return r.by.keys().Find(r.block, f)
}

// text returns the value of a field that is a single text.
func (r *reader) text(f frontmatter.Field) string {
	v, _, ok := r.find(f)
	if !ok {
		return ""
	}
	return firstOf(v.Strings())
}

// language returns the language that the front matter states. What cannot be one is
// named, and counts for nothing.
func (r *reader) language() string {
	v, key, _ := r.find(frontmatter.Language)
	said := firstOf(v.Strings())
	tag, ok := blog.LanguageTag(said)
	if ok || said == "" {
		return tag
	}
	r.warn(v.Line, fmt.Sprintf("%s: %q is no language tag, such as en or pt-BR", key, said))
	return ""
}

// is reports whether a switch is written and set to want.
func (r *reader) is(f frontmatter.Field, want bool) bool {
	v, _, ok := r.find(f)
	if !ok {
		return false
	}
	value, isBool := v.Bool()
	return isBool && value == want
}

func (r *reader) warn(line int, message string) {
	r.problems = append(r.problems, blog.Problem{File: r.file.Path, Line: line, Severity: blog.Warning, Message: message})
}

// notPosts are files of words that lie about in folders of posts.
var notPosts = map[string]bool{
	"readme": true, "license": true, "licence": true, "changelog": true, "contributing": true, "code_of_conduct": true,
}

// stateOf tells posts from what is none, and hidden posts from public ones.
func (r *reader) stateOf() State {
	_, _, redirects := r.find(frontmatter.Redirect)
	bare := r.block.Format == frontmatter.None
	switch {
	case r.name.base == "_index", redirects && len(bytes.TrimSpace(r.block.Body)) == 0:
		return Other
	case bare && (r.html() || notPosts[strings.ToLower(r.name.base)]):
		return Other
	}
	state := r.publicity()
	switch {
	case r.misspelt(), r.name.draft:
		return Draft
	case r.unlisted():
		return narrower(state, Unlisted)
	}
	return state
}

func (r *reader) unlisted() bool {
	switch strings.ToLower(r.text(frontmatter.Listed)) {
	case "never", "local", "false":
		return true
	}
	return false
}

// html reports whether the file holds HTML rather than Markdown.
func (r *reader) html() bool {
	switch strings.ToLower(path.Ext(r.file.Path)) {
	case ".html", ".htm":
		return true
	}
	return false
}

// dates fills in when the post was published, changed and will expire. Only
// the first is needed; the others are left out, with a warning, when they
// cannot be read.
func (r *reader) dates() error {
	published, err := r.published()
	if err != nil {
		return err
	}
	r.post.Published, r.post.Updated = published, published
	if updated := r.optionalDate(frontmatter.Updated); updated.After(published) {
		r.post.Updated = updated
	}
	r.post.Expires = r.optionalDate(frontmatter.Expires)
	r.notBefore = r.embargo()
	return nil
}

func (r *reader) published() (time.Time, error) {
	v, key, ok := r.find(frontmatter.Published)
	if !ok {
		return r.publishedByName()
	}
	d, err := frontmatter.ParseDate(v.Text, r.site.Zone)
	if err != nil {
		return time.Time{}, blog.Problem{File: r.file.Path, Line: v.Line, Severity: blog.Error, Message: key + ": " + err.Error()}
	}
	if d.Warning != "" {
		r.warn(v.Line, key+": "+d.Warning)
	}
	return d.Time, nil
}

func (r *reader) publishedByName() (time.Time, error) {
	if r.name.date == "" && r.state == Draft && !r.file.Modified.IsZero() { // it has all the time in the world
		return r.file.Modified.UTC().Truncate(time.Second), nil
	}
	if r.name.date == "" {
		return time.Time{}, blog.Problem{File: r.file.Path, Line: 1, Severity: blog.Error,
			Message: `the post has no date: expected "date: 2006-01-02" in its front matter, or a file name that begins with 2006-01-02-`}
	}
	d, err := frontmatter.ParseDate(r.name.date, r.site.Zone)
	if err != nil {
		return time.Time{}, blog.Problem{File: r.file.Path, Line: 1, Severity: blog.Error, Message: "the file's name: " + err.Error()}
	}
	return d.Time, nil
}

func (r *reader) optionalDate(f frontmatter.Field) time.Time {
	v, key, ok := r.find(f)
	if !ok {
		return time.Time{}
	}
	d, err := frontmatter.ParseDate(v.Text, r.site.Zone)
	if err != nil {
		r.warn(v.Line, key+" is left out: "+err.Error())
		return time.Time{}
	}
	if d.Warning != "" {
		r.warn(v.Line, key+": "+d.Warning)
	}
	return d.Time
}

// texts fills in title, summary, language and how the body is written.
func (r *reader) texts() {
	r.post.Language = r.language()
	r.post.Summary = markdown.Written(r.text(frontmatter.Summary))
	r.post.Carry = r.carry()
	if r.html() {
		r.post.Markup = blog.HTML
	}
	v, _, ok := r.find(frontmatter.Title)
	switch {
	case ok && !isFalse(v):
		r.post.Title = plainTitle(v.Text)
	case !ok && r.post.Markup == blog.Markdown:
		r.titleFromHeading()
	}
}

// carry reads how much of the post its entries are to carry.
func (r *reader) carry() blog.Extent {
	switch extent := blog.Extent(strings.ToLower(r.text(frontmatter.Carry))); extent {
	case blog.Both, blog.Full, blog.Summary:
		return extent
	}
	if r.is(frontmatter.ExcerptOnly, true) {
		return blog.Summary
	}
	return ""
}

func isFalse(v frontmatter.Value) bool {
	value, isBool := v.Bool()
	return isBool && !value && !v.Quoted
}

func firstOf(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}
