//go:build !linux

package bodies

import "time"

// threadClock returns a clock that cannot be read: the processor time of a thread
// is not to be had here.
func threadClock() func() (time.Duration, bool) {
	return func() (time.Duration, bool) { return 0, false }
}
