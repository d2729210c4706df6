package server

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"broadsheet/internal/server/internal/reload"
	"broadsheet/internal/server/internal/transfer"
	"broadsheet/internal/server/lane"
)

// Limits of a connection. A poll takes milliseconds; these limits suffice for the worst line, and
// end every connection at some time.
const (
	headerTimeout  = 10 * time.Second // to send a request's header
	requestTimeout = 30 * time.Second // to send all of a request
	answerTimeout  = transfer.Timeout // to take the answer
	idleTimeout    = 2 * time.Minute  // between two requests
	headerLimit    = 64 << 10         // bytes of header, beyond which 431 is the answer
	defaultGrace   = 8 * time.Second
)

// ServeOptions are the choices of Serve; the zero value works.
type ServeOptions struct {
	// Grace is how long requests under way may take to end once the context has
	// ended; 0 means 8 seconds, so that all is over within the ten that
	// container managers allow.
	Grace time.Duration
	// Documents are what New returned, if the handler is another one, with Documents inside or
	// beside it. Plain polls for documents are then answered without that handler, with the
	// bytes that Documents would send (see package lane). Leave it nil if the handler must
	// see every request, for example to ask for a password.
	Documents *Documents
	// Log gets the faults of single connections, and a line about those that were cut off at
	// the end; nil means slog.Default().
	Log *slog.Logger
}

// Serve answers requests on l by h until ctx ends, over HTTP/1.0, HTTP/1.1 and
// HTTP/2 without TLS (RFC 9113 section 3.3, prior knowledge). It then stops
// accepting, waits for the requests under way, cuts off what is left after
// o.Grace, and returns nil. The listener is closed when Serve returns, and no
// goroutine of it is left except handlers that outlive their connection.
//
// Before ctx ends it returns only when l fails, with that error.
//
// If h is what New returned, or o.Documents is set, plain polls are answered before net/http sees
// them, with the same bytes (see package lane). All other requests go to h.
func Serve(ctx context.Context, l net.Listener, h http.Handler, o ServeOptions) error {
	if o.Grace <= 0 {
		o.Grace = defaultGrace
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if documents, ok := h.(*Documents); ok && o.Documents == nil {
		o.Documents = documents
	}
	polls, newConns, keptConns := newLane(l, o), newHTTPServer(ctx, h, o), newHTTPServer(ctx, h, o)
	keptConns.Protocols.SetUnencryptedHTTP2(false) // these have spoken HTTP/1.1
	var failure error                              // to be read once ended is closed
	ended := make(chan struct{})
	var others sync.WaitGroup
	others.Go(polls.Run)
	others.Go(func() { _ = keptConns.Serve(polls.KeptConns()) }) // ends only when told to
	go func() {
		defer close(ended)
		failure = newConns.Serve(polls.NewConns())
	}()
	select {
	case <-ended:
		closeAll(polls, newConns, keptConns)
		others.Wait()
		return fmt.Errorf("serve on %s: %w", l.Addr(), failure)
	case <-ctx.Done():
	}
	stop(l.Addr(), o, polls, newConns, keptConns)
	<-ended
	others.Wait()
	return nil
}

// newLane returns the lane before net/http. Without documents it only passes
// connections on.
func newLane(l net.Listener, o ServeOptions) *lane.Lane {
	options := lane.Options{
		Log:      o.Log,
		Timeouts: lane.Timeouts{Header: headerTimeout, Write: answerTimeout, Idle: idleTimeout},
	}
	if o.Documents != nil {
		options.Respond, options.Observe = o.Documents.respond, o.Documents.observeLane()
	}
	return lane.New(l, options)
}

func newHTTPServer(ctx context.Context, h http.Handler, o ServeOptions) *http.Server {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Server{
		Handler: h,
		BaseContext: func(net.Listener) context.Context {
			return reload.WithStop(context.Background(), ctx.Done())
		},
		ConnContext:                  lane.WithConn,
		DisableGeneralOptionsHandler: true, // "OPTIONS *" is ours like any other
		ReadHeaderTimeout:            headerTimeout,
		ReadTimeout:                  requestTimeout,
		WriteTimeout:                 answerTimeout,
		HTTP2:                        &http.HTTP2Config{WriteByteTimeout: answerTimeout},
		IdleTimeout:                  idleTimeout,
		MaxHeaderBytes:               headerLimit,
		Protocols:                    &protocols,
		ErrorLog:                     slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn),
	}
}

// server is what Serve runs: the lane, and net/http behind it.
type server interface {
	Shutdown(ctx context.Context) error
	Close() error
}

// stop shuts all servers down gently, then by force. The context that ended Serve is done, so the
// grace has its own one.
func stop(address net.Addr, o ServeOptions, servers ...server) {
	ctx, cancel := context.WithTimeout(context.Background(), o.Grace)
	defer cancel()
	var group errgroup.Group
	for _, s := range servers {
		group.Go(func() error { return s.Shutdown(ctx) })
	}
	if err := group.Wait(); err != nil {
		closeAll(servers...)
		o.Log.Warn("connections cut off at the end",
			slog.String("listen", address.String()), slog.Duration("grace", o.Grace), slog.Any("error", err))
	}
}

// closeAll cuts off the remaining connections; the error of its cause is known already.
func closeAll(servers ...server) {
	for _, s := range servers {
		_ = s.Close()
	}
}
