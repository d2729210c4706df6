package templated_test

import (
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/library/internal/templated"
)

// fillWith renders the template text of a post with what may have faults, after a version
// that came to a text; nil: there was none. It returns the text, whether there is still a
// post, and what is told.
func fillWith(p *blog.Post, before []byte, render templated.Renderer) (body []byte, there bool, problems []blog.Problem) {
	o := templated.Options{Renderer: func() templated.Renderer { return render }}
	if before != nil {
		o.Before = map[string]*templated.Text{p.Path: {Body: before}}
	}
	r := templated.Render([]*parse.File{{Post: p}}, o)[0]
	if r.Text == nil {
		return nil, r.File.Post != nil, r.File.Problems()
	}
	return r.Text.Body, r.File.Post != nil, r.Text.Problems
}

func TestTemplateThatPanicsKeepsItsLastGoodText(t *testing.T) {
	const fault = "the template text cannot be rendered: a fault of this program, please report it: no luck"
	broken := func(*blog.Post, meta.Pairs) ([]byte, []byte, []blog.Problem) { panic("no luck") }
	p := &blog.Post{Path: "_posts/2026-01-01-a.md"}
	body, there, told := fillWith(p, []byte("good"), broken)
	if string(body) != "good" || !there || len(told) != 1 || told[0].Message != fault+"; the last good version of it stays" || told[0].File != p.Path {
		t.Errorf("%q, told %v", body, told)
	}
	if _, there, told = fillWith(p, nil, broken); there || len(told) != 1 || told[0].Message != fault {
		t.Errorf("at a cold start there is a post: %v, told %v", there, told)
	}
}
