// Package fault makes errors of panics.
package fault

import (
	"fmt"
	"runtime"
	"strings"
)

// Recover makes an error of a panic, with the function where it came from. It is to be
// deferred.
func Recover(err *error) {
	v := recover()
	if v == nil {
		return
	}
	*err = fmt.Errorf("a fault of this program, please report it: %v%s", v, place())
}

// place names the function that panicked.
func place() string {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers)])
	for below := false; ; {
		f, more := frames.Next()
		if below && !strings.HasPrefix(f.Function, "runtime.") {
			return " in " + f.Function
		}
		below = below || f.Function == "runtime.gopanic"
		if !more {
			return ""
		}
	}
}
