package once

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"broadsheet/internal/blog"
	"broadsheet/internal/disk"
	"broadsheet/internal/media"
)

// CopyMedia copies the media files that serve would hand out and that are not in
// out already; the resources of a page go to its address too. It returns how many there are, and how many of them it copied. It
// goes on after a file that cannot be copied. What lies below the folder static
// goes to the top of out. As in the service, no media file takes the place of a
// document.
func CopyMedia(read *Reading, out string) (public, copied int, err error) {
	var errs []error
	for _, f := range read.Files.Media {
		if !read.Library.Public(f.Path) {
			continue
		}
		for _, below := range read.Library.Book().Places(f.Path) {
			if read.Edition.Find("/"+below) != nil {
				continue
			}
			fresh, err := copyOne(read, f, filepath.Join(out, filepath.FromSlash(below)))
			if errors.Is(err, media.ErrRefused) {
				continue
			}
			public++
			if err != nil {
				errs = append(errs, fmt.Errorf("copy %s: %w", f.Path, err))
			}
			if fresh {
				copied++
			}
		}
	}
	return public, copied, errors.Join(errs...)
}

// copyOne copies a file, unless that was done since the file last changed.
func copyOne(read *Reading, f blog.Media, name string) (fresh bool, err error) {
	opens := func(target string) bool { return read.Library.Opens(f.Path, target) }
	from, err := media.Open(read.Files.Root, f.Path, opens)
	if err != nil {
		return false, err
	}
	defer from.Close() //nolint:errcheck // nothing was written
	info, err := from.Stat()
	if err != nil {
		return false, err
	}
	if old, err := os.Stat(name); err == nil && isCopy(old, info, f) {
		return false, nil
	}
	err = disk.ReplaceAt(name, from, disk.Options{Modified: f.Modified, Finish: disk.Readable})
	return err == nil, err
}

// isCopy reports whether old is a copy of f, made since f last changed. info is that of f.
func isCopy(old, info fs.FileInfo, f blog.Media) bool {
	return old.Size() == info.Size() && old.ModTime().Equal(f.Modified) &&
		media.Changed(info).Before(media.Changed(old))
}
