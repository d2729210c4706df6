package kramdown_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"broadsheet/internal/dialect/jekyll/kramdown"
	"broadsheet/internal/markdown"
)

// parse reads a text, and returns the processor time of that: what other programs do at the
// same time is not in it.
func parse(t *testing.T, text string) time.Duration {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	now := func() time.Duration {
		var at unix.Timespec
		if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &at); err != nil {
			t.Fatal(err)
		}
		return time.Duration(at.Nano())
	}
	start := now()
	kramdown.Default().Parse([]byte(text), markdown.Reading{})
	return now() - start
}

// TestWorkGrowsWithSize holds that no pattern takes much longer for each of its bytes if
// there are sixteen times more.
func TestWorkGrowsWithSize(t *testing.T) {
	for _, pattern := range patterns {
		few, many := strings.Repeat(pattern, 8<<10/len(pattern)), strings.Repeat(pattern, 128<<10/len(pattern))
		var short, long time.Duration
		for range 5 { // memory is collected amid some runs
			short, long = parse(t, few), parse(t, many)
			if long < 16*5*short || long < 300*time.Millisecond {
				break
			}
		}
		if long >= 16*5*short && long >= 300*time.Millisecond {
			t.Errorf("%q: 8 KiB take %v, 128 KiB %v", pattern, short, long)
		}
	}
}
