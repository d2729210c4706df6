//go:build !linux

package files

import (
	"io/fs"
	"os"

	"broadsheet/internal/blog"
)

// statOf tells nothing: changes are then seen by size and time alone.
func statOf(fs.FileInfo) (ID, blog.Stamp) { return ID{}, 0 }

// Looker looks at files one after the other, for one goroutine.
type Looker struct{}

// Look returns the print of a file and whether it is a regular one; links are not
// followed.
func (Looker) Look(name string) (Print, bool, error) {
	info, err := os.Lstat(name)
	if err != nil {
		return Print{}, false, err
	}
	return PrintOf(info), info.Mode().IsRegular(), nil
}

// Close lets go of what looking needs: nothing.
func (Looker) Close() {}

// Closed tells nothing either: every file is given its time to settle.
func Closed(string) bool { return false }

// WrittenTo tells nothing.
func WrittenTo(string) bool { return false }

// BornAt tells nothing: moves are found by their bytes alone.
func BornAt(string) blog.Stamp { return 0 }
