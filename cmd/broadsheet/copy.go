package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/disk"
	"broadsheet/internal/edition"
	"broadsheet/internal/generator"
	"broadsheet/internal/media"
	"broadsheet/internal/source"
)

// copyMedia copies the media files that are not in out already, as their size
// and date tell, and returns how many it copied. It goes on after a file that
// cannot be copied. What lies below the folder static goes to the top of out. As
// in the service, no media file takes the place of a document.
func copyMedia(files *source.Snapshot, made generator.Site, documents *edition.Edition, out string) (int, error) {
	copied := 0
	var errs []error
	for _, f := range files.Media {
		if made.Private(f.Path) {
			continue
		}
		below := strings.TrimPrefix(f.Path, made.Static()+"/")
		if documents.Find("/"+below) != nil {
			continue
		}
		name := filepath.Join(out, filepath.FromSlash(below))
		if info, err := os.Stat(name); err == nil && info.Size() == f.Size && info.ModTime().Equal(f.Modified) {
			continue
		}
		if err := copyOne(files.Root, f, name); err != nil {
			errs = append(errs, fmt.Errorf("copy %s: %w", f.Path, err))
			continue
		}
		copied++
	}
	return copied, errors.Join(errs...)
}

// copyOne copies a file.
func copyOne(root string, f blog.Media, name string) error {
	from, err := media.Open(root, f.Path)
	if err != nil {
		return err
	}
	defer from.Close() //nolint:errcheck // nothing was written
	return disk.ReplaceAt(name, from, disk.Options{Modified: f.Modified, Finish: disk.Readable})
}
