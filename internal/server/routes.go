package server

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"broadsheet/internal/edition"
)

// field is one header line, its value in the form that http.Header keeps, so
// that writing it costs no allocation. Values are shared by all requests and
// never written to.
type field struct {
	name  string
	value []string
}

func newField(name, value string) field { return field{name, []string{value}} }

func setFields(header http.Header, lines []field) {
	for _, line := range lines {
		header[line.name] = line.value
	}
}

// fixed is an answer that is the same for everybody.
type fixed struct {
	status int
	fields []field
	body   string
}

// newText makes a fixed answer with a body of plain text.
func newText(status int, body string, fields ...field) *fixed {
	fields = append(fields,
		newField("Content-Type", "text/plain; charset=utf-8"),
		newField("Content-Length", strconv.Itoa(len(body))))
	return &fixed{status, fields, body}
}

// ServeHTTP sends the answer; the body only where the method wants one.
func (f *fixed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setFields(w.Header(), f.fields)
	w.WriteHeader(f.status)
	if f.body != "" && r.Method != http.MethodHead {
		_, _ = io.WriteString(w, f.body) // an error means that the client has left
	}
}

// private returns the same answer for one's own eyes.
func (f *fixed) private() *fixed {
	fields := []field{noCache}
	for _, line := range f.fields {
		if line.name != noCache.name && !strings.HasPrefix(line.name, "Access-Control-") {
			fields = append(fields, line)
		}
	}
	return &fixed{f.status, fields, f.body}
}

// routes are the paths that are answered where the edition has no document of
// that name.
var routes = map[string]*fixed{
	"/robots.txt":  newText(http.StatusOK, edition.Robots, cacheDay, noSniff),
	"/favicon.ico": {status: http.StatusNoContent, fields: []field{cacheDay}},
}

// The answers without a document.
var (
	notFoundFields = []field{newField("Cache-Control", "public, max-age=60"), noSniff}
	notFound       = newText(http.StatusNotFound, "There is nothing at this address.\n", notFoundFields...)

	gone = newText(http.StatusGone, "What was at this address is gone, and will not come back.\n", cacheDay, anyOrigin, noSniff)

	notAllowed = newText(http.StatusMethodNotAllowed, "Only GET, HEAD and OPTIONS are answered here.\n",
		allow, noStore)

	// The wait is in whole seconds, since some readers cannot parse a date here.
	notYet = newText(http.StatusServiceUnavailable, "This is not available yet. Please come back in half a minute.\n",
		newField("Retry-After", "30"), noStore)

	preflight = &fixed{status: http.StatusNoContent, fields: []field{
		allow,
		anyOrigin,
		newField("Access-Control-Allow-Methods", "GET, HEAD"),
		newField("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since, A-IM"),
		newField("Access-Control-Max-Age", "86400"),
	}}
)

// movedTo leads to an absolute URL, for good. It is 301 rather than 308, which
// old readers do not know.
func movedTo(url string) *fixed {
	return newText(http.StatusMovedPermanently, "This has moved to "+url+"\n", newField("Location", url), cacheDay, anyOrigin, noSniff)
}

// Header lines that several answers share.
var (
	allow     = newField("Allow", "GET, HEAD, OPTIONS")
	anyOrigin = newField("Access-Control-Allow-Origin", "*")
	cacheDay  = newField("Cache-Control", "public, max-age=86400")
	noSniff   = newField("X-Content-Type-Options", "nosniff")
	noCache   = newField("Cache-Control", "no-cache") // a writer is never shown what was
	noStore   = newField("Cache-Control", "no-store")
)
