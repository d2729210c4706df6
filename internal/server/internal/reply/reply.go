// Package reply makes answers that are the same for everybody, and the header lines that answers
// share.
package reply

import (
	"io"
	"net/http"
	"strconv"
	"strings"
)

// Field is a header line. Its value has the form that http.Header keeps, so that writing it costs
// no allocation. All requests share it, and none writes to it.
type Field struct {
	Name  string
	Value []string
}

// NewField returns a header line.
func NewField(name, value string) Field { return Field{name, []string{value}} }

// Set sets header lines.
func Set(header http.Header, lines ...Field) {
	for _, line := range lines {
		header[line.Name] = line.Value
	}
}

// Header lines that several answers share.
var (
	Allow      = NewField("Allow", "GET, HEAD, OPTIONS")
	AnyOrigin  = NewField("Access-Control-Allow-Origin", "*")
	CacheDay   = NewField("Cache-Control", "public, max-age=86400")
	NoSniff    = NewField("X-Content-Type-Options", "nosniff")
	NoCache    = NewField("Cache-Control", "no-cache") // a preview never shows an old version
	NoStore    = NewField("Cache-Control", "no-store")
	VaryAccept = NewField("Vary", "Accept")
)

// Fixed is an answer that is the same for everybody.
type Fixed struct {
	Status int
	Fields []Field
	Body   string
}

// Text returns an answer with a body of plain text.
func Text(status int, body string, fields ...Field) *Fixed {
	fields = append(fields,
		NewField("Content-Type", "text/plain; charset=utf-8"),
		NewField("Content-Length", strconv.Itoa(len(body))))
	return &Fixed{status, fields, body}
}

// ServeHTTP sends the answer; the body only if the method wants one.
func (f *Fixed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	Set(w.Header(), f.Fields...)
	w.WriteHeader(f.Status)
	if f.Body != "" && r.Method != http.MethodHead {
		_, _ = io.WriteString(w, f.Body) // an error means that the client has left
	}
}

// Private returns the same answer as a preview sends it: no cache keeps it, and no other site may
// read it.
func (f *Fixed) Private() *Fixed {
	fields := []Field{NoCache}
	for _, line := range f.Fields {
		if line.Name != NoCache.Name && !strings.HasPrefix(line.Name, "Access-Control-") {
			fields = append(fields, line)
		}
	}
	return &Fixed{f.Status, fields, f.Body}
}

// Answers of both listeners.
var (
	NotAllowed = Text(http.StatusMethodNotAllowed, "Only GET, HEAD and OPTIONS are answered here.\n", Allow, NoStore)

	// Misdirected is the answer to a request for another host.
	Misdirected = Text(http.StatusMisdirectedRequest,
		"This is not for everybody: ask by an address, as localhost, or by a name that the settings give.\n",
		NoStore, NoSniff)

	// Methods is the answer to OPTIONS that invites no other origin.
	Methods = &Fixed{Status: http.StatusNoContent, Fields: []Field{Allow, NoStore}}
)
