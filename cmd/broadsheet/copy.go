package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/disk"
	"broadsheet/internal/generator"
	"broadsheet/internal/media"
)

// copyMedia copies the media files that serve would hand out and that are not in
// out already, as their size and date tell. It returns how many there are, and how
// many of them it copied. It goes on after a file that cannot be copied. What lies
// below the folder static goes to the top of out. As in the service, no media file
// takes the place of a document.
func copyMedia(read *reading, made generator.Site, out string) (public, copied int, err error) {
	var errs []error
	for _, f := range read.files.Media {
		if !read.posts.Public(f.Path) {
			continue
		}
		below := strings.TrimPrefix(f.Path, made.Static()+"/")
		if read.edition.Find("/"+below) != nil {
			continue
		}
		public++
		name := filepath.Join(out, filepath.FromSlash(below))
		if info, err := os.Stat(name); err == nil && info.Size() == f.Size && info.ModTime().Equal(f.Modified) {
			continue
		}
		if err := copyOne(read, f, name); err != nil {
			errs = append(errs, fmt.Errorf("copy %s: %w", f.Path, err))
			continue
		}
		copied++
	}
	return public, copied, errors.Join(errs...)
}

// copyOne copies a file.
func copyOne(read *reading, f blog.Media, name string) error {
	from, err := media.Open(read.files.Root, f.Path, func(target string) bool { return read.posts.Opens(f.Path, target) })
	if err != nil {
		return err
	}
	defer from.Close() //nolint:errcheck // nothing was written
	return disk.ReplaceAt(name, from, disk.Options{Modified: f.Modified, Finish: disk.Readable})
}
