package source

import (
	"io/fs"
	"syscall"
	"time"
)

// statOf returns what only the system's own record says of a file.
func statOf(info fs.FileInfo) (fileID, time.Time) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fileID{}, time.Time{}
	}
	return fileID{s.Dev, s.Ino}, time.Unix(s.Ctim.Unix())
}
