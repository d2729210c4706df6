package server

import (
	"log/slog"
	"net/url"
	"slices"
	"strings"

	"broadsheet/internal/edition"
	"broadsheet/internal/page"
)

// feedsByQuery are the feeds that WordPress and Blogger name in a query, by path,
// key and value.
var feedsByQuery = map[string]map[string]map[string]string{
	"/":                    {"feed": {"rss": "/rss.xml", "rss2": "/rss.xml", "feed": "/rss.xml", "rdf": "/rss.xml", "atom": "/atom.xml", "json": "/feed.json"}},
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

// find returns the response to a GET of u: what published returns, or an
// http.Handler.
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
		if f := d.media(path, e.Preview()); f != nil {
			return f
		}
	}
	if f := routes[path]; f != nil {
		return f
	}
	if page := e.Find(edition.NotFoundPath); page != nil {
		return missing{d.response(page)}
	}
	return notFound
}

// findUnpublished is find while there is no edition: what depends on none is there,
// and of all else nobody can say yet.
func (d *Documents) findUnpublished(path string) any {
	route := routes[path]
	if route == nil {
		return notYet
	}
	if f := d.media(path, false); f != nil {
		return f
	}
	return route
}

// published returns what e has at a path: an http.Handler if it has moved or is gone;
// the *response of a document, or an alias if asked, the path as the client wrote it,
// is not the document's own; nil if there is nothing. A format selects that version of
// the document; empty: the one at the path.
func (d *Documents) published(e *edition.Edition, path, format, asked string) any {
	switch to, left := e.Redirect(path); {
	case to != "":
		return moved(to)
	case left:
		return gone
	}
	document := e.Find(path)
	if document == nil {
		return nil
	}
	if format != "" {
		document = e.In(document, format)
	}
	response := d.response(document)
	switch {
	case response == nil:
		return notYet
	case asked != document.Path:
		return alias{response}
	}
	return response
}

// response returns the response of a document, made once for its content; nil if the
// document was never rendered well.
func (d *Documents) response(document *edition.Document) *response {
	c, err := document.Content()
	if err != nil {
		d.logFailure(document.Path, err)
		return nil
	}
	if made, ok := c.Answer.Load().(*response); ok {
		return made
	}
	d.failed.Delete(document.Path)
	made := newResponse(document, c, d.caching)
	made.deltas = d.deltas
	c.Answer.Store(made)
	return made
}

// logFailure logs that a document cannot be rendered: once, until it can, or there is
// another reason.
func (d *Documents) logFailure(path string, err error) {
	reason := err.Error()
	if before, logged := d.failed.Swap(path, reason); logged && before == reason {
		return
	}
	d.log.Error("document cannot be served", slog.String("path", path), slog.String("error", reason))
}
