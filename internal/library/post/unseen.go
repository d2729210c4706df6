package post

import (
	"fmt"
	"regexp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/markdown"
)

// unseen takes out of the body what is not to be read. The author is told where that
// is more than was meant.
func (r *reader) unseen() {
	languages := r.by.comments(r)
	languages.HTML = r.html()
	body, endless := markdown.WithoutUnseen(r.post.Body, languages)
	r.post.Body, r.body = body, body
	for _, o := range endless {
		r.problems = append(r.problems, blog.Problem{File: r.file.Path, Line: r.post.BodyLine + o.Line - 1, Severity: blog.Error,
			Message: fmt.Sprintf("nothing closes %q, so the rest of the post is kept back", o.Text)})
	}
}

// written returns the values of the front matter, and the body if it is asked for.
func (r *reader) written(body bool) [][]byte {
	var values strings.Builder
	for i := range r.block.Meta {
		writeTexts(&values, r.block.Meta[i].Value)
	}
	front, _ := markdown.WithoutUnseen([]byte(values.String()), markdown.Languages{HTML: true})
	if !body {
		return [][]byte{front}
	}
	return [][]byte{front, []byte(withoutComments(string(r.body)))}
}

// writeTexts writes the texts of a value, each on a line of its own.
func writeTexts(b *strings.Builder, v frontmatter.Value) {
	b.WriteString(v.Text)
	b.WriteByte('\n')
	for _, one := range v.List {
		writeTexts(b, one)
	}
	for _, pair := range v.Map {
		writeTexts(b, pair.Value)
	}
}

// comments are of all of them: which one a post in a bare folder was written for is
// not known.
func (plain) comments(*reader) markdown.Languages {
	return markdown.Languages{Kramdown: true, Liquid: true, Hugo: true, Obsidian: true, Templates: true, MDX: true}
}

func (hugo) comments(*reader) markdown.Languages { return markdown.Languages{Hugo: true} }

// comments leave Liquid to the templates. What ends an excerpt stays, though it
// is a comment.
func (j jekyll) comments(r *reader) markdown.Languages {
	l := markdown.Languages{Kramdown: true}
	for _, separator := range []string{j.excerpt, textIn(r.block.Meta, "excerpt_separator")} {
		if inner, ok := strings.CutPrefix(strings.TrimSpace(separator), "<!--"); ok {
			l.Keep = append(l.Keep, strings.TrimSpace(strings.TrimSuffix(inner, "-->")))
		}
	}
	return l
}

// hugoComment matches the shortcode that shows nothing of what it encloses, in
// code too; one that nothing closes encloses the rest.
var hugoComment = regexp.MustCompile(`(?is)\{\{[<%]\s*comment\s*[>%]\}\}.*?(?:\{\{[<%]\s*/\s*comment\s*[>%]\}\}|\z)`)

// withoutComments leaves as many lines in their place.
func withoutComments(text string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	return hugoComment.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) })
}
