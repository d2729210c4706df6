package watch

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// bursts feeds a debounce of 100 ms quiet time and 2 s longest wait with
// signals at the given times and returns the times at which it signalled.
func bursts(t *testing.T, at []time.Duration, until time.Duration) []time.Duration {
	t.Helper()
	var got []time.Duration
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		in, out, ended := make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{})
		began := time.Now()
		go func() {
			defer close(ended)
			debounce{quiet: 100 * time.Millisecond, maxWait: 2 * time.Second}.run(ctx, in, out)
		}()
		go func() {
			for _, d := range at {
				time.Sleep(d - time.Since(began))
				in <- struct{}{}
			}
		}()
		end := time.After(until)
		for waiting := true; waiting; {
			select {
			case <-out:
				got = append(got, time.Since(began))
			case <-end:
				waiting = false
			}
		}
		cancel()
		<-ended
	})
	return got
}

func every(d, from, to time.Duration) []time.Duration {
	var at []time.Duration
	for t := from; t < to; t += d {
		at = append(at, t)
	}
	return at
}

func TestDebounce(t *testing.T) {
	const ms = time.Millisecond
	tests := []struct {
		name string
		at   []time.Duration
		want []time.Duration
	}{
		{"nothing happens, nothing is said", nil, nil},
		{"one event is told after the quiet time", []time.Duration{500 * ms}, []time.Duration{600 * ms}},
		{"a burst is told once, after its last event", []time.Duration{0, 50 * ms, 140 * ms}, []time.Duration{240 * ms}},
		{"two bursts are told twice", []time.Duration{0, 300 * ms}, []time.Duration{100 * ms, 400 * ms}},
		{"a storm does not starve the scanner", every(60*ms, 10*ms, 4500*ms), []time.Duration{2010 * ms, 4050 * ms, 4550 * ms}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, bursts(t, tt.at, 10*time.Second)); diff != "" {
				t.Errorf("signals (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnreceivedSignalAbsorbsTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		in, out := make(chan struct{}, 1), make(chan struct{}, 1)
		go debounce{quiet: time.Millisecond, maxWait: time.Second}.run(ctx, in, out)
		for range 3 { // nobody receives meanwhile, and the debounce must not block
			in <- struct{}{}
			time.Sleep(10 * time.Millisecond)
		}
		<-out
		synctest.Wait()
		if len(out) != 0 {
			t.Error("a second signal for changes made before the first was received")
		}
		cancel()
		synctest.Wait()
	})
}

func TestCancelDuringBurstEndsTheDebounce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		in, out, ended := make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{})
		go func() {
			defer close(ended)
			debounce{quiet: time.Hour, maxWait: time.Hour}.run(ctx, in, out)
		}()
		in <- struct{}{}
		synctest.Wait()
		cancel()
		<-ended
		if len(out) != 0 {
			t.Error("a signal after the end")
		}
	})
}

func TestPollModeSignalsEachPeriod(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := New(Options{Mode: Poll, Poll: 3 * time.Second})
		began := time.Now()
		ended := make(chan error, 1)
		go func() { ended <- w.Run(ctx) }()
		for i := range 3 {
			<-w.Changes()
			want := time.Duration(i+1)*3*time.Second + 100*time.Millisecond
			if got := time.Since(began); got != want {
				t.Errorf("signal %d after %v, want %v", i+1, got, want)
			}
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func TestSlowScansArePolledLessOften(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(Options{Mode: Poll})
		r := w.Round()
		time.Sleep(time.Second) // the scan
		r.End()
		ctx, cancel := context.WithCancel(t.Context())
		began := time.Now()
		ended := make(chan error, 1)
		go func() { ended <- w.Run(ctx) }()
		<-w.Changes()
		if got, want := time.Since(began), 20*time.Second+100*time.Millisecond; got != want {
			t.Errorf("a folder that takes 1 s to scan is polled after %v, want %v", got, want)
		}
		cancel()
		<-ended
	})
}
