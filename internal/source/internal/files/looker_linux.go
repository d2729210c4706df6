package files

import (
	"io/fs"
	"strings"

	"golang.org/x/sys/unix"
)

// Looker looks at files one after the other, for one goroutine. Of several in a row that
// lie in one folder it holds the folder open, so that the system need not find its way
// there for each. It uses bare system calls: an os.FileInfo for each of very many files
// would be most of what a scan costs beside the system's own work.
type Looker struct {
	folder string // of the file before
	inARow int    // files of it that were looked at
	open   bool
	handle int // of the folder, if it is open
}

// worthOpening is after how many files in a row a folder is opened.
const worthOpening = 4

// Look returns the print of a file and whether it is a regular one; links are not
// followed.
func (k *Looker) Look(name string) (Print, bool, error) {
	var s unix.Stat_t
	at, base := k.enter(name)
	err := again(func() error { return unix.Fstatat(at, base, &s, unix.AT_SYMLINK_NOFOLLOW) })
	if err != nil {
		return Print{}, false, &fs.PathError{Op: "lstat", Path: name, Err: err}
	}
	return printOfStat(&s), s.Mode&unix.S_IFMT == unix.S_IFREG, nil
}

// enter returns where to look for a file, and by which name.
func (k *Looker) enter(name string) (at int, base string) {
	i := strings.LastIndexByte(name, '/')
	if i <= 0 {
		return unix.AT_FDCWD, name
	}
	if name[:i] != k.folder {
		k.Close()
		k.folder, k.inARow = name[:i], 0
	}
	if k.inARow++; k.inARow == worthOpening {
		handle, err := unix.Open(k.folder, unix.O_PATH|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
		k.handle, k.open = handle, err == nil
	}
	if !k.open {
		return unix.AT_FDCWD, name
	}
	return k.handle, name[i+1:]
}

// Close lets go of the folder that is open.
func (k *Looker) Close() {
	if k.open {
		_ = unix.Close(k.handle) // nothing was written
		k.open = false
	}
}
