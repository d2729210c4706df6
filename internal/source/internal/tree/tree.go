// Package tree tells which tree of folders bears the name of the root: where the name
// leads, and which incarnation of a folder lies there.
package tree

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"broadsheet/internal/source/internal/files"
)

// ErrNoRoot says that the root itself cannot be read; errors.Is finds it in
// what Of returns.
var ErrNoRoot = errors.New("the posts folder cannot be read")

// Generation tells one incarnation of a folder from the next. Generations are compared
// for equality.
type Generation struct {
	Real string   // the path with links resolved, absolute
	ID   files.ID // of the folder
	data string   // where Kubernetes' ..data leads
}

// Of returns the generation that bears the name of the root now. It fails with ErrNoRoot
// where there is no folder.
func Of(root string) (Generation, error) {
	real, err := filepath.EvalSymlinks(root)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return Generation{}, fmt.Errorf("%w: %w", ErrNoRoot, err)
	}
	info, err := os.Stat(real)
	if err != nil {
		return Generation{}, fmt.Errorf("%w: %w", ErrNoRoot, err)
	}
	if !info.IsDir() {
		return Generation{}, fmt.Errorf("%w: %s is a file, expected a folder", ErrNoRoot, root)
	}
	data, _ := os.Readlink(filepath.Join(real, "..data")) // absent outside Kubernetes
	return Generation{real, files.PrintOf(info).ID, data}, nil
}

// Beside reports whether an absolute name is neither in the tree, by whatever links, nor that
// of a folder around it: it may be that of the program's own log. What happens there changes
// nothing in the tree; where the name of the root leads, Of tells.
func (g Generation) Beside(name string) bool {
	dir, err := filepath.EvalSymlinks(filepath.Dir(name))
	if err != nil {
		return false
	}
	name = filepath.Join(dir, filepath.Base(name))
	rel, err := filepath.Rel(g.Real, name)
	around, reverse := filepath.Rel(name, g.Real)
	return err == nil && reverse == nil && !filepath.IsLocal(rel) && !filepath.IsLocal(around)
}
