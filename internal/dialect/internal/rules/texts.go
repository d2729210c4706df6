package rules

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/state"
	"broadsheet/internal/dialect/internal/text"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

// Find returns the value of a field and its key as written.
func (r *Reading) Find(f meta.Field) (meta.Value, string, bool) {
	if !r.fields.Has(f) {
		return meta.Value{}, "", false
	}
	return r.posts.Keys.Find(r.Block.Meta, f)
}

// Text returns the value of a field that is a single text.
func (r *Reading) Text(f meta.Field) string {
	v, _, ok := r.Find(f)
	if !ok {
		return ""
	}
	return values.First(v.Strings())
}

// StatedLanguage returns the language that the front matter states. What cannot be one is
// named, and counts for nothing.
func (r *Reading) StatedLanguage() string {
	v, key, _ := r.Find(meta.Language)
	said := values.First(v.Strings())
	tag, ok := blog.LanguageTag(said)
	if ok || said == "" {
		return tag
	}
	r.Warn(v.Line, fmt.Sprintf("%s: %q is no language tag, such as en or pt-BR", key, said))
	return ""
}

// Is reports whether a switch is written and set to want.
func (r *Reading) Is(f meta.Field, want bool) bool {
	v, _, ok := r.Find(f)
	if !ok {
		return false
	}
	value, isBool := v.Bool()
	return isBool && value == want
}

// Report adds what is wrong with the file.
func (r *Reading) Report(p blog.Problem) { r.problems = append(r.problems, p) }

// Warn tells the author what is wrong with a line, 0 where it is the file.
func (r *Reading) Warn(line int, message string) {
	r.problems = append(r.problems, blog.Problem{File: r.File.Path, Line: line, Severity: blog.Warning, Message: message})
}

// notPosts are files of words that lie about in folders of posts.
var notPosts = map[string]bool{
	"readme": true, "license": true, "licence": true, "changelog": true, "contributing": true, "code_of_conduct": true,
}

// IsAside reports whether a file without front matter is none that is meant for a post:
// HTML, or a read-me file.
func (r *Reading) IsAside() bool {
	return r.Block.Format == frontmatter.None && (r.IsHTML() || notPosts[strings.ToLower(r.Name.Base)])
}

// bareState tells posts from what is none, and hidden posts from public ones.
func (r *Reading) bareState() State {
	_, _, redirects := r.Find(meta.Redirect)
	if r.Name.Base == "_index" || redirects && len(bytes.TrimSpace(r.Block.Body)) == 0 || r.IsAside() {
		return Other
	}
	said := r.Publicity()
	switch {
	case r.misspelt(), r.Name.Draft:
		return Draft
	case r.IsUnlisted():
		return state.Narrower(said, Unlisted)
	}
	return said
}

// IsUnlisted reports whether the front matter keeps the post out of all lists.
func (r *Reading) IsUnlisted() bool {
	switch strings.ToLower(r.Text(meta.Listed)) {
	case "never", "local", "false":
		return true
	}
	return false
}

// IsHTML reports whether the file holds HTML rather than Markdown.
func (r *Reading) IsHTML() bool {
	switch strings.ToLower(path.Ext(r.File.Path)) {
	case ".html", ".htm":
		return true
	}
	return false
}

// bareTexts fills in title, summary and language.
func (r *Reading) bareTexts() {
	r.Post.Extra().Language = r.StatedLanguage()
	r.Post.Extra().Summary = markdown.Written(r.Text(meta.Summary))
	v, _, ok := r.Find(meta.Title)
	switch {
	case ok && !values.IsFalse(v):
		r.Post.Title = values.Title(v.Text)
	case !ok && r.Post.Markup == blog.Markdown:
		r.titleFromHeading()
	}
}

// carry reads how much of the post its entries are to carry.
func (r *Reading) carry() blog.Extent {
	switch extent := blog.Extent(strings.ToLower(r.Text(meta.Carry))); extent {
	case blog.Both, blog.Full, blog.Summary:
		return extent
	}
	if r.Is(meta.ExcerptOnly, true) {
		return blog.Summary
	}
	return ""
}

// Lookup finds the value of one key of a field.
func (r *Reading) Lookup(f meta.Field, key string) (meta.Value, string, bool) {
	return meta.Keys{}.FindKey(r.Block.Meta, f, key)
}

// titleFromHeading takes the heading that the body begins with as the title.
// It leaves the body, where it would be read a second time.
func (r *Reading) titleFromHeading() {
	heading, length := text.Heading(r.Post.Body)
	if heading == "" {
		return
	}
	r.Post.Title = values.Title(heading)
	r.Post.BodyLine += bytes.Count(r.Post.Body[:length], []byte("\n"))
	r.Post.Body = r.Post.Body[length:]
}
