package source

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// beingWritten is why a file that changes under the reader's hands is not taken.
// It is no problem to tell of: the file will be looked at again in a moment.
const beingWritten = "the file is being written"

// vanished is said of a file that was deleted since the listing. It is missing,
// and no problem either.
const vanished = "the file is gone"

// unsettled is said of a file that looked otherwise a moment ago, so that somebody
// may still be writing it.
const unsettled = "the file has not been left alone for long enough"

// irregular is said of pipes, sockets and devices.
const irregular = "this is no regular file; it is never opened"

// read returns the bytes of a file, or why there are none. The file must be
// the one that the walk saw, where it looked, and stay as it is while it is read.
func (s *scan) read(f *found) (data []byte, problem string) {
	if f.print != (fingerprint{}) && s.unsettled(f) > 0 {
		return nil, unsettled
	}
	file, err := open(f.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, vanished
	}
	if err != nil {
		return nil, "the file cannot be read: " + reason(err)
	}
	defer file.close()
	found, regular, err := file.print()
	if err != nil {
		return nil, "the file cannot be read: " + reason(err)
	}
	switch {
	case !regular:
		return nil, irregular
	case f.print == (fingerprint{}):
		f.print = found
		if s.unsettled(f) > 0 {
			return nil, unsettled
		}
	case f.print != found:
		return nil, beingWritten
	}
	if f.print.size > s.o.MaxSize {
		return nil, fmt.Sprintf("the file is larger than %d bytes", s.o.MaxSize)
	}
	if s.paused(f) {
		return nil, beingWritten
	}
	f.birth = file.birth()
	data = make([]byte, f.print.size)
	if err := file.fill(data); err != nil {
		return nil, "the file cannot be read: " + reason(err)
	}
	if after, _, err := file.print(); err != nil || after != f.print {
		return nil, beingWritten
	}
	return data, ""
}

// reason words an error without the path, which the problem names already.
func reason(err error) string {
	var wrapped *fs.PathError
	if errors.As(err, &wrapped) {
		return wrapped.Err.Error()
	}
	return err.Error()
}

// newEntry remembers a file that was read.
func (s *scan) newEntry(f *found, data []byte, now time.Time) *entry {
	file := File{Path: f.path, Hash: sha256.Sum256(data), Size: int64(len(data)), Modified: f.print.modified}
	switch {
	case s.o.Texts == nil || s.o.Keep(f.path):
		file.Data = data
		if f.before != nil && f.before.file.Hash == file.Hash && f.before.file.Data != nil {
			file.Data = f.before.file.Data
		}
	default:
		s.o.Texts.add(file.Hash, data)
		file.texts = s.o.Texts
	}
	s.o.Read(file, data)
	return &entry{file: file, print: f.print, birth: f.birth, still: f.still, read: now}
}
