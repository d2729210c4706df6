package pages

import (
	"cmp"
	"path"
	"strings"

	"broadsheet/internal/edition/internal/paths"
)

// Assets returns the files that pages and feeds refer to: the style of feeds, and the
// files of the theme.
func (w *Writer) Assets() []Document {
	all := []Document{asset(paths.FeedStyle, func() ([]byte, error) {
		return orBuiltIn(w.Theme.FeedStyle(w.Common))
	})}
	for _, a := range w.Theme.Assets() {
		if path := "/" + a.Name; !paths.IsTaken(path) {
			all = append(all, asset(path, func() ([]byte, error) { return a.Data, nil }))
		}
	}
	return all
}

func asset(path string, render func() ([]byte, error)) Document {
	return Document{Path: path, ContentType: typeOf(path), FeedRoot: "/", Render: render}
}

// contentTypes are those of the files of a theme, by extension.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".txt": "text/plain; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".woff2": "font/woff2",
	".json": "application/json", ".webmanifest": "application/manifest+json",
}

func typeOf(name string) string {
	return cmp.Or(contentTypes[strings.ToLower(path.Ext(name))], "application/octet-stream")
}
