package disk

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Why a file was not rewritten.
var (
	ErrChanged  = errors.New("the file has changed meanwhile")
	ErrReadOnly = errors.New("the file is read-only")
)

// errOwner says that a new file cannot be given to the owner of the old one.
var errOwner = errors.New("the owner cannot be kept")

// Rewrite replaces the bytes of a file, and leaves everything else of it: owner, mode, links. It
// does so only if the file still holds the old bytes; else the error is ErrChanged. The error is
// ErrReadOnly if nobody may write to the file.
//
// If the owner can be kept, the file is replaced as a whole, so that nobody sees half of one. A
// file with several names, or of somebody else, is written in place. The path is slash-separated
// and relative to root; links are followed within root only.
func Rewrite(root, path string, old, data []byte) error {
	name, err := RealName(root, path)
	if err != nil {
		return err
	}
	// From here on nothing leads out of the folder, even if a link takes a file's place.
	dir, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer dir.Close() //nolint:errcheck // nothing was written
	info, err := unchanged(dir, name, old)
	if err != nil {
		return err
	}
	if info.Mode()&0o222 == 0 {
		return ErrReadOnly
	}
	file, err := dir.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err // it would be read-only for an editor as well
	}
	defer file.Close() //nolint:errcheck // what was written is synced
	if linksOf(info) > 1 {
		return writeOver(file, old, data)
	}
	finish := func(next *os.File) error {
		if err := keepOwner(next, info); err != nil {
			return err
		}
		_, err := unchanged(dir, name, old)
		return errors.Join(err, next.Chmod(info.Mode()))
	}
	err = Replace(dir, name, bytes.NewReader(data), Options{Mode: 0o600, Sync: true, Finish: finish})
	if errors.Is(err, errOwner) {
		return writeOver(file, old, data)
	}
	return err
}

// writeOver writes new bytes over those of a file, from the first one that differs.
func writeOver(file *os.File, old, data []byte) error {
	now, err := io.ReadAll(io.LimitReader(file, int64(len(old))+1))
	if err != nil {
		return err
	}
	if !bytes.Equal(now, old) {
		return ErrChanged
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

// RealName returns the name, relative to root, of the file at a slash-separated path once links
// have been followed. It is an error if they lead out of root.
func RealName(root, path string) (string, error) {
	target, err := filepath.EvalSymlinks(filepath.Join(root, filepath.FromSlash(path)))
	if err != nil {
		return "", err
	}
	name, err := filepath.Rel(root, target)
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
	if !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return nil, ErrChanged
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
		return nil, ErrChanged
	}
	return info, nil
}
