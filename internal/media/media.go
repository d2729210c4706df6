// Package media tells what the media files of a folder are: their type, size,
// and how long sound and films play.
//
// In go a folder and the list of its media files, as a scan found them; out
// comes a Catalogue, in which they are found by path. A file is opened when
// somebody asks for it, and once only as long as it does not change, however
// many Catalogues follow each other.
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
	"os"
	"strings"
	"sync"
	"time"

	"broadsheet/internal/blog"

	"golang.org/x/text/unicode/norm"
)

// Catalogue holds the media files of one moment. It is safe for concurrent use.
type Catalogue struct {
	root  string
	files map[string]*entry // by path
	names map[string]string // paths by their composed forms (Unicode NFC), where these are others
}

// entry is a file and, once somebody asked, how long it plays, or how large it
// shows.
type entry struct {
	file          blog.Media
	mu            sync.Mutex
	measured      bool
	duration      time.Duration
	width, height int
}

// New makes the catalogue of these files, whose Path, Size and Modified are set.
// What prev knew of files that did not change is kept; if none did, the result is
// prev itself. prev may be nil.
func New(prev *Catalogue, root string, files []blog.Media) *Catalogue {
	c := &Catalogue{root: root, files: make(map[string]*entry, len(files)), names: map[string]string{}}
	same := prev != nil && prev.root == root && len(prev.files) == len(files)
	for _, f := range files {
		if name := norm.NFC.String(f.Path); name != f.Path {
			c.names[name] = f.Path
		}
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
// folder. Where there is none of that very name, it is one whose name differs in
// how accented letters are composed: some systems write them as one character,
// some as two.
func (c *Catalogue) Find(path string) (blog.Media, bool) {
	if e := c.entry(path); e != nil {
		return e.file, true
	}
	if c == nil {
		return blog.Media{}, false
	}
	name := norm.NFC.String(path)
	e := c.files[name]
	if e == nil {
		e = c.files[c.names[name]]
	}
	if e == nil {
		return blog.Media{}, false
	}
	return e.file, true
}

// Duration returns how long the media file of a path plays; 0 when that is
// unknown. The first call for a file opens it.
func (c *Catalogue) Duration(path string) time.Duration {
	e := c.entry(path)
	if e == nil || !plays(e.file.Type) {
		return 0
	}
	c.measure(e, path, func(file *os.File) { e.duration = Duration(file, e.file.Type) })
	return e.duration
}

// Size returns the width and height of a picture in pixels; 0 where they are
// unknown. The first call for a file opens it.
func (c *Catalogue) Size(path string) (width, height int) {
	e := c.entry(path)
	if e == nil || !strings.HasPrefix(e.file.Type, "image/") {
		return 0, 0
	}
	c.measure(e, path, func(file *os.File) {
		if shown, _, err := image.DecodeConfig(bufio.NewReader(io.LimitReader(file, maxHeader))); err == nil {
			e.width, e.height = shown.Width, shown.Height
		}
	})
	return e.width, e.height
}

// maxHeader is how many bytes of a picture may stand before its size: cameras
// write thumbnails and profiles there.
const maxHeader = 16 << 20

// measure opens the file of an entry, once. One that cannot be opened is tried
// again the next time. The decoders of pictures are not ours: whatever one does
// with a hostile file, its size is unknown and no more.
func (c *Catalogue) measure(e *entry, path string, with func(*os.File)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.measured {
		return
	}
	file, err := Open(c.root, path, nil)
	if err != nil {
		return
	}
	defer file.Close() //nolint:errcheck // nothing was written
	e.measured = true
	defer func() { _ = recover() }()
	with(file)
}

func plays(mime string) bool {
	return strings.HasPrefix(mime, "audio/") || strings.HasPrefix(mime, "video/")
}
