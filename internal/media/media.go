// Package media tells what the media files of a folder are: their type, size,
// and how long sound and films play.
//
// In go a folder and the list of its media files, as a scan found them; out
// comes a Catalogue, in which they are found by path. A file is opened when
// somebody asks for it, and once only as long as it does not change, however
// many Catalogues follow each other.
//
// Files come from outside. Whatever is in them, nothing here panics, or reads or
// allocates more than a bounded amount; a file that is not what its name says,
// or of a kind that cannot be measured, plays for an unknown time, which is no
// error.
package media

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"broadsheet/internal/blog"
)

// Catalogue holds the media files of one moment. It is safe for concurrent use.
type Catalogue struct {
	root  string
	files map[string]*entry // by path
}

// entry is a file and, once somebody asked, how long it plays.
type entry struct {
	file blog.Media
	once sync.Once
}

// New makes the catalogue of these files, whose Path, Size and Modified are set.
// What prev knew of files that did not change is kept; prev may be nil.
func New(prev *Catalogue, root string, files []blog.Media) *Catalogue {
	c := &Catalogue{root: root, files: make(map[string]*entry, len(files))}
	for _, f := range files {
		if e := prev.entry(f.Path); e != nil && prev.root == root && e.file.Size == f.Size && e.file.Modified.Equal(f.Modified) {
			c.files[f.Path] = e
			continue
		}
		f.Type = TypeOf(f.Path)
		c.files[f.Path] = &entry{file: f}
	}
	return c
}

func (c *Catalogue) entry(path string) *entry {
	if c == nil {
		return nil
	}
	return c.files[path]
}

// Find returns the media file of a path, slash-separated and relative to the
// folder.
func (c *Catalogue) Find(path string) (blog.Media, bool) {
	e := c.entry(path)
	if e == nil {
		return blog.Media{}, false
	}
	e.once.Do(func() { e.file.Duration = c.measure(e.file) })
	return e.file, true
}

func (c *Catalogue) measure(f blog.Media) time.Duration {
	if kind, _, _ := strings.Cut(f.Type, "/"); kind != "audio" && kind != "video" {
		return 0
	}
	// The scan has followed the links of the path and found them to stay inside.
	root, err := os.OpenRoot(c.root)
	if err != nil {
		return 0
	}
	defer root.Close() //nolint:errcheck // nothing was written
	opened, err := root.Open(filepath.FromSlash(f.Path))
	if err != nil {
		return 0
	}
	defer opened.Close() //nolint:errcheck // nothing was written
	if info, err := opened.Stat(); err != nil || !info.Mode().IsRegular() {
		return 0
	}
	return Duration(opened, f.Type)
}
