//go:build !linux

package files

import (
	"io"
	"os"
	"syscall"

	"broadsheet/internal/blog"
)

// Handle is an open file.
type Handle struct{ file *os.File }

// Open opens a file for reading. It waits for nothing: the name may be that of a
// pipe by now.
func Open(name string) (Handle, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	return Handle{f}, err
}

// Close lets go of the file.
func (h Handle) Close() { _ = h.file.Close() } // nothing was written

// Print returns the file's print and whether it is a regular file.
func (h Handle) Print() (Print, bool, error) {
	info, err := h.file.Stat()
	if err != nil {
		return Print{}, false, err
	}
	return PrintOf(info), info.Mode().IsRegular(), nil
}

// Birth tells nothing: moves are found by their bytes alone.
func (Handle) Birth() blog.Stamp { return 0 }

// Fill reads as many bytes as data has room for.
func (h Handle) Fill(data []byte) error {
	_, err := io.ReadFull(h.file, data)
	return err
}
