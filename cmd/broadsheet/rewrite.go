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
	"broadsheet/internal/disk"
	"broadsheet/internal/library"
	"broadsheet/internal/publish"
	"broadsheet/internal/source"
)

// sameButID returns an error unless the library makes the same post of data as
// of the file, but for its id.
func sameButID(f source.File, data []byte, id string, s config.Settings) error {
	in := publish.Input{Settings: publishSettings(s, nil), Now: time.Now()}
	in.Settings.Drafts = true
	build := func(data []byte) (*library.Library, blog.Post) {
		in.Files = &source.Snapshot{Files: []source.File{{Path: f.Path, Data: data}}}
		l := publish.Posts(in)
		var post blog.Post
		if len(l.Posts) > 0 {
			post = *l.Posts[0]
			post.ID, post.BodyLine = "", 0 // the lines move
			post.Key, post.Text = blog.Key{}, blog.Key{}
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
// read, and leaves everything else of it: owner, mode, links. Where the owner can be
// kept the file is replaced as a whole, so that nobody sees half of one; a file with
// several names, or of somebody else, is written in place. One that is read-only is
// left alone. Links are followed within root only.
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
	if info.Mode()&0o222 == 0 {
		return errors.New("the file is read-only; make it writable, or write the line into it")
	}
	file, err := dir.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err // it would be read-only for an editor as well
	}
	defer file.Close() //nolint:errcheck // what was written is synced
	if linksOf(info) > 1 {
		return writeOver(file, f.Data, data)
	}
	err = disk.Replace(dir, name, bytes.NewReader(data), disk.Options{Mode: 0o600, Sync: true, Finish: func(next *os.File) error {
		if err := keepOwner(next, info); err != nil {
			return err
		}
		_, err := unchanged(dir, name, f.Data)
		return errors.Join(err, next.Chmod(info.Mode()))
	}})
	if errors.Is(err, errOwner) {
		return writeOver(file, f.Data, data)
	}
	return err
}

// errOwner says that a new file cannot be given to the owner of the old one.
var errOwner = errors.New("the owner cannot be kept")

// writeOver writes new bytes over those of a file, from the first one that differs.
func writeOver(file *os.File, old, data []byte) error {
	now, err := io.ReadAll(io.LimitReader(file, int64(len(old))+1))
	if err != nil {
		return err
	}
	if !bytes.Equal(now, old) {
		return errChanged
	}
	same := 0
	for same < min(len(old), len(data)) && old[same] == data[same] {
		same++
	}
	if _, err := file.WriteAt(data[same:], int64(same)); err != nil {
		return err
	}
	return errors.Join(file.Truncate(int64(len(data))), file.Sync())
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

var errChanged = errors.New("the file has changed meanwhile; run pin again")

// unchanged returns an error unless the file holds these bytes.
func unchanged(dir *os.Root, name string, data []byte) (fs.FileInfo, error) {
	info, err := dir.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return nil, errChanged
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
		return nil, errChanged
	}
	return info, nil
}
