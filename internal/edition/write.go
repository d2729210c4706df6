package edition

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// Write renders every document and writes it below dir, which is made if it is
// missing. A document's file is named after its path, a folder's page is
// index.html, and its modification time is the document's date of last change.
//
// A file is replaced as a whole or not at all, one that holds the same bytes is
// left alone, and no other file of dir is touched. Write returns how many files
// it replaced. It goes on after a document that cannot be rendered or written;
// the error joins all that went wrong.
func (e *Edition) Write(dir string) (int, error) {
	errs := make([]error, len(e.order))
	var written atomic.Int64
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range e.order {
		group.Go(func() error {
			changed, err := d.write(dir)
			if errs[i] = err; changed {
				written.Add(1)
			}
			d.forget() // whoever writes a tree reads none of it again
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
	return int(written.Load()), errors.Join(errs...)
}

func (d *Document) write(dir string) (changed bool, err error) {
	c, err := d.Content()
	if err != nil {
		return false, err
	}
	name := filepath.Join(dir, filepath.FromSlash(d.file()))
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, c.Body) {
		return false, nil
	}
	if err := replace(name, c.Body, c.Modified); err != nil {
		return false, fmt.Errorf("write %s: %w", d.Path, err)
	}
	return true, nil
}

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

// replace writes a file under a temporary name and renames it.
func replace(name string, data []byte, modified time.Time) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".broadsheet-*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Chtimes(f.Name(), modified, modified)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
