// Package admin makes the handler of the private listener, whose answers are for the operator
// alone.
package admin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/internal/reply"
	"broadsheet/internal/server/internal/request"
	"broadsheet/internal/status"
)

// Options are the sources of what the private handler tells. The zero
// value is healthy, ready, and has nothing to say.
type Options struct {
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

// New returns the handler of the private listener, whose answers are for
// the operator alone and may name files:
//
//	/healthz      200 as long as the process answers
//	/readyz       200 when feeds are served, else 503 with the reason
//	/status       200 with the facts of Options.Status: as a page to a
//	              browser, as JSON to others
//	/status.json  the same, as JSON to everybody
//	/             303 to /status for a browser
//
// Any other path is 404, any method but GET, HEAD and OPTIONS 405. No answer
// may be stored.
func New(o Options) http.Handler {
	paths := map[string]func(*http.Request) *reply.Fixed{
		"/": home,
		"/healthz": func(*http.Request) *reply.Fixed {
			return reply.Text(http.StatusOK, "ok\n", reply.NoStore, reply.NoSniff)
		},
		"/readyz":      func(*http.Request) *reply.Fixed { return o.readiness() },
		"/status":      o.status,
		"/status.json": func(*http.Request) *reply.Fixed { return o.facts() },
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		respond := paths[r.URL.Path]
		switch {
		case !request.KnownHost(r.Host, o.Hosts):
			reply.Misdirected.ServeHTTP(w, r)
		case r.Method == http.MethodOptions:
			reply.Methods.ServeHTTP(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			reply.NotAllowed.ServeHTTP(w, r)
		case respond == nil:
			unknown.ServeHTTP(w, r)
		default:
			respond(r).ServeHTTP(w, r)
		}
	})
}

// The fixed answers of the private listener. It invites no other origin.
var (
	unknown  = reply.Text(http.StatusNotFound, "Try /healthz, /readyz or /status.\n", reply.NoStore, reply.NoSniff)
	toStatus = reply.Text(http.StatusSeeOther, "See /status.\n",
		reply.NewField("Location", "/status"), reply.VaryAccept, reply.NoStore, reply.NoSniff)

	statusSecurity = []reply.Field{
		reply.NewField("Content-Security-Policy", status.Policy()),
		reply.NewField("Referrer-Policy", "no-referrer"),
	}
)

func home(r *http.Request) *reply.Fixed {
	if request.PrefersPages(r.Header["Accept"]) {
		return toStatus
	}
	return unknown
}

func (o Options) readiness() *reply.Fixed {
	if o.Edition != nil && o.Edition() == nil {
		return notReady("nothing is published yet")
	}
	if o.Ready != nil {
		if err := o.Ready(); err != nil {
			return notReady(err.Error())
		}
	}
	return reply.Text(http.StatusOK, "ready\n", reply.NoStore, reply.NoSniff)
}

func notReady(reason string) *reply.Fixed {
	return reply.Text(http.StatusServiceUnavailable, "not ready: "+reason+"\n", reply.NoStore, reply.NoSniff)
}

// status answers with a page or with JSON, as the client likes.
func (o Options) status(r *http.Request) *reply.Fixed {
	respond := o.facts
	if o.Status != nil && request.PrefersPages(r.Header["Accept"]) {
		_, still := r.URL.Query()[status.Still]
		respond = func() *reply.Fixed { return o.page(still) }
	}
	f := respond()
	f.Fields = append(f.Fields, reply.VaryAccept)
	return f
}

func (o Options) page(still bool) *reply.Fixed {
	page, err := status.Page(o.Status(), still)
	if err != nil {
		return failed("make the page", err)
	}
	return statusReply("text/html; charset=utf-8", string(page), statusSecurity...)
}

func (o Options) facts() *reply.Fixed {
	facts := any(struct{}{})
	if o.Status != nil {
		facts = o.Status()
	}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false) // people read this, and file names hold & and <
	if err := encoder.Encode(facts); err != nil {
		return failed("encode the status", err)
	}
	return statusReply("application/json", body.String())
}

func failed(doing string, err error) *reply.Fixed {
	return reply.Text(http.StatusInternalServerError, fmt.Sprintf("%s: %v\n", doing, err), reply.NoStore, reply.NoSniff)
}

func statusReply(contentType, body string, more ...reply.Field) *reply.Fixed {
	fields := []reply.Field{
		reply.NewField("Content-Type", contentType),
		reply.NewField("Content-Length", strconv.Itoa(len(body))),
		reply.NoStore, reply.NoSniff,
	}
	return &reply.Fixed{Status: http.StatusOK, Fields: append(fields, more...), Body: body}
}
