package source

import (
	"io/fs"
	"os"
	"time"
)

// fingerprint tells whether a file is the one seen before. Prints are compared
// for equality only: copying with times and unpacking set clocks back.
type fingerprint struct {
	id       fileID
	size     int64
	modified time.Time // of the bytes
	changed  time.Time // of bytes, name or attributes; as modified where the system does not say
}

// fileID names a file on this machine; it is zero where the system does not
// tell.
type fileID struct{ device, inode uint64 }

func printOf(info fs.FileInfo) fingerprint {
	id, changed := statOf(info)
	modified := info.ModTime()
	if changed.IsZero() {
		changed = modified
	}
	return fingerprint{id: id, size: info.Size(), modified: modified, changed: changed}
}

// changedAt returns when the entries of a folder changed last, by the clock of its
// file system.
func changedAt(folder string) (time.Time, bool) {
	info, err := os.Lstat(folder)
	if err != nil {
		return time.Time{}, false
	}
	return info.ModTime(), true
}
