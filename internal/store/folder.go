package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"broadsheet/internal/disk"
)

// The files of a folder. The lock is held by the one service that writes.
const (
	databaseFile = "broadsheet.db"
	lockFile     = "broadsheet.lock"

	mode     = 0o660 // less the umask: in containers the group is what stays
	maxAside = 10    // copies of damaged databases
)

// Folder is a folder that is ours.
type Folder struct {
	*os.Root
	lock *os.File
	path string
	file os.FileInfo // of the database as it was opened

	// Unlocked says why it could not be locked at all; nil: it is.
	Unlocked error
}

// Take makes the folder if it is missing and locks it. The error is disk.ErrTaken where
// it is another's.
func Take(path string) (*Folder, error) {
	path, err := filepath.Abs(path)
	if err == nil {
		err = os.MkdirAll(path, 0o775)
	}
	if err != nil {
		return nil, err
	}
	dir, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	f := &Folder{Root: dir, path: path}
	f.lock, err = dir.OpenFile(lockFile, os.O_RDWR|os.O_CREATE, mode)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.lock, err = dir.Open(lockFile) // one that we may not write can be locked as well
	}
	if err == nil {
		err = disk.Lock(f.lock)
	}
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		f.Unlocked = err
	case err != nil:
		f.Close()
		return nil, err
	}
	disk.Sweep(dir, ".")
	return f, nil
}

// Close lets go of the folder.
func (f *Folder) Close() {
	if f.lock != nil {
		_ = f.lock.Close() // it holds nothing
	}
	_ = f.Root.Close() // nothing is written through it
}

// There reports whether the database still is where it was opened.
func (f *Folder) There() bool {
	now, err := os.Stat(filepath.Join(f.path, databaseFile))
	return err == nil && f.file != nil && os.SameFile(f.file, now)
}

// PutAside gives the database, which is closed, a name that none has yet. Among too many
// it is removed.
func (f *Folder) PutAside() (aside string, err error) {
	for n := range maxAside {
		aside = databaseFile + ".bad"
		if n > 0 {
			aside += "." + strconv.Itoa(n)
		}
		if _, err := f.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			// The log goes first: beside another database it would be taken for that one's.
			return aside, errors.Join(f.ifThere(f.Rename(databaseFile+"-wal", aside+"-wal")),
				f.ifThere(f.Remove(databaseFile+"-shm")), f.Rename(databaseFile, aside))
		}
	}
	return "", errors.Join(f.ifThere(f.Remove(databaseFile+"-wal")), f.ifThere(f.Remove(databaseFile+"-shm")), f.Remove(databaseFile))
}

// HasAside reports whether a database was put aside before.
func (f *Folder) HasAside() bool {
	_, err := f.Lstat(databaseFile + ".bad")
	return err == nil
}

func (f *Folder) ifThere(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// look returns the file of the database, nil if there is none. What is no file is
// nobody's to replace.
func (f *Folder) look() (os.FileInfo, error) {
	if _, err := f.Lstat(databaseFile); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	info, err := f.Stat(databaseFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s is a link that leads nowhere", databaseFile)
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no file", databaseFile)
	}
	return info, err
}

// written returns when the database was last written, of which before is the file.
func (f *Folder) written(before os.FileInfo) (at time.Time) {
	if before != nil {
		at = before.ModTime()
	}
	if log, err := f.Stat(databaseFile + "-wal"); before != nil && err == nil && log.ModTime().After(at) {
		at = log.ModTime()
	}
	return at
}
