package server

import (
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"broadsheet/internal/edition"
)

// handler answers every request of the public listener.
type handler struct {
	edition func() *edition.Edition
	caching []string // value of Cache-Control
	files   files
	log     *slog.Logger
	failed  sync.Map // paths of documents whose failure has been logged
}

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		h.find(byQuery(r.URL)).ServeHTTP(w, r)
	case http.MethodOptions:
		preflight.ServeHTTP(w, r)
	default:
		notAllowed.ServeHTTP(w, r)
	}
}

// feedsByQuery are the feeds that WordPress and Blogger name in a query, by path,
// key and value.
var feedsByQuery = map[string]map[string]map[string]string{
	"/":                    {"feed": {"rss": "/rss.xml", "rss2": "/rss.xml", "feed": "/rss.xml", "rdf": "/rss.xml", "atom": "/atom.xml", "json": "/feed.json"}},
	"/feeds/posts/default": {"alt": {"rss": "/rss.xml", "atom": "/atom.xml", "json": "/feed.json"}},
}

// byQuery returns the path that a request is for.
func byQuery(u *url.URL) string {
	if u.RawQuery == "" {
		return u.Path
	}
	for key, paths := range feedsByQuery[u.Path] {
		if path := paths[u.Query().Get(key)]; path != "" {
			return path
		}
	}
	return u.Path
}

// find returns the answer to a GET of path.
func (h *handler) find(path string) http.Handler {
	e := h.edition()
	if e != nil {
		switch to, left := e.Moved(path); {
		case to != "":
			return movedTo(to)
		case left:
			return gone
		}
		if d := e.Find(path); d != nil {
			return h.answer(d)
		}
	}
	if e == nil && routes[path] == nil {
		return notYet
	}
	if f := h.files.open(path); f != nil {
		return f
	}
	if f := routes[path]; f != nil {
		return f
	}
	return notFound
}

// answer returns that of a document, made once for its content.
func (h *handler) answer(d *edition.Document) http.Handler {
	c, err := d.Content()
	if err != nil {
		if _, told := h.failed.LoadOrStore(d.Path, err.Error()); !told {
			h.log.Error("document cannot be served", "path", d.Path, "error", err)
		}
		return notYet
	}
	if a, ok := c.Answer.Load().(*answer); ok {
		return a
	}
	a := newAnswer(d, c, h.caching)
	c.Answer.Store(a)
	return a
}

// answer is a document with all its header values made.
type answer struct {
	content  *edition.Content
	xmlFeed  bool
	variants []variant // preferred ones first; the last is identity, which everybody takes
}

// variant is a document in one content coding.
type variant struct {
	coding    string // as in Content-Encoding; empty for identity
	body      []byte
	full      []field // header of a 200
	unchanged []field // header of a 304
}

func newAnswer(d *edition.Document, c *edition.Content, caching []string) *answer {
	a := &answer{
		content: c,
		xmlFeed: hasType(d.ContentType, "application/rss+xml") || hasType(d.ContentType, "application/atom+xml"),
	}
	if compressed := c.Gzip(); compressed != nil {
		a.variants = append(a.variants, variant{coding: "gzip", body: compressed})
	}
	a.variants = append(a.variants, variant{body: c.Body})
	for i := range a.variants {
		a.variants[i].prepare(d, c, caching)
	}
	return a
}

func hasType(contentType, want string) bool {
	name, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(name), want)
}

// prepare makes the two headers of v.
func (v *variant) prepare(d *edition.Document, c *edition.Content, caching []string) {
	tag := c.Hash
	if v.coding != "" {
		tag += "-" + v.coding
		v.full = append(v.full, newField("Content-Encoding", v.coding))
	}
	v.unchanged = []field{
		// Spelled as in the RFC, which http.Header would not do, for clients
		// that compare names by letter.
		newField("ETag", `"`+tag+`"`),
		newField("Last-Modified", c.Modified.Format(http.TimeFormat)),
		{"Cache-Control", caching}, vary, anyOrigin, exposed,
	}
	if d.Link != "" {
		v.unchanged = append(v.unchanged, newField("Link", d.Link))
	}
	v.full = append(v.full, v.unchanged...)
	v.full = append(v.full, newField("Content-Type", d.ContentType),
		newField("Content-Length", strconv.Itoa(len(v.body))), noRanges, noSniff)
	if hasType(d.ContentType, "text/html") {
		v.full = append(v.full, pageSecurity...)
	}
}

// ServeHTTP sends the document, or word that the client has it.
func (a *answer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := a.variant(r.Header["Accept-Encoding"])
	status, lines := http.StatusOK, v.full
	if unchanged(r.Header, a.content, time.Now()) {
		status, lines = http.StatusNotModified, v.unchanged
	}
	header := w.Header()
	setFields(header, lines)
	if a.xmlFeed && browses(r.Header["Accept"]) {
		header["Vary"] = varyBrowser.value
		if status == http.StatusOK {
			header["Content-Type"] = browserXML.value
		}
	}
	w.WriteHeader(status)
	if status == http.StatusOK && r.Method != http.MethodHead {
		send(w, r, v.body)
	}
}

// variant chooses by the values of Accept-Encoding: the client's highest weight,
// then our own order.
func (a *answer) variant(accept []string) *variant {
	last := len(a.variants) - 1
	best, weight := last, 0.0
	for i := range a.variants[:last] {
		if q := codingWeight(accept, a.variants[i].coding); q > weight {
			best, weight = i, q
		}
	}
	return &a.variants[best]
}

// Header lines of documents.
var (
	exposed  = newField("Access-Control-Expose-Headers", "ETag, Last-Modified, Link")
	noRanges = newField("Accept-Ranges", "none")
	vary     = newField("Vary", "Accept-Encoding")

	// What a browser that is shown a feed gets instead.
	browserXML  = newField("Content-Type", "application/xml; charset=utf-8")
	varyBrowser = newField("Vary", "Accept-Encoding, Accept")

	// Posts may show pictures, sound and films from anywhere, and nothing else.
	pageSecurity = []field{
		newField("Content-Security-Policy", "default-src 'none'; img-src * data:; media-src *; "+
			"style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
		newField("Referrer-Policy", "strict-origin-when-cross-origin"),
	}
)
