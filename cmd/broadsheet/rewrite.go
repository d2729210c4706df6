package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/library"
	"broadsheet/internal/source"
)

// sameButID returns an error unless the library makes the same post of data as
// of the file, but for its id.
func sameButID(f source.File, data []byte, id string, s config.Settings) error {
	now := time.Now()
	build := func(data []byte) (*library.Library, blog.Post) {
		file := []source.File{{Path: f.Path, Data: data}}
		l := library.Build(nil, file, library.Options{Site: s.Site(), Now: now, Drafts: true, Generator: s.Generator})
		var post blog.Post
		if len(l.Posts) > 0 {
			post = *l.Posts[0]
			post.ID, post.BodyLine = "", 0 // the lines move
		}
		return l, post
	}
	before, was := build(f.Data)
	after, is := build(data)
	switch {
	case after.IDs()[f.Path].ID != id:
		return fmt.Errorf("the id would be read as %q", after.IDs()[f.Path].ID)
	case before.Counts != after.Counts || !reflect.DeepEqual(was, is):
		return errors.New("an id in its front matter would change something else of the post")
	}
	return nil
}

// rewrite replaces the bytes of a file that still is what it was when it was
// read. It writes them under another name in the same folder and renames that,
// so that nobody sees half a file. Links are followed within root only.
func rewrite(root string, f source.File, data []byte) error {
	name, err := realName(root, f.Path)
	if err != nil {
		return err
	}
	// From here on nothing leads out of the folder, whoever swaps what for a link.
	dir, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer dir.Close() //nolint:errcheck // nothing was written
	info, err := unchanged(dir, name, f.Data)
	if err != nil {
		return err
	}
	temporary := filepath.Join(filepath.Dir(name), ".broadsheet-"+randomUUID()+".tmp")
	if err := writeNew(dir, temporary, data, info.Mode()); err != nil {
		return errors.Join(err, ignoreMissing(dir.Remove(temporary)))
	}
	if _, err = unchanged(dir, name, f.Data); err == nil {
		err = dir.Rename(temporary, name)
	}
	if err != nil {
		return errors.Join(err, dir.Remove(temporary))
	}
	return nil
}

// realName returns the name, relative to root, of the file at a path once links
// have been followed. It is an error when they lead out of root.
func realName(root, path string) (string, error) {
	real, err := filepath.EvalSymlinks(filepath.Join(root, filepath.FromSlash(path)))
	if err != nil {
		return "", err
	}
	name, err := filepath.Rel(root, real)
	if err != nil || !filepath.IsLocal(name) {
		return "", errors.New("the link leads out of the folder")
	}
	return name, nil
}

// unchanged returns an error unless the file holds these bytes.
func unchanged(dir *os.Root, name string, data []byte) (fs.FileInfo, error) {
	info, err := dir.Lstat(name)
	if err != nil {
		return nil, err
	}
	changed := errors.New("the file has changed meanwhile; run pin again")
	if !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return nil, changed
	}
	file, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // nothing was written
	now, err := io.ReadAll(io.LimitReader(file, int64(len(data))+1))
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(now, data) {
		return nil, changed
	}
	return info, nil
}

// writeNew writes a file of the given mode that is not there yet. Its bytes are
// on the disk when it returns: after a rename a crash must not leave an empty
// post.
func writeNew(dir *os.Root, name string, data []byte, mode fs.FileMode) error {
	file, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Chmod(mode), file.Sync(), file.Close())
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
