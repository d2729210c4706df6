// Package texts keeps the bytes of files that were read lately, and reads those of all
// others again.
package texts

import (
	lru "container/list"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
)

// ErrChanged says that a file does not hold any more what a scan read of it; errors.Is
// finds it in what Of returns. The next scan tells what it holds now.
var ErrChanged = errors.New("the file is not what it was when it was read")

// Store keeps the bytes of files that were read lately, up to a bound; those of all others
// are read again when somebody asks. It is that of one folder: the snapshots that follow
// each other share it. Its methods may be called from any goroutine.
type Store struct {
	root  atomic.Pointer[string] // of the last scan: absolute, links resolved
	mu    sync.Mutex
	limit int // bytes
	size  int
	order lru.List // of *kept, those asked for lately last
	known map[[32]byte]*lru.Element
}

// kept are the bytes of files with one hash.
type kept struct {
	hash [32]byte
	data []byte
}

// Default is how many bytes a Store keeps unless it is told otherwise: those of all
// posts, of most blogs.
const Default = 16 << 20

// New returns a Store of so many bytes; 0 means Default.
func New(limit int) *Store {
	if limit <= 0 {
		limit = Default
	}
	return &Store{limit: limit, known: map[[32]byte]*lru.Element{}}
}

// LieIn says where files are read from again. A nil Store reads none.
func (t *Store) LieIn(root string) {
	if t != nil {
		t.root.Store(&root)
	}
}

// Add keeps bytes, whose SHA-256 is the hash, and makes room for them. They are never
// written to again.
func (t *Store) Add(hash [32]byte, data []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known[hash] != nil || len(data) > t.limit {
		return
	}
	t.known[hash] = t.order.PushBack(&kept{hash, data})
	t.size += len(data)
	for t.size > t.limit {
		oldest := t.order.Front()
		k := t.order.Remove(oldest).(*kept) //nolint:forcetypeassert // nothing else is in it
		delete(t.known, k.hash)
		t.size -= len(k.data)
	}
}

// find returns the bytes with this hash.
func (t *Store) find(hash [32]byte) (data []byte, found bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := t.known[hash]
	if at == nil {
		return nil, false
	}
	t.order.MoveToBack(at)
	return at.Value.(*kept).data, true //nolint:forcetypeassert // nothing else is in it
}

// Of returns the bytes that a scan read at a path, given their hash and their size; they
// are never to be written to. They are read from the folder again where they are not kept,
// and given only if they are the same: else, or if there is no file any more, the error is
// ErrChanged.
func (t *Store) Of(path string, hash [32]byte, size int64) ([]byte, error) {
	if data, found := t.find(hash); found {
		return data, nil
	}
	data, err := t.readAgain(path, hash, size)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", path, ErrChanged, err)
	}
	t.Add(hash, data)
	return data, nil
}

var errOther = errors.New("it holds something else now")

// readAgain reads a file under its name, whatever links lead there by now: bytes with
// its hash are its own.
func (t *Store) readAgain(path string, hash [32]byte, size int64) ([]byte, error) {
	name := filepath.Join(*t.root.Load(), filepath.FromSlash(path))
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // pipes and devices are not opened
		return nil, errOther
	}
	file, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // nothing was written
	info, err = file.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() || info.Size() != size:
		return nil, errOther
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(file, data); err != nil {
		return nil, err
	}
	if sha256.Sum256(data) != hash {
		return nil, errOther
	}
	return data, nil
}
