package post

import (
	"fmt"
	"regexp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
)

// unseen takes out of the body what is not to be read. The author is told where that
// is more than was meant.
func (r *reader) unseen() {
	languages := r.by.comments(r)
	languages.HTML = r.html()
	body, endless := markdown.WithoutUnseen(r.post.Body, languages)
	r.post.Body = body
	for _, o := range endless {
		r.problems = append(r.problems, blog.Problem{File: r.file.Path, Line: r.post.BodyLine + o.Line - 1, Severity: blog.Error,
			Message: fmt.Sprintf("nothing closes %q, so the rest of the post is kept back", o.Text)})
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
	return hugoComment.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) })
}
