package edition

import (
	"broadsheet/internal/blog"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"broadsheet/internal/disk"

	"golang.org/x/sync/errgroup"
)

// Write renders every document and writes it below dir, which is made if it is
// missing. A document's file is named after its path, a folder's page is
// index.html, and its modification time is the document's date of last change.
// So that whoever asks a static server gets what Find would give, it is written
// once more under each of its aliases; one without an extension, which would be
// in the way of a folder, is the index.html of that folder, unless it is that of a
// JSON feed, which is no page.
//
// A file is replaced as a whole or not at all, one that holds the same bytes is
// left alone, and no other file of dir is touched, but what a Write that was killed
// left is removed. Write returns how many files
// it replaced. It goes on after a document that cannot be rendered or written;
// the error joins all that went wrong.
func (e *Edition) Write(dir string) (int, error) {
	disk.SweepAll(dir)
	errs := make([]error, len(e.order))
	others := e.otherFiles()
	var written atomic.Int64
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range e.order {
		group.Go(func() error {
			changed, err := d.write(dir, others[d.Path])
			var ofPost blog.Problem
			if !errors.As(err, &ofPost) { // a post that cannot be rendered has no page; Problems tells it
				errs[i] = err
			}
			written.Add(int64(changed))
			d.forget() // whoever writes a tree reads none of it again
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
	return int(written.Load()), errors.Join(append(errs, e.writeRobots(dir))...)
}

// Robots is what /robots.txt says where nobody says anything else: all is for
// everybody.
const Robots = "User-agent: *\nAllow: /\n"

// writeRobots writes robots.txt unless there is one: it may speak for a whole host.
func (e *Edition) writeRobots(dir string) error {
	name := filepath.Join(dir, filepath.FromSlash(robotsPath))
	if _, err := os.Lstat(name); err == nil || e.documents[robotsPath] != nil {
		return nil
	}
	if err := replace(name, []byte(Robots), noEntries); err != nil {
		return fmt.Errorf("write %s: %w", robotsPath, err)
	}
	return nil
}

// write writes the document to its own file and to others.
func (d *Document) write(dir string, others []string) (changed int, err error) {
	c, err := d.Content()
	if err != nil {
		return 0, err
	}
	for _, file := range append([]string{d.file()}, others...) {
		name := filepath.Join(dir, filepath.FromSlash(file))
		if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, c.Body) {
			continue
		}
		if err := replace(name, c.Body, c.Modified); err != nil {
			return changed, fmt.Errorf("write %s to %s: %w", d.Path, file, err)
		}
		changed++
	}
	return changed, nil
}

// otherFiles returns the files of aliases by the canonical paths of their
// documents. What is nothing but another spelling of a path is no alias.
func (e *Edition) otherFiles() map[string][]string {
	taken := make(map[string]bool, len(e.order))
	for _, d := range e.order {
		taken[d.file()] = true
	}
	others := map[string][]string{}
	for _, alias := range slices.Sorted(maps.Keys(e.aliases)) {
		canonical := e.aliases[alias]
		if e.documents[canonical] == nil || alias == fold(canonical) {
			continue
		}
		file := alias[1:]
		if path.Ext(file) == "" {
			file = path.Join(file, "index.html")
		}
		if path.Ext(file) == ".html" && isJSON(e.documents[canonical]) {
			continue
		}
		if !taken[file] {
			taken[file] = true
			others[canonical] = append(others[canonical], file)
		}
	}
	return others
}

// isJSON reports whether a document is one of those that may not have a file named
// as a page: a static server would call it HTML, and titles, which JSON does not
// escape, would be taken for elements.
func isJSON(d *Document) bool { return strings.Contains(d.ContentType, "json") }

// file returns the file of a document, relative to the folder. Paths are cleaned,
// so that none leads out of it. A page without an extension gets the one by which
// static servers find it, and leaves the name to a folder.
func (d *Document) file() string {
	name := d.Path
	switch {
	case strings.HasSuffix(name, "/"):
		name += "index.html"
	case path.Ext(name) == "" && strings.HasPrefix(d.ContentType, "text/html"):
		name += ".html"
	}
	return path.Clean("/" + name)[1:]
}

// replace writes a file that everybody may read.
func replace(name string, data []byte, modified time.Time) error {
	return disk.ReplaceAt(name, bytes.NewReader(data), disk.Options{Modified: modified, Finish: disk.Readable})
}
