// Package disk replaces files so that nobody ever sees half of one, and locks them
// for one process.
//
// Replace writes the new bytes under a temporary name in the same folder and then
// renames that, so that a crash leaves the old file or the new one. What it leaves
// behind when it is killed has a name of its own, ".broadsheet-*.tmp", and is locked
// as long as it is being written: Sweep removes what nobody is writing any more.
package disk

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ErrTaken says that another process has a file locked.
var ErrTaken = errors.New("another process has it locked")

// Options say how a file is replaced. The zero value is usable.
type Options struct {
	Mode     fs.FileMode          // of the new file, less the umask; 0: 0o666
	Modified time.Time            // its modification time; zero: now
	Sync     bool                 // have it on the disk before it takes its place, and its name after that
	Finish   func(*os.File) error // called when the bytes are written; an error leaves the old file; nil: nothing more to do
}

const (
	prefix, suffix = ".broadsheet-", ".tmp"
	abandoned      = time.Hour // where files cannot be locked, what is older than this is nobody's
)

// Replace makes the file of a name, relative to dir, hold what content has. Nothing
// leads out of dir, whoever swaps what for a link.
func Replace(dir *os.Root, name string, content io.Reader, o Options) error {
	temporary, err := create(dir, filepath.Dir(name), o.Mode)
	if err != nil {
		return err
	}
	defer temporary.Close() //nolint:errcheck // a second time, where all went well
	err = fill(temporary, content, o)
	if err == nil && !o.Modified.IsZero() {
		err = dir.Chtimes(temporary.path, o.Modified, o.Modified)
	}
	if err == nil {
		err = dir.Rename(temporary.path, name)
	}
	if err != nil {
		return errors.Join(err, dir.Remove(temporary.path))
	}
	if o.Sync {
		return syncFolder(dir, filepath.Dir(name))
	}
	return temporary.Close()
}

// ReplaceAt does the same for a name relative to nothing. The folder is made if it
// is missing.
func ReplaceAt(name string, content io.Reader, o Options) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	dir, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer dir.Close() //nolint:errcheck // nothing is written through it
	return Replace(dir, filepath.Base(name), content, o)
}

// Readable is a Finish that lets everybody read the file, whatever the umask.
func Readable(f *os.File) error { return f.Chmod(0o644) }

func fill(f temporary, content io.Reader, o Options) error {
	_, err := io.Copy(f, content)
	if err == nil && o.Finish != nil {
		err = o.Finish(f.File)
	}
	if err == nil && o.Sync {
		err = f.Sync()
	}
	return err
}

// temporary is a file that is being written, with its name relative to a folder.
type temporary struct {
	*os.File
	path string
}

// create makes a new file, locked where that is possible.
func create(dir *os.Root, folder string, mode fs.FileMode) (temporary, error) {
	if mode == 0 {
		mode = 0o666
	}
	for {
		path := filepath.Join(folder, prefix+rand.Text()+suffix)
		f, err := dir.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
		if err != nil {
			return temporary{}, err
		}
		_ = Lock(f) // without it the file is left alone for an hour
		if there, err := dir.Lstat(path); err == nil && sameFile(f, there) {
			return temporary{f, path}, nil
		}
		_ = f.Close() // swept away before it was locked
	}
}

func sameFile(f *os.File, there fs.FileInfo) bool {
	info, err := f.Stat()
	return err == nil && os.SameFile(info, there)
}

// Sweep removes from a folder what calls of Replace left that were killed. What
// cannot be removed stays; nothing depends on it.
func Sweep(dir *os.Root, folder string) {
	names, err := fs.ReadDir(dir.FS(), filepath.ToSlash(folder))
	if err != nil {
		return
	}
	for _, e := range names {
		if e.Type().IsRegular() && strings.HasPrefix(e.Name(), prefix) && strings.HasSuffix(e.Name(), suffix) {
			sweep(dir, filepath.Join(folder, e.Name()))
		}
	}
}

func sweep(dir *os.Root, name string) {
	f, err := dir.Open(name)
	if err != nil {
		return
	}
	defer f.Close() //nolint:errcheck // nothing was written
	info, err := f.Stat()
	if err != nil {
		return
	}
	switch err := Lock(f); {
	case errors.Is(err, ErrTaken):
	case err == nil, time.Since(info.ModTime()) > abandoned:
		_ = dir.Remove(name) // nobody needs it
	}
}

// SweepAll does so in all folders below one. Links are not followed.
func SweepAll(folder string) {
	dir, err := os.OpenRoot(folder)
	if err != nil {
		return
	}
	defer dir.Close() //nolint:errcheck // nothing is written through it
	_ = fs.WalkDir(dir.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() {
			Sweep(dir, filepath.FromSlash(path))
		}
		return nil
	})
}

// syncFolder has the names in a folder on the disk, where the system can.
func syncFolder(dir *os.Root, folder string) error {
	f, err := dir.Open(folder)
	if err != nil {
		return fmt.Errorf("sync the folder: %w", err)
	}
	_ = f.Sync() // some file systems know no such thing
	return f.Close()
}
