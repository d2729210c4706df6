package live

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/disk"
	"broadsheet/internal/edition"
	"broadsheet/internal/library"
)

// The files of a state folder. The snapshot is the state as a whole, the journal
// what changed since, a line each time. Both may be read and copied by anybody; the
// lock is held by the one service that writes them.
const (
	stateFile   = "broadsheet.json"
	journalFile = "broadsheet.journal"
	lockFile    = "broadsheet.lock"

	stateMode = 0o660 // less the umask: in containers the group is what stays
	maxAside  = 10    // copies of damaged files
)

// store is a state folder that is ours.
type store struct {
	dir           *os.Root
	lock, journal *os.File // journal: nil before the first snapshot
	written       int64    // bytes of the journal
	snapshot      int64    // bytes of the snapshot
}

// change is a line of the journal: what is known now, null where that is nothing.
type change struct {
	Posts map[string]*library.Identity `json:"posts,omitempty"`
	Dates map[string]*edition.Record   `json:"dates,omitempty"`
}

// openStore makes the folder if it is missing and takes it. The error is
// disk.ErrTaken where it is another's. unlocked says why it could not be locked at all.
func openStore(folder string) (s *store, unlocked, err error) {
	if err := os.MkdirAll(folder, 0o775); err != nil {
		return nil, nil, err
	}
	dir, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil, err
	}
	lock, err := dir.OpenFile(lockFile, os.O_RDWR|os.O_CREATE, stateMode)
	if errors.Is(err, fs.ErrPermission) {
		lock, err = dir.Open(lockFile) // that of another user, which can be locked as well
	}
	if err == nil {
		err = disk.Lock(lock)
	}
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return &store{dir: dir, lock: lock}, err, nil
	case err != nil:
		if lock != nil {
			_ = lock.Close() // it is not ours
		}
		return nil, nil, errors.Join(err, dir.Close())
	}
	disk.Sweep(dir, ".")
	return &store{dir: dir, lock: lock}, nil, nil
}

func (s *store) close() {
	for _, f := range []*os.File{s.journal, s.lock} {
		if f != nil {
			_ = f.Close() // what was written is synced
		}
	}
	_ = s.dir.Close() // nothing is written through it
}

// there reports whether the folder still is where it was.
func (s *store) there(folder string) bool {
	info, err := s.journal.Stat()
	now, gone := os.Stat(filepath.Join(folder, journalFile))
	return err == nil && gone == nil && os.SameFile(info, now)
}

// read returns what the files hold, and the names of those that are damaged: what
// can be read of them is part of it. Another error means that nothing is known of them.
func (s *store) read(now time.Time) (held remembered, damaged []string, err error) {
	held = newRemembered()
	data, written, err := s.bytesOf(stateFile)
	if err != nil {
		return held, nil, err
	}
	if data != nil && !held.decode(data) {
		damaged = append(damaged, stateFile)
	}
	lines, _, err := s.bytesOf(journalFile)
	if err != nil {
		return held, nil, err
	}
	if !held.replay(lines) {
		damaged = append(damaged, journalFile)
	}
	held.clamp(now, written)
	return held, damaged, nil
}

// bytesOf returns what a file holds, nil if there is none, and when it was written.
func (s *store) bytesOf(name string) ([]byte, time.Time, error) {
	if _, err := s.dir.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, time.Time{}, nil
	}
	info, err := s.dir.Stat(name)
	if err != nil {
		return nil, time.Time{}, err
	}
	if !info.Mode().IsRegular() {
		return nil, time.Time{}, fmt.Errorf("%s is no file", name)
	}
	data, err := s.dir.ReadFile(name)
	return data, info.ModTime(), err
}

// putAside gives a damaged file another name, which none has yet.
func (s *store) putAside(name string) (aside string, err error) {
	for n := range maxAside {
		aside = name + ".bad"
		if n > 0 {
			aside += "." + strconv.Itoa(n)
		}
		if _, err := s.dir.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			return aside, s.dir.Rename(name, aside)
		}
	}
	return "", s.dir.Remove(name)
}

// save writes all that is held, and begins the journal anew. A crash in between
// leaves a journal that says nothing new.
func (s *store) save(held *remembered) error {
	data, err := json.MarshalIndent(held, "", " ")
	if err != nil {
		return err
	}
	o := disk.Options{Mode: stateMode, Sync: true}
	if err := disk.Replace(s.dir, stateFile, bytes.NewReader(data), o); err != nil {
		return err
	}
	if s.journal != nil {
		_ = s.journal.Close() // all of it is in the snapshot
		s.journal = nil
	}
	if err := disk.Replace(s.dir, journalFile, strings.NewReader(""), o); err != nil {
		return err
	}
	s.journal, err = s.dir.OpenFile(journalFile, os.O_WRONLY|os.O_APPEND, 0)
	s.snapshot, s.written = int64(len(data)), 0
	return err
}

// append writes a change. It outlives the process at once, and with sync the
// machine.
func (s *store) append(c change, sync bool) error {
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	n, err := fmt.Fprintf(s.journal, "%08x %s\n", crc32.ChecksumIEEE(data), data)
	s.written += int64(n)
	if err == nil && sync {
		err = s.journal.Sync()
	}
	return err
}

// outgrown reports whether the journal is longer than what it changes.
func (s *store) outgrown() bool { return s.written > max(s.snapshot, 64<<10) }

// finish leaves the snapshot alone, for people and for other versions.
func (s *store) finish(held *remembered) error {
	if err := s.save(held); err != nil {
		return err
	}
	return s.dir.Remove(journalFile)
}
