package live

import (
	"testing"
	"testing/synctest"
	"time"
)

// answer answers changes that come at this distance, each with a turn that takes
// so long, and returns the waits before each.
func answer(t *testing.T, n int, apart, took time.Duration) (waits []time.Duration) {
	t.Helper()
	synctest.Test(t, func(*testing.T) {
		var p pace
		for range n {
			time.Sleep(apart)
			wait := max(0, time.Until(p.next()))
			time.Sleep(wait)
			waits = append(waits, wait)
			time.Sleep(took)
			p.spend(took)
		}
	})
	return waits
}

func TestPace(t *testing.T) {
	const ms = time.Millisecond
	tests := []struct {
		name        string
		n           int
		apart, took time.Duration
		last        time.Duration // the last wait
	}{
		{"saves by hand are answered at once", 50, time.Second, 80 * ms, 0},
		{"a few in a row are, too", 6, 100 * ms, 80 * ms, 0},
		{"changes without end are answered a tenth of the time", 500, 100 * ms, 80 * ms, 620 * ms},
		{"a long turn does not delay the next change for long", 10, 100 * ms, 5000 * ms, 1400 * ms},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			waits := answer(t, tt.n, tt.apart, tt.took)
			if got := waits[len(waits)-1]; got != tt.last {
				t.Errorf("waits %v, the last one should be %v", waits, tt.last)
			}
		})
	}
}
