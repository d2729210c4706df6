// Package hangup keeps SIGHUP from ending the process, from before main on.
//
// A supervisor may send the first SIGHUP before the libraries have set up their tables. This
// package imports next to nothing, so that it is set up before them. Hence the one variable that is
// neither a table nor an error. An earlier SIGHUP, while the system loads the program and Go's
// runtime starts, ends the process, unless it was started with SIGHUP ignored: nothing in a Go
// program runs before that.
package hangup

import (
	"os"
	"os/signal"
	"syscall"
)

// signals receives every SIGHUP since the start. Several that were not received yet count as one.
var signals = caught()

func caught() chan os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	return c
}

// Signals returns the channel on which each SIGHUP arrives. It has one receiver.
func Signals() <-chan os.Signal { return signals }

// Ends makes SIGHUP end the process again, as it does by default. It reports true if one has come
// already.
func Ends() bool {
	signal.Reset(syscall.SIGHUP)
	select {
	case <-signals:
		return true
	default:
		return false
	}
}
