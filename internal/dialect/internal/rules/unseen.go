package rules

import (
	"bytes"
	"fmt"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/text"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

// unseen takes out of the body what is not to be read. The author is told where that
// is more than was meant.
func (r *Reading) unseen() {
	languages := r.posts.Comments(r)
	languages.HTML = r.IsHTML()
	body, endless := markdown.WithoutUnseen(r.Post.Body, languages)
	r.Post.Body, r.body = body, body
	for _, o := range endless {
		r.problems = append(r.problems, blog.Problem{File: r.File.Path, Line: r.Post.BodyLine + o.Line - 1, Severity: blog.Error,
			Message: fmt.Sprintf("nothing closes %q, so the rest of the post is kept back", o.Text)})
	}
}

// written returns the values of the front matter, and the body if it is asked for.
func (r *Reading) written(body bool) [][]byte {
	var values strings.Builder
	for i := range r.Block.Meta {
		writeTexts(&values, r.Block.Meta[i].Value)
	}
	front, _ := markdown.WithoutUnseen([]byte(values.String()), markdown.Languages{HTML: true})
	if !body {
		return [][]byte{front}
	}
	if !bytes.Contains(r.body, []byte("{{")) { // as most bodies
		return [][]byte{front, r.body}
	}
	return [][]byte{front, []byte(text.WithoutComments(string(r.body)))}
}

// writeTexts writes the texts of a value, each on a line of its own.
func writeTexts(b *strings.Builder, v meta.Value) {
	b.WriteString(v.Text)
	b.WriteByte('\n')
	for _, one := range v.List {
		writeTexts(b, one)
	}
	for _, pair := range v.Map {
		writeTexts(b, pair.Value)
	}
}

// anyComments are those of all languages: which one a post in a bare folder was
// written for is not known.
func anyComments(*Reading) markdown.Languages {
	return markdown.Languages{Kramdown: true, Liquid: true, Hugo: true, Obsidian: true, Templates: true, MDX: true}
}
