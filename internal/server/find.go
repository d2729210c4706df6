package server

import (
	"log/slog"
	"net/url"
	"slices"
	"strings"

	"broadsheet/internal/edition"
	"broadsheet/internal/page"
	"broadsheet/internal/server/internal/document"
)

// feedsByQuery are the feeds that WordPress and Blogger name in a query, by path,
// key and value.
var feedsByQuery = map[string]map[string]map[string]string{
	"/": {"feed": {
		"rss": "/rss.xml", "rss2": "/rss.xml", "feed": "/rss.xml", "rdf": "/rss.xml",
		"atom": "/atom.xml", "json": "/feed.json",
	}},
	"/feeds/posts/default": {"alt": {"rss": "/rss.xml", "atom": "/atom.xml", "json": "/feed.json"}},
}

// byQuery returns the path that a request is for, and the format that its query asks
// for; empty: none.
func byQuery(u *url.URL) (path, format string) {
	if u.RawQuery == "" {
		return u.Path, ""
	}
	for key, paths := range feedsByQuery[u.Path] {
		if path := paths[u.Query().Get(key)]; path != "" {
			return path, ""
		}
	}
	if strings.Contains(u.RawQuery, "format=") {
		format = u.Query().Get("format")
	}
	return u.Path, format
}

// find returns the answer to a GET of u: what published returns, or an http.Handler.
func (d *Documents) find(u *url.URL) any {
	path, format := byQuery(u)
	path = withoutDots(path)
	e := d.edition()
	if e == nil {
		return d.findUnpublished(path)
	}
	if published := d.lookUp(e, path, format, u.Path); published != nil {
		return published
	}
	paths := []string{path}
	if inside, ok := below(e.Base(), path); ok {
		paths = []string{inside, path}
	}
	if d.reloads != nil && e.Preview() && slices.Contains(paths, page.ReloadPath) {
		return d.reloads
	}
	for _, path := range paths {
		if f := d.shelf.Find(path, e.Preview()); f != nil {
			return f
		}
	}
	if f := routes[path]; f != nil {
		return f
	}
	if page := e.Find(edition.NotFoundPath); page != nil {
		return document.Missing{Page: d.response(page), Line: notFound, Caching: cacheMinute}
	}
	return notFound
}

// findUnpublished is find while there is no edition. It answers for what depends on none.
func (d *Documents) findUnpublished(path string) any {
	route := routes[path]
	if route == nil {
		return notYet
	}
	if f := d.shelf.Find(path, false); f != nil {
		return f
	}
	return route
}

// alias is the response of a document under another path than its own.
type alias struct{ *document.Response }

// published returns what e has at a path: an http.Handler if it has moved or is gone;
// the *document.Response of a document, or an alias if asked, the path as the client wrote it,
// is not the document's own; nil if there is nothing. A format selects that version of
// the document; empty: the one at the path.
func (d *Documents) published(e *edition.Edition, path, format, asked string) any {
	to, left := e.Redirect(path)
	switch {
	case to != "":
		return moved(to)
	case left:
		return gone
	}
	found := e.Find(path)
	if found == nil {
		return nil
	}
	if format != "" {
		found = e.In(found, format)
	}
	response := d.response(found)
	switch {
	case response == nil:
		return notYet
	case asked != found.Path:
		return alias{response}
	}
	return response
}

// response returns the response of a document, made once for its content; nil if the
// document was never rendered well.
func (d *Documents) response(of *edition.Document) *document.Response {
	c, err := of.Content()
	if err != nil {
		d.logFailure(of.Path, err)
		return nil
	}
	if made, ok := c.Answer.Load().(*document.Response); ok {
		return made
	}
	d.failed.Delete(of.Path)
	made := document.New(of, c, d.options)
	c.Answer.Store(made)
	return made
}

// logFailure logs that a document cannot be rendered: once, until it can be or the reason changes.
func (d *Documents) logFailure(path string, err error) {
	reason := err.Error()
	if before, logged := d.failed.Swap(path, reason); logged && before == reason {
		return
	}
	d.log.Error("document cannot be served", slog.String("path", path), slog.String("error", reason))
}
