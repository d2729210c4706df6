// Package watch says that something in a folder may have changed.
//
// In go the folders of each scan, named by the scanner while it walks (Round);
// out comes one signal (Changes), which means: look again. It carries no path
// and no kind, for file events lie about names and are silent about many
// changes; whoever receives the signal scans the whole folder. Named tells where
// it may be worth looking first.
//
// A signal follows the last event by a quiet time, and the first one by no
// more than a longest wait. Every kind of event counts, of every name, and so
// does every error of the event queue. Without any event there is a signal now
// and then all the same: rarely where events can be trusted, often where they
// cannot. Events cannot be trusted on network and user-space file systems, nor
// when the kernel's limits are reached, nor where changes are found again and
// again that none announced; Status then says Poll, and why.
//
// What cannot happen: a missed change that is never found, a failure that ends
// the watch, a deadlock between reading events and changing watches. The
// goroutine that reads events does nothing else; watches are added and removed
// by the scanner's goroutine alone, through a Round.
package watch

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Mode is a way to learn of changes.
type Mode string

// The modes. The zero value of Options means Auto.
const (
	Auto   Mode = "auto"   // events where they can be trusted, else polling
	Events Mode = "events" // events whatever the file system; polling only when the kernel refuses
	Poll   Mode = "poll"   // polling only
)

// Options are the choices of a Watcher. A zero duration means its default.
type Options struct {
	Mode      Mode
	Quiet     time.Duration // silence that ends a burst of events; 100 ms
	MaxWait   time.Duration // longest delay of a signal after the first event of a burst; 2 s
	Reconcile time.Duration // signal without any event, in events mode; 60 s
	Poll      time.Duration // signal without any event, in poll mode; 2 s
}

// reopenAfter is the time between two attempts to get an event queue.
const reopenAfter = time.Minute

// Watcher watches the folders that the latest Round named.
type Watcher struct {
	o       Options
	raw     chan struct{} // capacity 1: something happened
	changes chan struct{} // capacity 1: the same, debounced
	rearm   chan struct{} // capacity 1: the mode in force changed
	queue   atomic.Pointer[queue]
	names   names

	lastEvent atomic.Int64 // Unix nanoseconds; written by the draining goroutine, hence no lock
	errors    atomic.Uint64
	lastError atomic.Pointer[string]
	took      atomic.Int64 // nanoseconds of the last round

	mu          sync.Mutex
	reasons     reasons
	watches     int
	unannounced []time.Time // when changes were found that no event announced; the latest few
}

// Status is what a Watcher does at one moment.
type Status struct {
	Mode      Mode      // the mode in force: Events or Poll, never Auto
	Reason    string    // why it polls; empty in events mode
	Watches   int       // folders whose events are received
	LastEvent time.Time // zero: none yet
	Errors    uint64    // failures reported by the event queue, overflows included
	LastError string    // the latest of them

	Unannounced int // changes that were found without an event, as far as they count (see Watcher.Unannounced)
}

// New returns a Watcher that does nothing until Run is called.
func New(o Options) *Watcher {
	if o.Mode == "" {
		o.Mode = Auto
	}
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&o.Quiet, 100 * time.Millisecond},
		{&o.MaxWait, 2 * time.Second},
		{&o.Reconcile, time.Minute},
		{&o.Poll, 2 * time.Second},
	} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	w := &Watcher{o: o, raw: make(chan struct{}, 1), changes: make(chan struct{}, 1), rearm: make(chan struct{}, 1)}
	if o.Mode == Poll {
		w.reasons.mode = "polling was asked for"
	}
	return w
}

// Run watches until ctx is done, waits for every goroutine it started and
// returns nil. It sends one signal as soon as events can be received, so that
// a scan made before that is repeated with its folders watched. A Watcher runs
// once.
func (w *Watcher) Run(ctx context.Context) error {
	var g sync.WaitGroup
	d := debounce{quiet: w.o.Quiet, maxWait: w.o.MaxWait}
	g.Go(func() { d.run(ctx, w.raw, w.changes) })
	g.Go(func() { w.tick(ctx) })
	if w.o.Mode != Poll {
		g.Go(func() { w.follow(ctx) })
	}
	g.Wait()
	return nil
}

// Changes receives a value when the folder may have changed. It is a level,
// not a log: any number of changes that were not yet received are one value.
// It is never closed.
func (w *Watcher) Changes() <-chan struct{} { return w.changes }

// Status returns what the Watcher does now. It may be called at any time, from
// any goroutine.
func (w *Watcher) Status() Status {
	w.mu.Lock()
	s := Status{Mode: Events, Reason: w.reasons.String(), Watches: w.watches, Unannounced: len(w.unannounced)}
	w.mu.Unlock()
	if s.Reason != "" {
		s.Mode = Poll
	}
	if ns := w.lastEvent.Load(); ns != 0 {
		s.LastEvent = time.Unix(0, ns)
	}
	s.Errors = w.errors.Load()
	if text := w.lastError.Load(); text != nil {
		s.LastError = *text
	}
	return s
}

// Named returns the names that all events since the last call bore, sorted. It
// returns false where there is more to the signal than these events: an error, a
// queue that was opened, the time, or too many names. Names may be wrong, and no
// event may have told of the change; a scan of the whole folder must follow.
func (w *Watcher) Named() (list []string, all bool) { return w.names.take() }

// Due reports whether a signal is on its way for more than names can tell: many
// changes, an error, the time. Whoever wants to scan anyhow may as well wait for
// it; it takes no longer than MaxWait.
func (w *Watcher) Due() bool { return w.names.many() }

// wake notes that anything may have changed. It never blocks.
func (w *Watcher) wake() {
	w.names.anything()
	signal(w.raw)
}

func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// follow keeps an event queue open until ctx is done.
func (w *Watcher) follow(ctx context.Context) {
	for ctx.Err() == nil {
		events, err := fsnotify.NewWatcher()
		if err == nil {
			err = w.drain(ctx, events)
		}
		if ctx.Err() != nil {
			return
		}
		w.because(func(r *reasons) { r.queue = refusal(err) })
		pause(ctx, reopenAfter)
	}
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
