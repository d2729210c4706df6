package media

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
)

var errNotRegular = errors.New("not a regular file")

// Open opens a regular file below a folder. The name is slash-separated. Links
// are followed as long as they stay inside the folder, and what they lead to is a
// media file by its own name, in no hidden folder, and allowed; nothing else of
// the machine can be reached, and nothing that could keep the caller waiting, such
// as a pipe. allowed is asked about the name without links where that is another
// one; nil allows all.
//
// What is opened is what was judged, however fast links are changed meanwhile.
func Open(folder, name string, allowed func(name string) bool) (*os.File, error) {
	// The folder is opened anew each time: it may have been swapped.
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close() //nolint:errcheck // nothing was written
	name = strings.TrimLeft(path.Clean("/"+name), "/")
	file, err := open(root, name)
	if !errors.Is(err, errLink) {
		return file, err
	}
	target, ok := resolve(folder, name)
	if !ok || !Is(target) || Hidden(target) || allowed != nil && !allowed(target) {
		return nil, fmt.Errorf("%s: %w", name, ErrRefused)
	}
	return open(root, target)
}

// Hidden reports whether a slash-separated path leads over a file or folder that
// is hidden: its name begins with a dot. Two dots are the way of Kubernetes and
// others to keep versions of a folder that they mount.
func Hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && !strings.HasPrefix(part, "..") {
			return true
		}
	}
	return false
}

// ErrRefused says that a link leads to what is not handed out; errors.Is finds it
// in what Open returns.
var ErrRefused = errors.New("the link leads to what is not handed out")

// errLink says that a name leads over a link.
var errLink = errors.New("a link")

// open opens a regular file, and follows no link. Each folder on the way is held
// open, and seen to be the one that stood there under its own name.
func open(root *os.Root, name string) (*os.File, error) {
	folders, base := path.Split(name)
	for part := range strings.SplitSeq(strings.TrimSuffix(folders, "/"), "/") {
		if part == "" {
			continue
		}
		next, err := enter(root, part)
		if err != nil {
			return nil, err
		}
		defer next.Close() //nolint:errcheck // nothing was written
		root = next
	}
	seen, err := seenAs(root, base)
	if err != nil {
		return nil, err
	}
	if !seen.Mode().IsRegular() {
		return nil, errNotRegular
	}
	file, err := root.OpenFile(base, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !os.SameFile(info, seen) {
		return nil, errors.Join(errLink, err, file.Close())
	}
	return file, nil
}

// enter opens a folder in another, unless a link stands there.
func enter(root *os.Root, name string) (*os.Root, error) {
	seen, err := seenAs(root, name)
	if err != nil {
		return nil, err
	}
	next, err := root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	if info, err := next.Stat("."); err != nil || !os.SameFile(info, seen) {
		return nil, errors.Join(errLink, err, next.Close())
	}
	return next, nil
}

// seenAs tells what stands under a name, if it is no link.
func seenAs(root *os.Root, name string) (fs.FileInfo, error) {
	info, err := root.Lstat(name)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		err = errLink
	}
	return info, err
}

// resolve returns the name without links, if it leads to the inside. What it
// says may be out of date a moment later, so that what is opened is looked at
// anew.
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
