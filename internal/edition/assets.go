package edition

import (
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
)

// assets takes the files that pages and feeds refer to.
func (p *planner) assets() {
	in := p.in
	p.asset(feedStylePath, func() ([]byte, error) {
		style, err := in.theme.FeedStyle(in.pages)
		var problem blog.Problem
		if style != nil && errors.As(err, &problem) {
			return style, nil
		}
		return style, err
	})
	for _, a := range in.theme.Assets() {
		if path := "/" + a.Name; !reserved(path) {
			p.asset(path, func() ([]byte, error) { return a.Data, nil })
		}
	}
}

// reserved reports whether a path is that of a feed, or one under which feeds and
// pages are asked for: no file of a theme takes its place.
func reserved(path string) bool {
	first, _, _ := strings.Cut(path[1:], "/")
	if singular[first] != "" || first == "archive" || first == "years" || first == "page" || path == opmlPath {
		return true
	}
	for canonical, others := range aliases {
		if path == canonical || slices.Contains(others, path) {
			return true
		}
	}
	return slices.Contains(dialect.MainFeeds(), path)
}

func (p *planner) asset(path string, render func() ([]byte, error)) {
	p.take(&Document{
		Path: path, ContentType: typeOf(path), in: p.in, leisurely: true, root: "/",
		render: render, check: func([]byte) error { return nil },
	})
}

// contentTypes are those of the files of a theme.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon",
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif",
	".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8", ".json": "application/json", ".webmanifest": "application/manifest+json",
}

func typeOf(name string) string {
	return cmp.Or(contentTypes[strings.ToLower(path.Ext(name))], "application/octet-stream")
}
