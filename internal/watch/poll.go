package watch

import (
	"cmp"
	"context"
	"time"
)

// reasons are the grounds for polling, each set and cleared on its own.
type reasons struct {
	mode  string // asked for
	queue string // no event queue
	watch string // a folder could not be watched, in the latest round
	deaf  string // a file system that keeps changes to itself, in the latest round
}

// String returns the gravest reason; empty means that events can be trusted.
func (r reasons) String() string { return cmp.Or(r.mode, r.queue, r.watch, r.deaf) }

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
	if w.Status().Mode == Events {
		return w.o.Reconcile
	}
	return max(w.o.Poll, 20*time.Duration(w.took.Load()))
}
