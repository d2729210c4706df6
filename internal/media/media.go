// Package media tells what the media files of a folder are: their type, size,
// and how long sound and films play.
//
// In go a folder and the list of its media files, as a scan found them; out
// comes a Catalogue, in which they are found by path. A file is opened when
// somebody asks for it, and once only as long as it does not change, however
// many Catalogues follow each other.
//
// Files come from outside. Whatever is in them, nothing here panics, allocates
// more than a bounded amount, or reads more than the file once through; a file that is not what its name says,
// or of a kind that cannot be measured, plays for an unknown time, which is no
// error.
package media

import (
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
	file     blog.Media
	mu       sync.Mutex
	measured bool
	duration time.Duration
}

// New makes the catalogue of these files, whose Path, Size and Modified are set.
// What prev knew of files that did not change is kept; if none did, the result is
// prev itself. prev may be nil.
func New(prev *Catalogue, root string, files []blog.Media) *Catalogue {
	c := &Catalogue{root: root, files: make(map[string]*entry, len(files))}
	same := prev != nil && prev.root == root && len(prev.files) == len(files)
	for _, f := range files {
		if e := prev.entry(f.Path); e != nil && prev.root == root && e.file.Size == f.Size && e.file.Modified.Equal(f.Modified) {
			c.files[f.Path] = e
			continue
		}
		same = false
		f.Type = TypeOf(f.Path)
		c.files[f.Path] = &entry{file: f}
	}
	if same {
		return prev
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
	if e := c.entry(path); e != nil {
		return e.file, true
	}
	return blog.Media{}, false
}

// Duration returns how long the media file of a path plays; 0 when that is
// unknown. The first call for a file opens it.
func (c *Catalogue) Duration(path string) time.Duration {
	e := c.entry(path)
	if e == nil || !plays(e.file.Type) {
		return 0
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.measured {
		return e.duration
	}
	file, err := Open(c.root, path)
	if err != nil {
		return 0 // perhaps the next time
	}
	defer file.Close() //nolint:errcheck // nothing was written
	e.duration, e.measured = Duration(file, e.file.Type), true
	return e.duration
}

func plays(mime string) bool {
	return strings.HasPrefix(mime, "audio/") || strings.HasPrefix(mime, "video/")
}
