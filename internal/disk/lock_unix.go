//go:build unix && !solaris && !aix

package disk

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// Lock takes an open file for this process (flock(2)), until it is closed or the
// process ends, however it ends. It returns ErrTaken when another has it, and an
// error that is errors.ErrUnsupported where files cannot be locked.
func Lock(f *os.File) error {
	for {
		switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
		case err == nil:
			return nil
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EWOULDBLOCK):
			return ErrTaken
		default:
			return fmt.Errorf("lock %s: %w (%w)", f.Name(), err, errors.ErrUnsupported)
		}
	}
}
