// Package templated renders the template text of posts. In go files that hold any, and what
// they came to before; out come their texts without it, or the last good ones.
package templated

import (
	"bytes"
	"fmt"
	"runtime"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/media"

	"golang.org/x/sync/errgroup"
)

// Text is a post's text without template text. It is made anew when the post changes, or
// anything that templates can ask for.
type Text struct {
	Raw           *blog.Post // the post as parsed; nil: its template text could not be rendered
	Body, Excerpt []byte
	Problems      []blog.Problem
	Names         []string // what may be names of media files in it
}

// Options are what template text is rendered by.
type Options struct {
	Before   map[string]*Text // what the posts came to before, by path
	Same     bool             // all is as it was then that templates can ask for, but posts and their addresses
	SameURLs bool             // these are, too
	Renderer func() Renderer  // called only where a text has to be rendered, by several goroutines
}

// Render renders the template text of posts, on all processors, and takes from before what
// has not changed.
func Render(posts []*parse.File, o Options) []Result {
	results := make([]Result, len(posts))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range posts {
		if before := o.before(p); before != nil {
			results[i] = Result{p, before}
			continue
		}
		group.Go(func() error {
			results[i] = fill(p, o.Renderer()).orBefore(p, o.Before[p.Post.Path])
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
	return results
}

// Result is what a post came to.
type Result struct {
	File *parse.File // the post; a broken file without one, where there is no text
	Text *Text       // nil: it could not be rendered, and never was
}

// before returns the text of a post where it is as it was; nil: it has to be rendered.
func (o Options) before(p *parse.File) *Text {
	before := o.Before[p.Post.Path]
	if o.Same && before != nil && before.Raw == p.Post && (o.SameURLs || !asksForURLs(p.Post.Body)) {
		return before
	}
	return nil
}

// asksForURLs reports whether template text may ask where other posts are.
func asksForURLs(body []byte) bool {
	return bytes.Contains(body, []byte("post_url")) || bytes.Contains(body, []byte("link")) || bytes.Contains(body, []byte("include"))
}

// Renderer renders the body and the excerpt of a post.
type Renderer func(*blog.Post, meta.Pairs) (body, excerpt []byte, problems []blog.Problem)

// fill renders the template text of one post. This is the one place where that is
// done: after a panic the result has no post, and says so.
func fill(p *parse.File, render Renderer) (r *Text) {
	defer func() {
		if v := recover(); v != nil {
			r = &Text{Problems: []blog.Problem{{File: p.Post.Path, Severity: blog.Error,
				Message: fmt.Sprintf("the template text cannot be rendered: a fault of this program, please report it: %v", v)}}}
		}
	}()
	r = &Text{Raw: p.Post}
	r.Body, r.Excerpt, r.Problems = render(p.Post, p.Meta())
	r.Names = append(media.Names(r.Body), media.Names(r.Excerpt)...)
	return r
}

// orBefore is what becomes of a post: where its template text cannot be rendered, its last
// good text stays; without one there is no post.
func (r *Text) orBefore(p *parse.File, before *Text) Result {
	switch {
	case r.Raw != nil:
		return Result{p, r}
	case before != nil:
		r.Problems[0].Message += "; the last good version of it stays"
		return Result{p, &Text{Raw: p.Post, Body: before.Body, Excerpt: before.Excerpt, Names: before.Names, Problems: r.Problems}}
	}
	return Result{parse.Broken(p.Hash, r.Problems...), nil}
}
