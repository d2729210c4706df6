// Package leaktest makes tests fail that leave goroutines behind.
//
// A goroutine that was told to end does so a moment later, and on a busy machine that
// moment is long: each check waits for what ends, and fails only for what never does.
package leaktest

import (
	"fmt"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// hang is longer than anything takes that ends, however busy the machine is.
const hang = 5 * time.Minute

// Main runs the tests of a package, and fails if any left a goroutine behind. It is what
// TestMain calls, and does not return.
func Main(m *testing.M) {
	code := m.Run()
	if code == 0 {
		if err := find(); err != nil {
			fmt.Fprintf(os.Stderr, "goroutines that the tests left behind: %v\n", err)
			code = 1
		}
	}
	os.Exit(code)
}

// None fails the test if there are other goroutines than those of before, which
// goleak.IgnoreCurrent has returned.
func None(t testing.TB, before goleak.Option) {
	t.Helper()
	if err := find(before); err != nil {
		t.Error(err)
	}
}

func find(options ...goleak.Option) error {
	for end := time.Now().Add(hang); ; {
		err := goleak.Find(options...) // looks again and again for half a second
		if err == nil || time.Now().After(end) {
			return err
		}
	}
}
