package media

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"
)

// Tags remembers the hashes of the files that are handed out, as long as they do
// not change. The zero value is ready. It is safe for concurrent use.
type Tags struct {
	mu    sync.Mutex
	known map[mark]*tag
	turn  chan struct{} // held by who hashes a long file: one at a time
}

// mark is what tells that a file is the one that was hashed: no other bytes come
// under the same one. Size and time of modification alone would not do, for both
// are often the same in another version.
type mark struct {
	identity [2]uint64
	size     int64
	modified time.Time
	changed  time.Time
}

// tag is a hash, once done is closed; empty where the file could not be hashed.
type tag struct {
	done chan struct{}
	hash string
}

// Limits of Tags.
const (
	shortFile = 1 << 20         // bytes up to which a file is hashed at once
	mostTags  = 10_000          // files that are remembered
	racy      = 2 * time.Second // how coarse the times of file systems may be
)

var errChanged = errors.New("the file changed while it was read")

// Of returns the SHA-256 of a file, shortened to 128 bits and in hexadecimal. A
// short file is hashed at once, a long one by another goroutine, from a copy of its
// own that reopen opens: until that is done the hash is empty, and done is closed
// when it is worth asking again. done is nil where it is not.
func (t *Tags) Of(file *os.File, info fs.FileInfo, reopen func() (*os.File, error)) (hash string, done <-chan struct{}) {
	key := mark{identity(info), info.Size(), info.ModTime(), Changed(info)}
	if age := time.Since(key.changed); age < racy && age > -racy { // it may change again without a sign
		if info.Size() > shortFile {
			return "", nil
		}
		hash, _ = hashOf(io.NewSectionReader(file, 0, info.Size()), file, key) // none is said of what changes
		return hash, nil
	}
	one, fresh := t.entry(key)
	switch {
	case !fresh:
	case info.Size() <= shortFile:
		one.hash, _ = hashOf(io.NewSectionReader(file, 0, info.Size()), file, key)
		close(one.done)
	default:
		go t.hash(one, key, reopen)
	}
	select {
	case <-one.done:
		return one.hash, nil
	default:
		return "", one.done
	}
}

// entry returns the tag of a mark, which whoever is told that it is fresh fills.
func (t *Tags) entry(key mark) (one *tag, fresh bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if one := t.known[key]; one != nil {
		return one, false
	}
	if t.known == nil || len(t.known) >= mostTags { // they are soon made again
		t.known = map[mark]*tag{}
	}
	if t.turn == nil {
		t.turn = make(chan struct{}, 1)
	}
	one = &tag{done: make(chan struct{})}
	t.known[key] = one
	return one, true
}

// hash fills the tag of a long file.
func (t *Tags) hash(one *tag, key mark, reopen func() (*os.File, error)) {
	defer close(one.done)
	t.turn <- struct{}{}
	defer func() { <-t.turn }()
	file, err := reopen()
	if err != nil {
		t.forget(key)
		return
	}
	defer file.Close() //nolint:errcheck // nothing was written
	if one.hash, err = hashOf(file, file, key); err != nil {
		t.forget(key)
	}
}

func (t *Tags) forget(key mark) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.known, key)
}

// hashOf hashes what from reads of a file, which must have its mark still
// afterwards.
func hashOf(from io.Reader, file *os.File, key mark) (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, from); err != nil {
		return "", err
	}
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	if key != (mark{identity(info), info.Size(), info.ModTime(), Changed(info)}) {
		return "", errChanged
	}
	return hex.EncodeToString(sum.Sum(nil)[:16]), nil
}
