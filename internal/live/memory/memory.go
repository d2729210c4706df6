// Package memory is what outlives the process: the ids that posts were given, and when
// documents last changed.
//
// In go editions that are about to be published and documents that are about to be
// handed out; out comes what is known of them, at once and after a restart. It is kept
// in a database (package store), or without a folder as long as the process lasts.
//
// What is handed out is written before. Where that cannot be, the service goes on
// with what it holds, says so (Problems) and tries again; a database that cannot be read
// is not touched. One that is damaged is put aside.
package memory

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/disk"
	"broadsheet/internal/edition"
	"broadsheet/internal/identity"
	"broadsheet/internal/library"
	"broadsheet/internal/store"
)

// Memory is what is remembered. Documents rendered on demand add to it from any
// goroutine (Date, KeepDate), and Problems and Again may be asked from any;
// everything else belongs to one goroutine.
type Memory struct {
	folder string // empty: nothing is kept on disk

	mu    sync.Mutex // guards the rest
	held  remembered
	news  news   // what the database does not have yet
	place *place // nil: nothing can be written now
	known bool   // the database has been read, or there was none

	failed error          // why there is no place
	told   []blog.Problem // what is worth knowing, and passes with the process
	retry  time.Time
	pause  time.Duration
}

// maxPause is how long is waited at most before another attempt.
const maxPause = 5 * time.Minute

// New returns a memory that knows nothing yet. An empty folder means that nothing is to
// outlive the process.
func New(folder string) *Memory {
	return &Memory{folder: folder, held: newRemembered(), known: folder == ""}
}

// Open reads what earlier runs left. It fails only where another service has the
// folder (disk.ErrTaken), or a later version of the program wrote what is in it
// (store.ErrNewer).
func (m *Memory) Open(now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.attach(now)
	switch {
	case errors.Is(m.failed, disk.ErrTaken):
		return fmt.Errorf("the state folder %s belongs to a service that is running: %w", m.folder, m.failed)
	case errors.Is(m.failed, store.ErrNewer):
		return fmt.Errorf("the state folder %s cannot be used: %w", m.folder, m.failed)
	}
	return nil
}

// Tend tries again what failed, and looks whether the folder is still there. It
// reports whether ids came to light that posts had before.
func (m *Memory) Tend(now time.Time) (found bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.place != nil && !m.place.there() {
		m.fail(errors.New("it is not there any more"), now)
		m.retry = now
	}
	if m.place == nil && !now.Before(m.retry) {
		before := len(m.held.Posts)
		return m.attach(now) && before > 0
	}
	return false
}

func (m *Memory) fail(err error, now time.Time) {
	if m.place != nil {
		m.place.close()
		m.place = nil
	}
	m.failed = err
	m.pause = min(max(2*m.pause, time.Second), maxPause)
	m.retry = now.Add(m.pause)
}

func (m *Memory) tell(format string, values ...any) {
	p := blog.Problem{Severity: blog.Warning, Message: fmt.Sprintf(format, values...)}
	if !slices.Contains(m.told, p) {
		m.told = append(m.told, p)
	}
}

// Problems says what is wrong with the state, and whether it is being kept at all.
func (m *Memory) Problems() (all []blog.Problem, kept bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all = slices.Clone(m.told)
	if m.failed != nil {
		all = append(all, blog.Problem{Severity: blog.Error, Message: fmt.Sprintf(
			"the state cannot be kept in %s, so that a restart may show changed ids and dates: %v; it is tried again", m.folder, m.failed)})
	}
	return all, m.failed == nil
}

// Again returns how long to wait before the next attempt, 0 where none is due.
func (m *Memory) Again(now time.Time) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failed == nil {
		return 0
	}
	return max(m.retry.Sub(now), time.Millisecond)
}

// Close lets go of the folder. All that was handed out is in it.
func (m *Memory) Close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.place != nil {
		m.place.close()
		m.place = nil
	}
	m.folder = "" // a turn that was abandoned must not open it again
}

// Posts returns the ids by path of the post's file. They are not to be changed.
func (m *Memory) Posts() identity.Table { return m.held.Posts }

// KnowsPosts reports whether there were posts when the state was kept.
func (m *Memory) KnowsPosts() bool {
	for _, p := range m.held.Posts {
		if !p.Gone {
			return true
		}
	}
	return false
}

// Date returns what was handed out last under a path.
func (m *Memory) Date(path string) edition.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, known := m.held.Dates[path]; known {
		return r
	}
	return edition.Record{Modified: m.held.Begun}
}

// KeepDate remembers a document that is about to be handed out for the first
// time, whatever becomes of this process; for the machine's end it waits for no disk.
func (m *Memory) KeepDate(path string, r edition.Record) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.noteDate(path, r)
	m.write(store.Prompt, time.Now())
}

// Keep remembers the ids of the posts of a library, which follows another, and
// these dates of an edition that is about to be published. What is known of a post
// that is gone stays for a while, marked as such, in case its file comes back.
func (m *Memory) Keep(before, now *library.Library, next *edition.Edition, dates edition.Dates) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keepIDs(before, now)
	for path, r := range dates {
		m.noteDate(path, r)
	}
	at := time.Now()
	if at.Sub(m.held.Looked) >= day || at.Before(m.held.Looked) {
		m.held.age(at, next.Has, &m.news)
	}
	m.write(store.Durable, at)
}
