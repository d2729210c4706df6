package watch

import (
	"context"
	"time"
)

// debounce makes one signal of a burst.
type debounce struct {
	quiet   time.Duration
	maxWait time.Duration
}

// run sends to out when nothing came from in for the quiet time, and at the
// latest when the longest wait has passed since the first. It returns when ctx
// is done. A signal that nobody has received yet absorbs the next one.
func (d debounce) run(ctx context.Context, in <-chan struct{}, out chan<- struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-in:
		}
		if !d.settle(ctx, in) {
			return
		}
		signal(out)
	}
}

// settle waits for the end of a burst that has just begun; false means that
// ctx was done before.
func (d debounce) settle(ctx context.Context, in <-chan struct{}) bool {
	limit := time.NewTimer(d.maxWait)
	defer limit.Stop()
	quiet := time.NewTimer(d.quiet)
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-in:
			quiet.Reset(d.quiet)
		case <-quiet.C:
			return true
		case <-limit.C:
			return true
		}
	}
}
