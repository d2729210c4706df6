//go:build !linux

package files

import (
	"io/fs"
	"os"
)

// list calls each with all entries of a folder.
func list(name string, _ []byte, each func(name []byte, kind fs.FileMode)) error {
	all, err := os.ReadDir(name)
	for _, e := range all {
		each([]byte(e.Name()), e.Type())
	}
	return err
}
