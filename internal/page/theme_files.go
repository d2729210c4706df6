package page

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/blog"
)

// files are the files of a theme by name.
type files map[string][]byte

// read reads the files of a folder, all but the hidden ones.
func read(folder fs.FS, name string) (files, []blog.Problem) {
	found := files{}
	var problems []blog.Problem
	_ = fs.WalkDir(folder, ".", func(file string, entry fs.DirEntry, err error) error {
		hidden := file != "." && strings.HasPrefix(path.Base(file), ".")
		switch {
		case err == nil && entry.IsDir() && hidden:
			return fs.SkipDir
		case err == nil && (entry.IsDir() || hidden):
			return nil
		case err == nil:
			found[file], err = readFile(folder, file)
		}
		if err != nil && (file != "." || !errors.Is(err, fs.ErrNotExist)) {
			problems = append(problems, blog.Problem{File: path.Join(name, file), Severity: blog.Warning, Message: err.Error()})
			delete(found, file)
		}
		return nil
	})
	return found, problems
}

// maxFile is the largest file of a theme, in bytes.
const maxFile = 4 << 20

// readFile reads a regular file of a bounded size. It opens nothing else: a pipe might
// never end.
func readFile(folder fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(folder, name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("this is no regular file; it is never opened")
	case info.Size() > maxFile:
		return nil, fmt.Errorf("the file is larger than %d bytes", maxFile)
	}
	return fs.ReadFile(folder, name)
}

func (f files) hash() [sha256.Size]byte {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(h, "%q %d\n", name, len(f[name]))
		_, _ = h.Write(f[name])
	}
	for _, script := range []string{copyScript, reloadScript} {
		fmt.Fprintf(h, "%q\n", script)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
