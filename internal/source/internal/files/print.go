// Package files asks the system about files: what a folder holds, whether a file is the
// one seen before, whether a program is writing it, and what its bytes are. Where a system
// says less than Linux does, the answers are those that make a scan wait.
package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"broadsheet/internal/blog"
)

// Print tells whether a file is the one seen before. Prints are compared
// for equality only: copying with times and unpacking set clocks back.
type Print struct {
	ID       ID
	Size     int64      // bytes
	Modified blog.Stamp // of the bytes
	Changed  blog.Stamp // of bytes, name or attributes; as Modified where the system does not say
}

// ID names a file on this machine; it is zero where the system does not
// tell.
type ID struct{ device, inode uint64 }

// PrintOf returns the print of the file that the system was asked about.
func PrintOf(info fs.FileInfo) Print {
	id, changed := statOf(info)
	modified := blog.StampOf(info.ModTime())
	if changed == 0 {
		changed = modified
	}
	return Print{ID: id, Size: info.Size(), Modified: modified, Changed: changed}
}

// Named reports whether the last that happened to a new file was to get its name:
// its bytes are older than its last change, and that change is the last one of its
// folder too. A file that was made where it lies, and then dated or given other
// rights, changed later than its folder.
func Named(name string, print Print, birth blog.Stamp) bool {
	folder, ok := changedAt(filepath.Dir(name))
	return ok && birth != 0 && print.Modified >= birth && print.Changed > print.Modified && print.Changed == folder
}

// changedAt returns when the entries of a folder changed last, by the clock of its
// file system.
func changedAt(folder string) (blog.Stamp, bool) {
	info, err := os.Lstat(folder)
	if err != nil {
		return 0, false
	}
	return blog.StampOf(info.ModTime()), true
}

// Reason words an error without the path, which a problem names already.
func Reason(err error) string {
	var wrapped *fs.PathError
	if errors.As(err, &wrapped) {
		return wrapped.Err.Error()
	}
	return err.Error()
}
