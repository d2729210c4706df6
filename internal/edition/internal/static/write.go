package static

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"broadsheet/internal/disk"
)

// File is what Write writes.
type File struct {
	Path     string   // of the document, for messages
	Files    []string // that stand for it; see Layout
	Body     []byte
	Modified time.Time // becomes the modification time
}

// Write writes a document to its files below dir. It makes missing folders. A file is
// replaced as a whole or not at all, is readable by everybody (mode 0644), and is left
// alone if it holds these bytes already. Write returns how many files it replaced; an
// error names the file.
func Write(dir string, f File) (replaced int, err error) {
	for _, file := range f.Files {
		name := filepath.Join(dir, filepath.FromSlash(file))
		old, err := os.ReadFile(name)
		if err == nil && bytes.Equal(old, f.Body) {
			continue
		}
		err = disk.ReplaceAt(name, bytes.NewReader(f.Body), disk.Options{Modified: f.Modified, Finish: disk.Readable})
		if err != nil {
			return replaced, fmt.Errorf("write %s to %s: %w", f.Path, file, err)
		}
		replaced++
	}
	return replaced, nil
}

// Exists reports whether dir holds a file of this name.
func Exists(dir, file string) bool {
	_, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(file)))
	return err == nil
}
