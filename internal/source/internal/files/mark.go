package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// Mark tells one state of a file from the next. Marks are compared for equality
// only. The zero Mark is that of nothing.
type Mark struct {
	is    bool
	kind  fs.FileMode
	print Print // of a regular file
}

// MarkOf returns the mark of what bears a name, links followed. It fails where
// nobody can say whether there is anything.
func MarkOf(name string) (Mark, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return Mark{}, nil
	case err != nil:
		return Mark{}, fmt.Errorf("look at %s: %w", name, err)
	case !info.Mode().IsRegular():
		return Mark{is: true, kind: info.Mode().Type()}, nil
	}
	return Mark{is: true, print: PrintOf(info)}, nil
}

// Exists reports whether there is anything.
func (m Mark) Exists() bool { return m.is }

// Regular reports whether there is a regular file.
func (m Mark) Regular() bool { return m.print != (Print{}) }
