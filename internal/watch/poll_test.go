package watch

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// ticking runs the clock of a Watcher, in virtual time, and returns how to learn
// the time to its next signal.
func ticking(t *testing.T, w *Watcher) (next func() time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.tick(ctx)
	}()
	t.Cleanup(func() { cancel(); <-ended })
	return func() time.Duration {
		began := time.Now()
		<-w.raw
		return time.Since(began)
	}
}

func TestUnannouncedChangeHurriesForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(Options{})
		next := ticking(t, w)
		if got := next(); got != time.Minute {
			t.Errorf("at rest: a signal after %v, want 1m", got)
		}
		w.Unannounced()
		synctest.Wait()
		for began := time.Now(); time.Since(began) < 10*time.Minute; {
			if got := next(); got != 10*time.Second {
				t.Fatalf("after %v: a signal after %v, want 10s", time.Since(began), got)
			}
		}
		if got := next(); got != time.Minute {
			t.Errorf("ten minutes later: a signal after %v, want 1m", got)
		}
	})
}

func TestUnannouncedChangesEndTheTrustInEvents(t *testing.T) {
	tests := []struct {
		name  string
		o     Options
		apart time.Duration
		want  Mode
	}{
		{"three in a day", Options{}, 11 * time.Hour, Poll},
		{"three in more than a day", Options{}, 13 * time.Hour, Events},
		{"events were asked for", Options{Mode: Events}, time.Hour, Events},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := New(tt.o)
				for i := range 3 {
					if s := w.Status(); s.Mode != Events {
						t.Errorf("polls after %d: %+v", i, s)
					}
					w.Unannounced()
					if i < 2 {
						time.Sleep(tt.apart)
					}
				}
				s := w.Status()
				if s.Mode != tt.want || (s.Reason != "") != (tt.want == Poll) || s.Unannounced == 0 {
					t.Errorf("status %+v, want mode %s", s, tt.want)
				}
			})
		})
	}
}

func TestPollingCountsNoUnannouncedChanges(t *testing.T) {
	w := New(Options{Mode: Poll})
	w.Unannounced()
	if s := w.Status(); s.Unannounced != 0 {
		t.Errorf("status %+v", s)
	}
}
