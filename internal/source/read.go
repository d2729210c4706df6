package source

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"

	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/known"
	"broadsheet/internal/source/internal/walk"
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

// read returns the bytes of a file, or why there are none. The file must be
// the one that the walk saw, where it looked, and stay as it is while it is read.
func (s *scan) read(f *found) (data []byte, problem string) {
	if f.Print != (files.Print{}) && s.unsettled(f) > 0 {
		return nil, unsettled
	}
	file, err := files.Open(s.name(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, vanished
	}
	if err != nil {
		return nil, "the file cannot be read: " + files.Reason(err)
	}
	defer file.Close()
	found, regular, err := file.Print()
	if err != nil {
		return nil, "the file cannot be read: " + files.Reason(err)
	}
	switch {
	case !regular:
		return nil, walk.Irregular
	case f.Print == (files.Print{}):
		f.Print = found
		if s.unsettled(f) > 0 {
			return nil, unsettled
		}
	case f.Print != found:
		return nil, beingWritten
	}
	if f.Print.Size > s.o.MaxSize {
		return nil, fmt.Sprintf("the file is larger than %d bytes", s.o.MaxSize)
	}
	if s.paused(f) {
		return nil, beingWritten
	}
	f.birth = file.Birth()
	data = make([]byte, f.Print.Size)
	if err := file.Fill(data); err != nil {
		return nil, "the file cannot be read: " + files.Reason(err)
	}
	if after, _, err := file.Print(); err != nil || after != f.Print {
		return nil, beingWritten
	}
	return data, ""
}

// newEntry remembers a file that was read.
func (s *scan) newEntry(f *found, data []byte, now known.Moment) *known.Entry {
	e := &known.Entry{Path: s.pathOf(f), Hash: sha256.Sum256(data), Print: f.Print, Birth: f.birth, Still: f.still, Read: now, Home: s.home}
	switch {
	case s.o.Texts != nil && !s.o.Keep(f.Path):
		s.o.Texts.Add(e.Hash, data)
	case f.before != nil && f.before.Hash == e.Hash && f.before.Home.Data != nil:
		e.Home = f.before.Home
	default:
		e.Home = &known.Home{Data: data}
	}
	s.o.Read(fileOf(e), data)
	return e
}
