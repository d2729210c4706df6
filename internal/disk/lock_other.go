//go:build !unix || solaris || aix

package disk

import (
	"errors"
	"fmt"
	"os"
)

// Lock returns errors.ErrUnsupported: this system locks no files so that the lock
// ends with the process.
func Lock(f *os.File) error { return fmt.Errorf("lock %s: %w", f.Name(), errors.ErrUnsupported) }
