//go:build !linux

package source

import (
	"io"
	"os"
	"syscall"
	"time"
)

// handle is an open file.
type handle struct{ *os.File }

// open opens a file for reading. It waits for nothing: the name may be that of a
// pipe by now.
func open(name string) (handle, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	return handle{f}, err
}

func (h handle) close() { _ = h.Close() } // nothing was written

// print returns the file's print and whether it is a regular file.
func (h handle) print() (fingerprint, bool, error) {
	info, err := h.Stat()
	if err != nil {
		return fingerprint{}, false, err
	}
	return printOf(info), info.Mode().IsRegular(), nil
}

// birth tells nothing: moves are found by their bytes alone.
func (handle) birth() time.Time { return time.Time{} }

// fill reads as many bytes as data has room for.
func (h handle) fill(data []byte) error {
	_, err := io.ReadFull(h, data)
	return err
}
