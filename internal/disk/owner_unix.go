//go:build unix

package disk

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// linksOf returns how many names a file has.
func linksOf(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Nlink) //nolint:unconvert // its type differs between systems
	}
	return 1
}

// keepOwner gives a new file to the owner and group of the old one. The error is
// errOwner where that is not allowed.
func keepOwner(next *os.File, old fs.FileInfo) error {
	info, err := next.Stat()
	if err != nil {
		return err
	}
	want, known := old.Sys().(*syscall.Stat_t)
	has, ok := info.Sys().(*syscall.Stat_t)
	if !known || !ok || want.Uid == has.Uid && want.Gid == has.Gid {
		return nil
	}
	if err := next.Chown(int(want.Uid), int(want.Gid)); err != nil {
		return fmt.Errorf("%w: %w", errOwner, err)
	}
	return nil
}
