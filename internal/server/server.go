// Package server hands the current edition out over HTTP, to feed readers and
// aggregators that ask all day and mostly hear that nothing has changed.
//
// New makes the handler of the public listener. In goes a function that returns
// the current edition; out comes, for each request, one of a few exact answers:
//
//	200  a document, in full: in br, zstd, gzip or as it is, with its validators
//	204  to OPTIONS (a browser's preflight), and for /favicon.ico
//	301  the address has moved: by the settings, or as a post's former one
//	304  the client's copy is current; the validators are repeated, for some
//	     readers replace theirs by what a 304 carries
//	404  the edition has no such document, and the folder no such media file
//	410  the settings say that what was there is gone
//	405  any method but GET, HEAD and OPTIONS
//	503  there is no edition yet, or a document that was never rendered well
//
// Nothing else is ever sent for a document. A redirect follows from a table of paths only, so none
// is open. There is no 206, since readers take a partial feed for a broken one, and no 406, since a
// reader that asks for the wrong type still wants its feed. A query changes nothing, except for the
// feeds that WordPress and Blogger name in one, and format=rss, atom or json on the address of a
// feed or of the page. Under another address than its own a document is the same, tag included, and
// its Link names its own (rel="canonical"). Documents are immutable, and the header values are
// prepared once for each content: a request costs a map lookup, a comparison and a write. The first
// request for a coding makes it, others wait for it; a 304 makes none.
//
// Pictures, sound and films in the posts folder are sent as well, by net/http, with ranges, if
// Options.Open opens them. No other file is sent.
//
// Validators are compared leniently (RFC 9110 section 13.1.2, and the habits of
// proxies on top): a tag that names the content in any coding is current.
// If-Modified-Since counts only if there is no If-None-Match.
//
// A client that asks for it (A-IM: feed) and has a known version gets a feed of
// the entries that are new or changed since (226, RFC 3229); caches never keep
// that.
//
// An edition that is a preview is for its author: nothing of it is cached, and its
// pages are told of the next one (see package reload).
//
// NewAdmin makes the handler of the private listener: /healthz, /readyz and
// /status, which is a page for browsers and JSON for others. Serve runs either of
// them on a listener, with limits against slow and boundless clients, until its
// context ends. None of the three panics on any request.
//
// The handlers are ordinary ones, to be mounted anywhere. Under Serve the same answers cost less:
// the header and a long body leave in one system call, and plain polls over HTTP/1.1 do not pass
// through net/http at all (see package lane). That holds for a handler with Documents inside or
// beside it too, if ServeOptions names them. Options.Observe learns of the answers of both.
package server

import (
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/internal/admin"
	"broadsheet/internal/server/internal/document"
	"broadsheet/internal/server/internal/mediafile"
	"broadsheet/internal/server/internal/reload"
	"broadsheet/internal/server/internal/reply"
)

// Options are the choices of the public handler. The zero value serves nothing
// yet: every document answers 503.
type Options struct {
	// Edition returns the edition to serve now, or nil while there is none. It
	// is called at each request, from many goroutines, and must not block.
	Edition func() *edition.Edition
	// MaxAge is how long a cache may keep a document; 0 means five minutes.
	// It is sent in whole seconds.
	MaxAge time.Duration
	// NoDeltas sends the whole feed even to clients that ask for its new entries only (RFC 3229).
	NoDeltas bool
	// Open opens the media file that is handed out at a path now; any error means that there is
	// none. The caller closes the file. It is called at each request for a path with the name
	// of a media file; nil: there are none.
	Open func(path string) (*os.File, error)
	// Hosts are names, besides addresses and localhost, that a preview answers to.
	Hosts []string
	// Changed returns a channel that is closed when the edition has been replaced by
	// one that says something else. The pages of a preview learn of it by
	// server-sent events, at page.ReloadPath; and who asks for a text that changed since
	// it was read waits for it, for a moment. Nil: nobody learns of it.
	Changed func() <-chan struct{}
	// Observe is called after each answer, whether it came through net/http or the lane, from
	// many goroutines; nil: it is not called. The request waits for it.
	Observe func(Event)
	// Log gets documents that could not be rendered, once for each path and reason; nil means
	// slog.Default().
	Log *slog.Logger
}

// New returns the handler of the public listener.
func New(o Options) *Documents {
	if o.Edition == nil {
		o.Edition = func() *edition.Edition { return nil }
	}
	if o.MaxAge <= 0 {
		o.MaxAge = 5 * time.Minute
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	seconds := int64(o.MaxAge / time.Second)
	caching := maxAge("public, max-age=%d, stale-if-error=86400", seconds)
	d := &Documents{
		edition: o.Edition, observe: o.Observe, log: o.Log, hosts: o.Hosts,
		options: document.Options{Deltas: !o.NoDeltas, Caching: caching},
		shelf:   &mediafile.Shelf{Open: o.Open, Log: o.Log, Caching: maxAge("public, max-age=%d", seconds)},
	}
	d.changed = o.Changed
	if o.Changed != nil {
		d.reloads = reload.New(o.Changed)
	}
	return d
}

func maxAge(format string, seconds int64) reply.Field {
	return reply.NewField("Cache-Control", fmt.Sprintf(format, seconds))
}

// AdminOptions are the sources of what the private handler tells.
type AdminOptions = admin.Options

// NewAdmin returns the handler of the private listener (see package admin).
func NewAdmin(o AdminOptions) http.Handler { return admin.New(o) }
