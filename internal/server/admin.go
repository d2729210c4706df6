package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"broadsheet/internal/edition"
)

// AdminOptions are the sources of what the private handler tells. The zero
// value is healthy, ready, and has nothing to say.
type AdminOptions struct {
	// Edition returns the current edition, nil while there is none: then
	// /readyz says so. A nil function is not asked.
	Edition func() *edition.Edition
	// Status returns the facts for /status, in a form that encoding/json takes.
	Status func() any
	// Ready returns why the service cannot do its work now, nil when it can.
	Ready func() error
}

// NewAdmin returns the handler of the private listener, whose answers are for
// the operator alone and may name files:
//
//	/healthz  200 as long as the process answers
//	/readyz   200 when feeds are served, else 503 with the reason
//	/status   200 with the facts of AdminOptions.Status, as JSON
//
// Any other path is 404, any method but GET, HEAD and OPTIONS 405. No answer
// may be stored.
func NewAdmin(o AdminOptions) http.Handler {
	paths := map[string]func() *fixed{
		"/healthz": func() *fixed { return newText(http.StatusOK, "ok\n", noStore, noSniff) },
		"/readyz":  o.readiness,
		"/status":  o.status,
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := paths[r.URL.Path]
		switch {
		case r.Method == http.MethodOptions:
			adminMethods.ServeHTTP(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			notAllowed.ServeHTTP(w, r)
		case answer == nil:
			adminUnknown.ServeHTTP(w, r)
		default:
			answer().ServeHTTP(w, r)
		}
	})
}

// The fixed answers of the private listener. It invites no other origin.
var (
	adminMethods = &fixed{status: http.StatusNoContent, fields: []field{allow, noStore}}
	adminUnknown = newText(http.StatusNotFound, "Try /healthz, /readyz or /status.\n", noStore, noSniff)
)

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

func (o AdminOptions) status() *fixed {
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
	return &fixed{http.StatusOK, []field{
		newField("Content-Type", "application/json"),
		newField("Content-Length", strconv.Itoa(body.Len())),
		noStore, noSniff,
	}, body.String()}
}
