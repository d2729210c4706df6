package server

import (
	"log/slog"
	"net/url"
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

// byQuery returns the path that a request is for, and the format that it asks
// for besides; empty: none.
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
	e := d.edition()
	path, format := byQuery(u)
	path = mended(path)
	if e != nil {
		if published := d.look(e, path, format, u.Path); published != nil {
			return published
		}
	}
	if e == nil && routes[path] == nil {
		return notYet
	}
	if path == page.ReloadPath && d.reloads != nil && e != nil && e.Preview() {
		return d.reloads
	}
	if e != nil {
		if inside, ok := below(e.Base(), path); ok {
			if inside == page.ReloadPath && d.reloads != nil && e.Preview() {
				return d.reloads
			}
			if f := d.media(inside, e.Preview()); f != nil {
				return f
			}
		}
	}
	if f := d.media(path, e != nil && e.Preview()); f != nil {
		return f
	}
	if f := routes[path]; f != nil {
		return f
	}
	if e != nil {
		if page := e.Find(edition.NotFoundPath); page != nil {
			return missing{d.response(page)}
		}
	}
	return notFound
}

// published returns what e says to a request for a path, in a format unless that
// is empty: a *response where asked, the path as it was written, is the document's
// own, else an alias; or an http.Handler; nil where e knows nothing of it.
func (d *Documents) published(e *edition.Edition, path, format, asked string) any {
	switch to, left := e.Moved(path); {
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

// response returns that of a document, made once for its content; nil where there
// is none yet.
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
