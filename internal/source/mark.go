package source

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
	print fingerprint // of a regular file
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
	return Mark{is: true, print: printOf(info)}, nil
}

// Exists reports whether there is anything.
func (m Mark) Exists() bool { return m.is }

// Waits reports whether another tree took the root's place that is not shown yet.
func (s *Snapshot) Waits() bool { return s.swap != nil }

// SameTree reports whether both snapshots show one tree, perhaps at different
// moments.
func (s *Snapshot) SameTree(other *Snapshot) bool { return s.generation == other.generation }

// Current reports whether root still is the tree that the snapshot shows.
func (s *Snapshot) Current(root string) bool {
	now, err := generationOf(root)
	return err == nil && now == s.generation
}

// Regular reports whether there is a regular file.
func (m Mark) Regular() bool { return m.print != (fingerprint{}) }
