package library

import (
	"maps"
	"sync"

	"broadsheet/internal/dialect"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/library/internal/templated"
	"broadsheet/internal/source"
)

// render renders the template text of the posts that hold any, and takes from prev what
// has not changed.
func (l *Library) render(prev *Library, files []source.File) {
	l.rendered = map[string]*templated.Text{}
	var holding []*parse.File
	for i := range files {
		if p := l.parsed[files[i].Path]; p.Meta() != nil && p.Post != nil {
			holding = append(holding, p)
		}
	}
	if len(holding) == 0 {
		return
	}
	l.urls = map[string]string{}
	for path, p := range l.parsed {
		if p.Post != nil {
			l.urls[path] = p.Post.URL
		}
	}
	o := templated.Options{Renderer: sync.OnceValue(l.renderer)} // expensive; built on first use
	if prev != nil {
		o.Before, o.Same = prev.rendered, parse.SameData(prev.data, l.data)
		o.SameURLs = o.Same && maps.Equal(prev.urls, l.urls)
	}
	for i, r := range templated.Render(holding, o) {
		path := holding[i].Post.Path
		l.parsed[path] = r.File
		if r.Text != nil {
			l.rendered[path] = r.Text
			l.Problems = append(l.Problems, r.Text.Problems...)
		}
	}
}

// renderer returns what renders template text.
func (l *Library) renderer() templated.Renderer {
	return l.made.Templates(l.site, l.data, dialect.Addresses{Posts: l.urls, IsFile: l.isFile}).Render
}

// isFile reports whether there is another file than a post of this path.
func (l *Library) isFile(path string) bool {
	_, found := l.files.Find(path)
	return found
}
