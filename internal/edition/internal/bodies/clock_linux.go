package bodies

import (
	"time"

	"golang.org/x/sys/unix"
)

// threadClock returns a clock of the processor time that the calling thread takes
// from now on, for any thread to read. The goroutine must be locked to it. The
// clock says false once it cannot be read.
func threadClock() func() (time.Duration, bool) {
	const thread = 6                        // CPUCLOCK_PERTHREAD_MASK and CPUCLOCK_SCHED of linux/posix-timers.h
	id := int32(^unix.Gettid()<<3 | thread) //nolint:gosec // as the kernel makes it: a number below zero
	now := func() (time.Duration, bool) {
		var t unix.Timespec
		err := unix.ClockGettime(id, &t)
		return time.Duration(t.Nano()), err == nil
	}
	began, _ := now()
	return func() (time.Duration, bool) {
		at, ok := now()
		return at - began, ok
	}
}
