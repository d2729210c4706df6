package watch

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// reasons are the grounds for polling, each set and cleared on its own.
type reasons struct {
	mode  string // asked for
	queue string // no event queue
	watch string // a folder could not be watched, in the latest round
	deaf  string // a file system that keeps changes to itself, in the latest round
	mute  string // changes came without events
}

// String returns the gravest reason; empty means that events can be trusted.
func (r reasons) String() string { return cmp.Or(r.mode, r.queue, r.watch, r.deaf, r.mute) }

// because changes the reasons, and with them perhaps the mode in force.
func (w *Watcher) because(change func(*reasons)) {
	w.mu.Lock()
	before := w.reasons.String() == ""
	change(&w.reasons)
	after := w.reasons.String() == ""
	w.mu.Unlock()
	if before != after {
		signal(w.rearm)
	}
}

// What follows from changes that no event announced.
const (
	hurry    = 10 * time.Second // signals without any event come as often as this
	hurryFor = 10 * time.Minute // for so long
	tooMany  = 3                // of them, and events are not trusted any more
	within   = 24 * time.Hour
)

// Unannounced tells the watcher of a change that was found although no event
// told of it. It then lets the folder be looked at more often for a while; and
// after the third time in a day it polls, for as long as the process lives.
func (w *Watcher) Unannounced() {
	now := time.Now()
	w.because(func(r *reasons) {
		if r.String() != "" {
			return // nobody relies on events
		}
		w.unannounced = slices.DeleteFunc(w.unannounced, func(t time.Time) bool { return now.Sub(t) >= within })
		w.unannounced = append(w.unannounced, now)
		if len(w.unannounced) >= tooMany && w.o.Mode == Auto {
			r.mute = "changes were found again and again that no event announced"
		}
	})
	signal(w.rearm)
}

// hurried reports whether events have failed lately.
func (w *Watcher) hurried() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := len(w.unannounced)
	return n > 0 && time.Since(w.unannounced[n-1]) < hurryFor
}

// tick wakes the scanner now and then, whatever the events say.
func (w *Watcher) tick(ctx context.Context) {
	t := time.NewTimer(w.period())
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			w.wake()
		case <-w.rearm:
		}
		t.Reset(w.period())
	}
}

// period is the time to the next signal that no event announces. A folder that
// takes long to scan is polled less often, so that polling costs about a
// twentieth of one processor.
func (w *Watcher) period() time.Duration {
	if w.Status().Mode == Events && w.hurried() {
		return min(hurry, w.o.Reconcile)
	}
	if w.Status().Mode == Events {
		return w.o.Reconcile
	}
	return max(w.o.Poll, 20*time.Duration(w.took.Load()))
}
