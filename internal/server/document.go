package server

import (
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/page"
)

// handler answers every request of the public listener.
type handler struct {
	edition func() *edition.Edition
	caching []string // value of Cache-Control
	deltas  bool     // clients that ask for what is new get no more than that
	shelf   *shelf   // of media files
	hosts   []string // names that a preview answers to
	reloads *reloads // nil: pages of previews do not reload
	log     *slog.Logger
	failed  sync.Map // paths of documents whose failure has been logged
}

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	preview := false
	if e := h.edition(); e != nil {
		preview = e.Preview()
	}
	if preview && !knownHost(r.Host, h.hosts) {
		strange.ServeHTTP(w, r)
		return
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		h.get(w, r, preview)
	case http.MethodOptions:
		if preview {
			adminMethods.ServeHTTP(w, r)
			return
		}
		preflight.ServeHTTP(w, r)
	default:
		notAllowed.ServeHTTP(w, r)
	}
}

// get answers a GET. Its moment comes before that of the edition: bytes that are
// replaced meanwhile do not get a date that belongs to the next ones.
func (h *handler) get(w http.ResponseWriter, r *http.Request, preview bool) {
	now, found := time.Now(), h.find(r.URL)
	if preview {
		found = private(found)
	}
	switch found := found.(type) {
	case *answer:
		found.send(w, r, 0, now)
	case alias:
		found.send(w, r, aliased, now)
	case http.Handler:
		found.ServeHTTP(w, r)
	}
}

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

// find returns the answer to a GET of u: what published returns, or an
// http.Handler.
func (h *handler) find(u *url.URL) any {
	e := h.edition()
	path, format := byQuery(u)
	path = mended(path)
	if e != nil {
		if published := h.look(e, path, format, u.Path); published != nil {
			return published
		}
	}
	if e == nil && routes[path] == nil {
		return notYet
	}
	if path == page.ReloadPath && h.reloads != nil && e != nil && e.Preview() {
		return h.reloads
	}
	if e != nil {
		if inside, ok := below(e.Base(), path); ok {
			if inside == page.ReloadPath && h.reloads != nil && e.Preview() {
				return h.reloads
			}
			if f := h.media(inside, e.Preview()); f != nil {
				return f
			}
		}
	}
	if f := h.media(path, e != nil && e.Preview()); f != nil {
		return f
	}
	if f := routes[path]; f != nil {
		return f
	}
	if e != nil {
		if d := e.Find(edition.NotFoundPath); d != nil {
			return missing{h.answer(d)}
		}
	}
	return notFound
}

// missing says to people in a page, and to others in a line, that there is
// nothing.
type missing struct{ page *answer }

// ServeHTTP sends the page to whoever would read it.
func (m missing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if m.page == nil || !prefersPages(r.Header["Accept"]) {
		w.Header()["Vary"] = varyAccept.value
		line := notFound
		if m.page != nil && m.page.document.Preview() {
			line = line.private()
		}
		line.ServeHTTP(w, r)
		return
	}
	body := m.page.content.Body
	setFields(w.Header(), m.page.full)
	setFields(w.Header(), notFound.fields[:2])
	if m.page.document.Preview() {
		w.Header()["Cache-Control"] = noCache.value
	}
	w.Header()["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.Header()["Vary"] = varyAccept.value
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		send(w, r, body)
	}
}

// published returns what e says to a request for a path, in a format unless that
// is empty: an *answer where asked, the path as it was written, is the document's
// own, else an alias; or an http.Handler; nil where e knows nothing of it.
func (h *handler) published(e *edition.Edition, path, format, asked string) any {
	switch to, left := e.Moved(path); {
	case to != "":
		return moved(to)
	case left:
		return gone
	}
	d := e.Find(path)
	if d == nil {
		return nil
	}
	if format != "" {
		d = e.In(d, format)
	}
	a := h.answer(d)
	switch {
	case a == nil:
		return notYet
	case asked != d.Path:
		return alias{a}
	}
	return a
}

// answer returns that of a document, made once for its content; nil where there
// is none yet.
func (h *handler) answer(d *edition.Document) *answer {
	c, err := d.Content()
	if err != nil {
		if _, told := h.failed.LoadOrStore(d.Path, err.Error()); !told {
			h.log.Error("document cannot be served", "path", d.Path, "error", err)
		}
		return nil
	}
	if a, ok := c.Answer.Load().(*answer); ok {
		return a
	}
	a := newAnswer(d, c, h.caching)
	a.deltas = h.deltas
	c.Answer.Store(a)
	return a
}

// answer is a document with all its header values made.
type answer struct {
	document *edition.Document
	content  *edition.Content
	modified int64 // the date of content, in Unix seconds
	deltas   bool
	xmlFeed  bool
	always   []field // of a 200 and of a 304
	full     []field // of a 200 besides
	aliased  field   // Link under an alias, which names the document's own address too
	variants [edition.Codings]variant
}

// variant is a document in one content coding. Its tag is known beforehand, so
// that a 304 makes no body.
type variant struct {
	tag   field
	whole func() *whole                 // made once
	heads [forms]atomic.Pointer[[]byte] // for the lane: what head returned
}

// form is in which of its ways a variant is sent: a sum of those below.
type form int

const (
	aliased form = 1 << iota // under another path than the document's own
	browsed                  // to a browser that follows a link
	current                  // not at all, for the client has it: 304
	forms                    // how many there are
)

// asked is what an answer depends on in a request besides path and method: the
// values of some header lines, in the form that http.Header keeps.
type asked struct {
	encodings []string // Accept-Encoding
	types     []string // Accept
	tags      []string // If-None-Match; not nil where there is any, even an empty one
	since     []string // If-Modified-Since
}

func askedBy(r *http.Request) asked {
	h := r.Header
	return asked{h["Accept-Encoding"], h["Accept"], h["If-None-Match"], h["If-Modified-Since"]}
}

// whole is what a 200 needs of a variant.
type whole struct {
	body   []byte
	fields []field
}

// alias is the answer of a document under another path than its own.
type alias struct{ *answer }

func newAnswer(d *edition.Document, c *edition.Content, caching []string) *answer {
	cache, security := field{"Cache-Control", caching}, pageSecurity
	if d.Preview() {
		cache, security = noCache, previewSecurity
	}
	a := &answer{
		document: d, content: c, modified: c.Modified.Unix(),
		xmlFeed: hasType(d.ContentType, "application/rss+xml") || hasType(d.ContentType, "application/atom+xml"),
		always: []field{
			newField("Last-Modified", c.Modified.Format(http.TimeFormat)),
			cache, vary,
		},
		full: []field{newField("Content-Type", d.ContentType), noRanges, noSniff},
	}
	if !d.Preview() {
		a.always = append(a.always, anyOrigin, exposed)
	}
	canonical := "<" + d.URL() + `>; rel="canonical"`
	a.aliased = newField("Link", canonical)
	if link := d.Link(); link != "" {
		a.always = append(a.always, newField("Link", link))
		a.aliased = newField("Link", link+", "+canonical)
	}
	if hasType(d.ContentType, "text/html") {
		a.full = append(a.full, security...)
	}
	for k := range a.variants {
		a.variants[k].prepare(c, edition.Coding(k))
	}
	return a
}

func (v *variant) prepare(c *edition.Content, k edition.Coding) {
	tag, coded := c.Hash, []field(nil)
	if k != edition.Identity {
		tag += "-" + k.String()
		coded = []field{newField("Content-Encoding", k.String())}
	}
	// Spelled as in the RFC, which http.Header would not do, for clients that
	// compare names by letter.
	v.tag = newField("ETag", `"`+tag+`"`)
	v.whole = sync.OnceValue(func() *whole {
		body := c.In(k)
		return &whole{body, append(coded, newField("Content-Length", strconv.Itoa(len(body))))}
	})
}

func hasType(contentType, want string) bool {
	name, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(name), want)
}

// send sends the document, or word that the client has it.
func (a *answer) send(w http.ResponseWriter, r *http.Request, f form, now time.Time) {
	v, f := a.choose(askedBy(r), f, now)
	a.common(w.Header(), v, f, now)
	if base := a.deltaBase(r); base != "" && f&current == 0 && a.sendDelta(w, r, base) {
		return
	}
	w.WriteHeader(a.complete(w.Header(), v, f))
	if f&current == 0 && r.Method != http.MethodHead {
		send(w, r, v.whole().body)
	}
}

// choose decides what a request gets. f is its form as far as its path tells.
func (a *answer) choose(q asked, f form, now time.Time) (*variant, form) {
	if a.xmlFeed && browses(q.types) {
		f |= browsed
	}
	if unchanged(q, a.content, now) {
		f |= current
	}
	return a.variant(q.encodings), f
}

// young reports whether the date of the content has not come yet. Until then other
// bytes may get the same date.
func (a *answer) young(now time.Time) bool { return now.Unix() < a.modified }

// common sets the header lines that every answer has. Last-Modified is never after
// Date (RFC 9110 section 8.8.2.1).
func (a *answer) common(header http.Header, v *variant, f form, now time.Time) {
	setFields(header, a.always)
	if a.young(now) {
		header["Last-Modified"] = []string{now.UTC().Format(http.TimeFormat)}
	}
	header[v.tag.name] = v.tag.value
	if f&aliased != 0 {
		header[a.aliased.name] = a.aliased.value
	}
	if f&browsed != 0 {
		header[varyBrowser.name] = varyBrowser.value
	}
}

// complete sets the others of a 200 or a 304, and returns which it is.
func (a *answer) complete(header http.Header, v *variant, f form) (status int) {
	if f&current != 0 {
		return http.StatusNotModified
	}
	setFields(header, a.full)
	setFields(header, v.whole().fields)
	if f&browsed != 0 {
		header[browserXML.name] = browserXML.value
	}
	return http.StatusOK
}

// variant chooses by the values of Accept-Encoding.
func (a *answer) variant(accept []string) *variant {
	k := preferredCoding(accept)
	if !a.content.Has(k) {
		k = edition.Identity
	}
	return &a.variants[k]
}

// Header lines of documents.
var (
	exposed  = newField("Access-Control-Expose-Headers", "ETag, Last-Modified, Link")
	noRanges = newField("Accept-Ranges", "none")
	vary     = newField("Vary", "Accept-Encoding")

	// What a browser that is shown a feed gets instead.
	browserXML  = newField("Content-Type", "application/xml; charset=utf-8")
	varyBrowser = newField("Vary", "Accept-Encoding, Accept")
	varyAccept  = newField("Vary", "Accept")

	pageSecurity    = security(page.Scripts(false), "")
	previewSecurity = security(page.Scripts(true), "; connect-src 'self'")
)

// security is what pages with these scripts may do. Posts may show pictures, sound
// and films from anywhere, and nothing else.
func security(scripts []string, more string) []field {
	return []field{
		newField("Content-Security-Policy", "default-src 'none'; img-src * data:; media-src *; style-src 'self' 'unsafe-inline'; "+
			"font-src 'self'; manifest-src 'self'; script-src "+strings.Join(scripts, " ")+more+
			"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
		newField("Referrer-Policy", "strict-origin-when-cross-origin"),
	}
}
