package server

import (
	"errors"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/page"
	"broadsheet/internal/server/internal/document"
	"broadsheet/internal/source"
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
	e, published := d.await(path, format, u.Path)
	switch {
	case e == nil:
		return d.findUnpublished(path)
	case published != nil:
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
		response, err := d.response(page)
		if err != nil {
			d.logFailure(page.Path, err)
		}
		return document.Missing{Page: response, Line: notFound, Caching: cacheMinute}
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

// nextHas stands for a document of which a post has another text by now: it cannot be
// rendered as it was, and the edition of the scan under way brings the one that is new.
type nextHas struct{}

// nextEdition is how long such an edition is waited for. A save is published within half
// a second, if the file is left alone then.
const nextEdition = 3 * time.Second

// await returns the edition of now, and what it has at a path; see published. If only the
// next one can tell, that is waited for.
func (d *Documents) await(path, format, asked string) (*edition.Edition, any) {
	var changed <-chan struct{}
	if d.changed != nil {
		changed = d.changed()
	}
	e := d.edition()
	if e == nil {
		return nil, nil
	}
	found := d.lookUp(e, path, format, asked)
	if found != (nextHas{}) || changed == nil {
		return e, orNotYet(found)
	}
	patience := time.NewTimer(nextEdition)
	defer patience.Stop()
	select {
	case <-changed:
	case <-patience.C:
	}
	e = d.edition()
	return e, orNotYet(d.lookUp(e, path, format, asked))
}

func orNotYet(found any) any {
	if found == (nextHas{}) {
		return notYet
	}
	return found
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
	response, err := d.response(found)
	switch {
	case err != nil && errors.Is(err, source.ErrChanged):
		return nextHas{}
	case err != nil:
		d.logFailure(found.Path, err)
		return notYet
	case asked != found.Path:
		return alias{response}
	}
	return response
}

// response returns the response of a document, made once for its content in an edition. It is an error if
// the document was never rendered well.
func (d *Documents) response(of *edition.Document) (*document.Response, error) {
	c, err := of.Content()
	if err != nil {
		return nil, err
	}
	made, ok := c.Answer.Load().(*document.Response)
	if ok && made.IsOf(of) {
		return made, nil
	}
	d.failed.Delete(of.Path)
	made = document.New(of, c, d.options)
	c.Answer.Store(made)
	return made, nil
}

// logFailure logs that a document cannot be rendered: once, until it can be or the reason changes.
func (d *Documents) logFailure(path string, err error) {
	reason := err.Error()
	if before, logged := d.failed.Swap(path, reason); logged && before == reason {
		return
	}
	d.log.Error("document cannot be served", slog.String("path", path), slog.String("error", reason))
}
