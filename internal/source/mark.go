package source

import (
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/tree"
)

// Mark tells one state of a file from the next. Marks are compared for equality
// only. The zero Mark is that of nothing.
type Mark = files.Mark

// MarkOf returns the mark of what bears a name, links followed. It fails where
// nobody can say whether there is anything.
func MarkOf(name string) (Mark, error) { return files.MarkOf(name) }

// Waits reports whether another tree took the root's place that is not shown yet.
func (s *Snapshot) Waits() bool { return s.swap != nil }

// SameTree reports whether both snapshots show one tree, perhaps at different
// moments.
func (s *Snapshot) SameTree(other *Snapshot) bool { return s.generation == other.generation }

// Current reports whether root still is the tree that the snapshot shows.
func (s *Snapshot) Current(root string) bool {
	now, err := tree.Of(root)
	return err == nil && now == s.generation
}
