package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"broadsheet/internal/edition"
	"broadsheet/internal/status"
)

// AdminOptions are the sources of what the private handler tells. The zero
// value is healthy, ready, and has nothing to say.
type AdminOptions struct {
	// Edition returns the current edition, nil while there is none: then
	// /readyz says so. A nil function is not asked.
	Edition func() *edition.Edition
	// Status returns the facts for /status.
	Status func() status.Facts
	// Hosts are names, besides addresses and localhost, that are answered to.
	Hosts []string
	// Ready returns why the service cannot do its work now, nil when it can.
	Ready func() error
}

// NewAdmin returns the handler of the private listener, whose answers are for
// the operator alone and may name files:
//
//	/healthz      200 as long as the process answers
//	/readyz       200 when feeds are served, else 503 with the reason
//	/status       200 with the facts of AdminOptions.Status: as a page to a
//	              browser, as JSON to others
//	/status.json  the same, as JSON to everybody
//	/             303 to /status for a browser
//
// Any other path is 404, any method but GET, HEAD and OPTIONS 405. No answer
// may be stored.
func NewAdmin(o AdminOptions) http.Handler {
	paths := map[string]func(*http.Request) *fixed{
		"/":            home,
		"/healthz":     func(*http.Request) *fixed { return newText(http.StatusOK, "ok\n", noStore, noSniff) },
		"/readyz":      func(*http.Request) *fixed { return o.readiness() },
		"/status":      o.status,
		"/status.json": func(*http.Request) *fixed { return o.facts() },
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		respond := paths[r.URL.Path]
		switch {
		case !knownHost(r.Host, o.Hosts):
			misdirected.ServeHTTP(w, r)
		case r.Method == http.MethodOptions:
			adminMethods.ServeHTTP(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			notAllowed.ServeHTTP(w, r)
		case respond == nil:
			adminUnknown.ServeHTTP(w, r)
		default:
			respond(r).ServeHTTP(w, r)
		}
	})
}

// The fixed answers of the private listener. It invites no other origin.
var (
	adminMethods = &fixed{status: http.StatusNoContent, fields: []field{allow, noStore}}
	adminUnknown = newText(http.StatusNotFound, "Try /healthz, /readyz or /status.\n", noStore, noSniff)
	adminHome    = newText(http.StatusSeeOther, "See /status.\n", newField("Location", "/status"), varyAccept, noStore, noSniff)

	statusSecurity = []field{
		newField("Content-Security-Policy", status.Policy()),
		newField("Referrer-Policy", "no-referrer"),
	}
)

func home(r *http.Request) *fixed {
	if prefersPages(r.Header["Accept"]) {
		return adminHome
	}
	return adminUnknown
}

func (o AdminOptions) readiness() *fixed {
	if o.Edition != nil && o.Edition() == nil {
		return notReady("nothing is published yet")
	}
	if o.Ready != nil {
		if err := o.Ready(); err != nil {
			return notReady(err.Error())
		}
	}
	return newText(http.StatusOK, "ready\n", noStore, noSniff)
}

func notReady(reason string) *fixed {
	return newText(http.StatusServiceUnavailable, "not ready: "+reason+"\n", noStore, noSniff)
}

// status answers with a page or with JSON, as the client likes.
func (o AdminOptions) status(r *http.Request) *fixed {
	respond := o.facts
	if o.Status != nil && prefersPages(r.Header["Accept"]) {
		_, still := r.URL.Query()[status.Still]
		respond = func() *fixed { return o.page(still) }
	}
	f := respond()
	f.fields = append(f.fields, varyAccept)
	return f
}

func (o AdminOptions) page(still bool) *fixed {
	page, err := status.Page(o.Status(), still)
	if err != nil {
		return newText(http.StatusInternalServerError, fmt.Sprintf("make the page: %v\n", err), noStore, noSniff)
	}
	return newStatus("text/html; charset=utf-8", string(page), statusSecurity...)
}

func (o AdminOptions) facts() *fixed {
	facts := any(struct{}{})
	if o.Status != nil {
		facts = o.Status()
	}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false) // people read this, and file names hold & and <
	if err := encoder.Encode(facts); err != nil {
		return newText(http.StatusInternalServerError, fmt.Sprintf("encode the status: %v\n", err), noStore, noSniff)
	}
	return newStatus("application/json", body.String())
}

func newStatus(contentType, body string, more ...field) *fixed {
	fields := []field{
		newField("Content-Type", contentType),
		newField("Content-Length", strconv.Itoa(len(body))),
		noStore, noSniff,
	}
	return &fixed{http.StatusOK, append(fields, more...), body}
}
