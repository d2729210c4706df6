// Package hangup keeps SIGHUP from ending the process, from before main on.
//
// The tables of the libraries that the program is made of take longer to set up
// than it takes a supervisor to send the first SIGHUP. This package imports next
// to nothing, so that it is set up before them. Hence the one variable that is
// neither a table nor an error. What comes earlier still, while the system loads
// the program and Go's runtime starts, ends the process, unless whoever starts it
// has SIGHUP ignored: nothing in a Go program runs before that.
package hangup

import (
	"os"
	"os/signal"
	"syscall"
)

// signals receives every SIGHUP since the start; those that nobody has received
// yet are one.
var signals = caught()

func caught() chan os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	return c
}

// Signals returns the channel on which each SIGHUP arrives. It has one receiver.
func Signals() <-chan os.Signal { return signals }

// Ends makes SIGHUP end the process again, as it does by default. One that has
// come already counts: Ends then reports true.
func Ends() bool {
	signal.Reset(syscall.SIGHUP)
	select {
	case <-signals:
		return true
	default:
		return false
	}
}
