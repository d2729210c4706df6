package jekyll

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

func (j jekyll) texts(r *rules.Reading) {
	r.Post.Extra().Language = r.StatedLanguage()
	v, _, ok := r.Find(meta.Title)
	if r.Post.Title = titleised(r.Name.Slug); ok {
		r.Post.Title = feedTitle(v.Text)
	}
	// Blank lines after the front matter belong to it.
	body := bytes.TrimLeft(r.Post.Body, "\r\n")
	r.Post.BodyLine += bytes.Count(r.Post.Body[:len(r.Post.Body)-len(body)], []byte("\n"))
	if bytes.IndexByte(body, '\r') >= 0 { // no separator would match otherwise
		body = bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
	}
	r.Post.Body = body
	if r.Post.Extra().Summary = markdown.Written(r.Text(meta.Summary)); r.Post.Summary() == "" {
		r.Post.Extra().Excerpt = j.excerptOf(r, body)
	}
}

// excerptOf returns the beginning of the body, with the link definitions of the
// rest, which it may refer to.
func (j jekyll) excerptOf(r *rules.Reading, body []byte) []byte {
	separator := j.excerpt
	if v, ok := r.Block.Meta.Get("excerpt_separator"); ok {
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

func (j jekyll) slug(r *rules.Reading) string { return cmp.Or(r.Text(meta.Slug), r.Name.Slug) }

// comments leave Liquid to the templates. What ends an excerpt stays, though it
// is a comment.
func (j jekyll) comments(r *rules.Reading) markdown.Languages {
	l := markdown.Languages{Kramdown: true}
	for _, separator := range []string{j.excerpt, values.TextIn(r.Block.Meta, "excerpt_separator")} {
		if inner, ok := strings.CutPrefix(strings.TrimSpace(separator), "<!--"); ok {
			l.Keep = append(l.Keep, strings.TrimSpace(strings.TrimSuffix(inner, "-->")))
		}
	}
	return l
}
