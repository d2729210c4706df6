package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Child is an entry of a folder.
type Child struct {
	Name string // absolute, unless the folder's is not
	Base string // its last element, which shares its bytes
	kind fs.FileMode
}

// IsDir reports whether the entry is a folder.
func (c Child) IsDir() bool { return c.kind == fs.ModeDir }

// IsLink reports whether the entry is a symbolic link.
func (c Child) IsLink() bool { return c.kind == fs.ModeSymlink }

// IsFile reports whether the entry is a regular file, or one that nobody can say
// anything of.
func (c Child) IsFile() bool { return c.kind == 0 }

// unknown is the kind of an entry whose file system does not tell.
const unknown = ^fs.FileMode(0)

// Below returns the path of the child of a folder, relative as that is: as part of its
// name, where it can be.
func (c Child) Below(folder string) string {
	if folder == "" {
		return c.Base
	}
	last := len(c.Name) - len(c.Base) - 1 // the separator
	if at := last - len(folder); at > 0 && c.Name[at:last] == folder && c.Name[last] == '/' {
		return c.Name[at:]
	}
	return folder + "/" + c.Base
}

// Children returns the entries of a folder by name; all names share one string, which
// whoever keeps few of them should copy them from. The buffer is for the system to write to.
func Children(folder string, buffer []byte) ([]Child, error) {
	var all []Child
	var names []byte // all of them, one after the other: so many small strings would be most of a listing's cost
	var ends []int
	err := list(folder, buffer, func(base []byte, kind fs.FileMode) {
		begin := len(names)
		names = append(append(append(names, folder...), filepath.Separator), base...)
		if kind == unknown {
			info, err := os.Lstat(string(names[begin:]))
			switch {
			case errors.Is(err, fs.ErrNotExist):
				names = names[:begin]
				return // it is gone by now
			case err != nil:
				kind = 0 // whoever reads it will tell
			default:
				kind = info.Mode().Type()
			}
		}
		all, ends = append(all, Child{kind: kind}), append(ends, len(names))
	})
	text, begin := string(names), 0
	for i, end := range ends {
		all[i].Name, begin = text[begin:end], end
		all[i].Base = all[i].Name[len(folder)+1:]
	}
	slices.SortFunc(all, func(a, b Child) int { return strings.Compare(a.Base, b.Base) })
	return all, err
}
