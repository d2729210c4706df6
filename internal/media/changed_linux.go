package media

import (
	"io/fs"
	"syscall"
	"time"
)

// Changed returns when a file was last written to, renamed or put in place, by the
// clock of its file system. Unlike the modification time, no program sets it.
func Changed(info fs.FileInfo) time.Time {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(stat.Ctim.Unix())
	}
	return info.ModTime()
}

// identity tells a file from others of its file system.
func identity(info fs.FileInfo) [2]uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return [2]uint64{stat.Dev, stat.Ino}
	}
	return [2]uint64{}
}
