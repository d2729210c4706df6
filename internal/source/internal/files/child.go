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
	base int32  // where its last element begins; there may be very many children
	kind fs.FileMode
}

// Base returns the last element of the name, which shares its bytes.
func (c Child) Base() string { return c.Name[c.base:] }

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
		return c.Base()
	}
	last := int(c.base) - 1 // the separator
	if at := last - len(folder); at > 0 && c.Name[at:last] == folder && c.Name[last] == '/' {
		return c.Name[at:]
	}
	return folder + "/" + c.Base()
}

// Children returns the entries of a folder by name; all names share one string, which
// whoever keeps few of them should copy them from. The buffer is for the system to write to.
func Children(folder string, buffer []byte) ([]Child, error) {
	var all []Child
	var names strings.Builder // all of them, one after the other: so many small strings would be most of a listing's cost
	err := list(folder, buffer, func(base []byte, kind fs.FileMode) {
		if kind == unknown {
			info, err := os.Lstat(folder + string(filepath.Separator) + string(base))
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return // it is gone by now
			case err != nil:
				kind = 0 // whoever reads it will tell
			default:
				kind = info.Mode().Type()
			}
		}
		names.WriteString(folder)
		names.WriteByte(filepath.Separator)
		names.Write(base)
		all = append(all, Child{kind: kind, base: int32(len(base))}) //nolint:gosec // no name is that long
	})
	text, begin := names.String(), len(folder)+1
	for i, at := 0, 0; i < len(all); i++ {
		end := at + begin + int(all[i].base)
		all[i].Name, all[i].base, at = text[at:end], int32(begin), end //nolint:gosec // nor is that of a folder
	}
	slices.SortFunc(all, func(a, b Child) int { return strings.Compare(a.Base(), b.Base()) })
	return all, err
}
