package library

import (
	"bytes"
	"fmt"
	"maps"
	"runtime"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/media"
	"broadsheet/internal/source"

	"golang.org/x/sync/errgroup"
)

// rendered is a post's text without template text. It is made anew when the post
// changes, or anything that templates can ask for.
type rendered struct {
	raw           *blog.Post
	body, excerpt []byte
	problems      []blog.Problem
	names         []string // what may be names of media files in it
}

// asksForURLs reports whether template text may ask where other posts are.
func asksForURLs(body []byte) bool {
	return bytes.Contains(body, []byte("post_url")) || bytes.Contains(body, []byte("link")) || bytes.Contains(body, []byte("include"))
}

// render renders the template text of the posts that hold any, on all processors,
// and takes from prev what has not changed.
func (l *Library) render(prev *Library, files []source.File) {
	l.rendered = map[string]*rendered{}
	var holding []*parsed
	for i := range files {
		if p := l.parsed[files[i].Path]; p.meta != nil && p.post != nil {
			holding = append(holding, p)
		}
	}
	if len(holding) == 0 {
		return
	}
	l.urls = map[string]string{}
	for path, p := range l.parsed {
		if p.post != nil {
			l.urls[path] = p.post.URL
		}
	}
	same := prev != nil && sameData(prev.data, l.data)
	sameURLs := same && maps.Equal(prev.urls, l.urls)
	templates := sync.OnceValue(func() dialect.Templates { // expensive; built on first use
		return l.made.Templates(l.site, l.data, dialect.Addresses{Posts: l.urls, IsFile: l.isFile})
	})
	results := make([]*rendered, len(holding))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range holding {
		if same {
			if before := prev.rendered[p.post.Path]; before != nil && before.raw == p.post && (sameURLs || !asksForURLs(p.post.Body)) {
				results[i] = before
				continue
			}
		}
		group.Go(func() error {
			results[i] = fill(p, templates().Render)
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
	for i, p := range holding {
		path := p.post.Path
		if results[i].raw == nil {
			l.parsed[path], results[i] = faulty(prev, p, results[i])
		}
		if results[i] != nil {
			l.rendered[path] = results[i]
			l.Problems = append(l.Problems, results[i].problems...)
		}
	}
}

// isFile reports whether there is another file than a post of this path.
func (l *Library) isFile(path string) bool {
	_, found := l.files.Find(path)
	return found
}

// templater renders the body and the excerpt of a post.
type templater func(*blog.Post, meta.Pairs) (body, excerpt []byte, problems []blog.Problem)

// fill renders the template text of one post. This is the one place where that is
// done: after a panic the result has no post, and says so.
func fill(p *parsed, render templater) (r *rendered) {
	defer func() {
		if v := recover(); v != nil {
			r = &rendered{problems: []blog.Problem{{File: p.post.Path, Severity: blog.Error,
				Message: fmt.Sprintf("the template text cannot be rendered: a fault of this program, please report it: %v", v)}}}
		}
	}()
	r = &rendered{raw: p.post}
	r.body, r.excerpt, r.problems = render(p.post, p.meta)
	r.names = append(media.Names(r.body), media.Names(r.excerpt)...)
	return r
}

// faulty is what becomes of a post whose template text cannot be rendered: its last
// good text stays; without one there is no post.
func faulty(prev *Library, p *parsed, failed *rendered) (*parsed, *rendered) {
	if prev != nil {
		if before := prev.rendered[p.post.Path]; before != nil {
			failed.problems[0].Message += "; the last good version of it stays"
			return p, &rendered{raw: p.post, body: before.body, excerpt: before.excerpt, names: before.names, problems: failed.problems}
		}
	}
	return &parsed{hash: p.hash, broken: true, problems: failed.problems}, nil
}
