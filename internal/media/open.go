package media

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
)

var errNotRegular = errors.New("not a regular file")

// Open opens a regular file below a folder. The name is slash-separated. Links
// are followed as long as they stay inside the folder; nothing else of the
// machine can be reached, and nothing that could keep the caller waiting, such
// as a pipe.
func Open(folder, name string) (*os.File, error) {
	// The folder is opened anew each time: it may have been swapped.
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close() //nolint:errcheck // nothing was written
	name = strings.TrimLeft(path.Clean("/"+name), "/")
	file, err := open(root, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		if inside, ok := resolve(folder, name); ok { // a Root follows no absolute link, not even one to its inside
			file, err = open(root, inside)
		}
	}
	return file, err
}

func open(root *os.Root, name string) (*os.File, error) {
	file, err := root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(errNotRegular, err, file.Close())
	}
	return file, nil
}

// resolve returns the name without links, if it leads to the inside. What it
// says may be out of date a moment later, so that it is opened through the Root
// all the same.
func resolve(folder, name string) (string, bool) {
	folder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return "", false
	}
	real, err := filepath.EvalSymlinks(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		return "", false
	}
	inside, err := filepath.Rel(folder, real)
	return filepath.ToSlash(inside), err == nil && filepath.IsLocal(inside)
}
