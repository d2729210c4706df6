// Package media tells what the media files of a folder are: their type, size,
// and how long sound and films play.
//
// A Catalogue measures files: in go a folder and some of its media files, as a scan
// found them; out come their facts. A file is opened once only as long as it does not
// change.
//
// Files come from outside. Whatever is in them, nothing here panics, allocates
// more than a bounded amount, or reads more than a small part of the file; a file
// that is not what its name says, or of a kind that cannot be measured, plays for
// an unknown time, which is no error.
package media

import (
	"bufio"
	"image"
	_ "image/gif" // the pictures that can be measured
	_ "image/jpeg"
	_ "image/png"
	"io"
	"maps"
	"runtime"
	"strings"
	"sync"
	"time"

	"broadsheet/internal/blog"

	"golang.org/x/sync/errgroup"
)

// Catalogue knows what was measured of media files. It is safe for concurrent use.
type Catalogue struct {
	mu    sync.Mutex
	root  string
	known map[string]*entry // by path
}

// entry is a file and, once it was opened, what it is.
type entry struct {
	file     blog.Media
	measured bool
	Facts
}

// Facts are what was measured of a media file. What is unknown is zero.
type Facts struct {
	Width, Height int           // of a picture, in pixels
	Duration      time.Duration // of what plays
}

// NewCatalogue returns a catalogue that knows nothing.
func NewCatalogue() *Catalogue { return &Catalogue{known: map[string]*entry{}} }

// Measure returns what is known of these files below a folder, whose Path, Type, Size
// and Modified are set. It opens those that it does not know yet, on all processors.
// One that cannot be opened is left out, and tried again the next time.
func (c *Catalogue) Measure(root string, files []blog.Media) map[string]Facts {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.root != root {
		c.root, c.known = root, map[string]*entry{}
	}
	var unknown []*entry
	for _, f := range files {
		if e := c.known[f.Path]; e == nil || e.file.Size != f.Size || !e.file.Modified.Equal(f.Modified) {
			e = &entry{file: f}
			c.known[f.Path] = e
			unknown = append(unknown, e)
		} else if !e.measured {
			unknown = append(unknown, e)
		}
	}
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, e := range unknown {
		group.Go(func() error {
			e.measure(root)
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
	facts := make(map[string]Facts, len(files))
	for _, f := range files {
		if e := c.known[f.Path]; e.measured {
			facts[f.Path] = e.Facts
		}
	}
	return facts
}

// Forget lets go of what is known of files, but for those that are there.
func (c *Catalogue) Forget(there func(path string) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.known, func(path string, _ *entry) bool { return !there(path) })
}

// maxHeader is how many bytes of a picture may stand before its size: cameras
// write thumbnails and profiles there.
const maxHeader = 16 << 20

// measure opens the file. The decoders of pictures are not ours: whatever one does
// with a hostile file, its size is unknown and no more.
func (e *entry) measure(root string) {
	picture := strings.HasPrefix(e.file.Type, "image/")
	if !picture && !plays(e.file.Type) {
		e.measured = true
		return
	}
	file, err := Open(root, e.file.Path, nil)
	if err != nil {
		return
	}
	defer file.Close() //nolint:errcheck // nothing was written
	e.measured = true
	defer func() { _ = recover() }()
	if !picture {
		e.Duration = Duration(file, e.file.Type)
		return
	}
	if shown, _, err := image.DecodeConfig(bufio.NewReader(io.LimitReader(file, maxHeader))); err == nil {
		e.Width, e.Height = shown.Width, shown.Height
	}
}

func plays(mime string) bool {
	return strings.HasPrefix(mime, "audio/") || strings.HasPrefix(mime, "video/")
}
