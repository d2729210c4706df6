package library

import (
	"bytes"
	"maps"
	"runtime"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/library/post"
	"broadsheet/internal/source"

	"golang.org/x/sync/errgroup"
)

// rendered is a post's text without template text. It is made anew when the post
// changes, or anything that templates can ask for.
type rendered struct {
	raw           *blog.Post
	body, excerpt []byte
	problems      []blog.Problem
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
	templates := sync.OnceValue(func() *post.Templates { // dear, and needless where nothing changed
		return post.NewTemplates(l.site, l.made, l.data, l.urls, func(file string) bool { _, ok := l.media(file); return ok })
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
			r := &rendered{raw: p.post}
			r.body, r.excerpt, r.problems = templates().Render(p.post, p.meta)
			results[i] = r
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
	for i, p := range holding {
		l.rendered[p.post.Path] = results[i]
		l.Problems = append(l.Problems, results[i].problems...)
	}
}
