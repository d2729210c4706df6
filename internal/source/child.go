package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// child is an entry of a folder.
type child struct {
	name string // absolute, unless the folder's is not
	base string // its last element, which shares its bytes
	kind fs.FileMode
}

func (c child) isDir() bool  { return c.kind == fs.ModeDir }
func (c child) isLink() bool { return c.kind == fs.ModeSymlink }
func (c child) isFile() bool { return c.kind == 0 }

// unknown is the kind of an entry whose file system does not tell.
const unknown = ^fs.FileMode(0)

// below returns the path of the child of a folder, relative as that is: as part of its
// name, where it can be.
func (c child) below(folder string) string {
	if folder == "" {
		return c.base
	}
	last := len(c.name) - len(c.base) - 1 // the separator
	if at := last - len(folder); at > 0 && c.name[at:last] == folder && c.name[last] == '/' {
		return c.name[at:]
	}
	return folder + "/" + c.base
}

// children returns the entries of a folder by name; buffer is for the system to write to.
func children(folder string, buffer []byte) ([]child, error) {
	var all []child
	err := list(folder, buffer, func(base []byte, kind fs.FileMode) {
		name := folder + string(filepath.Separator) + string(base)
		if kind == unknown {
			info, err := os.Lstat(name)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return // it is gone by now
			case err != nil:
				kind = 0 // whoever reads it will tell
			default:
				kind = info.Mode().Type()
			}
		}
		all = append(all, child{name: name, base: name[len(name)-len(base):], kind: kind})
	})
	slices.SortFunc(all, func(a, b child) int { return strings.Compare(a.base, b.base) })
	return all, err
}
