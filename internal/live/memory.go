package live

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/disk"
	"broadsheet/internal/edition"
	"broadsheet/internal/library"
)

// memory is what outlives the process: the ids that posts were given, and when
// documents last changed. Without a folder it lasts as long as the process.
//
// What is handed out is written before. Where that cannot be, the service goes on
// with what it holds, says so (problems) and tries again; a file that cannot be read
// is not touched. Documents rendered on demand add to it from any goroutine;
// everything else belongs to that of Run.
type memory struct {
	folder string // empty: nothing is kept on disk

	mu    sync.Mutex // guards the rest
	held  remembered
	news  change // since the last line of the journal
	store *store // nil: nothing can be written now
	known bool   // the files have been read, or there were none

	failed error          // why there is no store
	told   []blog.Problem // what is worth knowing, and passes with the process
	retry  time.Time
	pause  time.Duration
}

// maxPause is how long is waited at most before another attempt.
const maxPause = 5 * time.Minute

func newMemory(folder string) *memory {
	return &memory{folder: folder, held: newRemembered(), known: folder == ""}
}

// open reads what earlier runs left. It fails only where another service has the
// folder.
func (m *memory) open(now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.attach(now)
	if errors.Is(m.failed, disk.ErrTaken) {
		return fmt.Errorf("the state folder %s belongs to a service that is running: %w", m.folder, m.failed)
	}
	return nil
}

// tend tries again what failed, and looks whether the folder is still there. It
// reports whether ids came to light that posts had before.
func (m *memory) tend(now time.Time) (found bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.store != nil && !m.store.there(m.folder) {
		m.fail(errors.New("it is not there any more"), now)
		m.retry = now
	}
	if m.store == nil && !now.Before(m.retry) {
		before := len(m.held.Posts)
		return m.attach(now) && before > 0
	}
	return false
}

// attach opens the store, takes what it holds and writes it together with what is
// known. It reports whether that was read for the first time.
func (m *memory) attach(now time.Time) (first bool) {
	if m.folder == "" {
		return false
	}
	s, unlocked, err := openStore(m.folder)
	if err != nil {
		m.unknown(now)
		m.fail(err, now)
		return false
	}
	if unlocked != nil {
		m.tell("the state folder cannot be locked: see to it that no other service uses it (%v)", unlocked)
	}
	first, err = m.load(s, now)
	if err == nil {
		err = s.save(&m.held)
	}
	if err != nil {
		s.close()
		m.fail(err, now)
		return first
	}
	m.store, m.failed, m.news, m.pause = s, nil, change{}, 0
	return first
}

// load reads the files and puts damaged ones aside.
func (m *memory) load(s *store, now time.Time) (first bool, err error) {
	held, damaged, err := s.read(now)
	if err != nil {
		m.unknown(now)
		return false, fmt.Errorf("read the state: %w", err)
	}
	first = !m.known
	if first {
		maps.Copy(m.held.Posts, held.Posts) // an id once given stays
		m.held.Gone, m.held.Looked, m.held.Begun, m.known = held.Gone, held.Looked, held.Begun, true
	}
	addTo(m.held.Posts, held.Posts)
	addTo(m.held.Dates, held.Dates)
	for _, name := range damaged {
		m.held.Begun = nextSecond(now)
		aside, err := s.putAside(name)
		if err != nil {
			return first, fmt.Errorf("put the damaged state aside: %w", err)
		}
		m.tell("the state in %s was damaged; it is kept as %q, and what could not be read of it is begun anew", name, aside)
	}
	return first, nil
}

// unknown notes that there may be a state, so that no document is dated before
// what an earlier run may have handed out.
func (m *memory) unknown(now time.Time) {
	if !m.known && m.held.Begun.IsZero() {
		m.held.Begun = nextSecond(now)
	}
}

func nextSecond(now time.Time) time.Time { return now.UTC().Truncate(time.Second).Add(time.Second) }

func addTo[V any](known, more map[string]V) {
	for k, v := range more {
		if _, is := known[k]; !is {
			known[k] = v
		}
	}
}

func (m *memory) fail(err error, now time.Time) {
	if m.store != nil {
		m.store.close()
		m.store = nil
	}
	m.failed = err
	m.pause = min(max(2*m.pause, time.Second), maxPause)
	m.retry = now.Add(m.pause)
}

func (m *memory) tell(format string, values ...any) {
	p := blog.Problem{Severity: blog.Warning, Message: fmt.Sprintf(format, values...)}
	if !slices.Contains(m.told, p) {
		m.told = append(m.told, p)
	}
}

// problems says what is wrong with the state, and whether it is being kept at all.
func (m *memory) problems() (all []blog.Problem, kept bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all = slices.Clone(m.told)
	if m.failed != nil {
		all = append(all, blog.Problem{Severity: blog.Error, Message: fmt.Sprintf(
			"the state cannot be kept in %s, so that a restart may show changed ids and dates: %v; it is tried again", m.folder, m.failed)})
	}
	return all, m.failed == nil
}

// again returns how long to wait before the next attempt, 0 where none is due.
func (m *memory) again(now time.Time) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failed == nil {
		return 0
	}
	return max(m.retry.Sub(now), time.Millisecond)
}

// close writes what is held and lets go of the folder.
func (m *memory) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.store != nil {
		_ = m.store.finish(&m.held) // the journal has it too
		m.store.close()
		m.store = nil
	}
	m.folder = "" // a turn that was abandoned must not open it again
}

// posts is for the goroutine of Run alone.
func (m *memory) posts() map[string]library.Identity { return m.held.Posts }

// knowsPosts reports whether there were posts when the state was kept.
func (m *memory) knowsPosts() bool {
	for _, p := range m.held.Posts {
		if !p.Gone {
			return true
		}
	}
	return false
}

// date returns what was handed out last under a path.
func (m *memory) date(path string) edition.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, known := m.held.Dates[path]; known {
		return r
	}
	return edition.Record{Modified: m.held.Begun}
}

// keepDate remembers a document that is about to be handed out for the first
// time, whatever becomes of this process; for the machine's end it waits for no disk.
func (m *memory) keepDate(path string, r edition.Record) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.noteDate(path, r)
	m.write(false, time.Now())
}

// keep remembers the ids of the posts of a library, which follows another, and
// these dates of an edition that is about to be published. What is known of a post
// that is gone stays for a while, marked as such, in case its file comes back.
func (m *memory) keep(before, now *library.Library, next *edition.Edition, dates edition.Dates) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keepIDs(before, now)
	for path, r := range dates {
		m.noteDate(path, r)
	}
	at := time.Now()
	m.write(true, at)
	if at.Sub(m.held.Looked) < day && !at.Before(m.held.Looked) {
		return
	}
	here := map[string]bool{}
	for _, d := range next.Documents() {
		here[d.Path] = true
	}
	if m.held.age(at, here) {
		m.compact(at)
	}
}

// write adds what is new to the journal, with sync on the disk itself.
func (m *memory) write(sync bool, now time.Time) {
	if m.store == nil || len(m.news.Posts)+len(m.news.Dates) == 0 {
		return
	}
	err := m.store.append(m.news, sync)
	m.news = change{}
	switch {
	case err != nil:
		m.fail(err, now)
	case m.store.outgrown():
		m.compact(now)
	}
}

func (m *memory) compact(now time.Time) {
	if m.store == nil {
		return
	}
	if err := m.store.save(&m.held); err != nil {
		m.fail(err, now)
	}
}

// note remembers the id of a post.
func (m *memory) note(path string, id library.Identity) {
	if m.held.Posts[path] == id {
		return
	}
	m.held.Posts[path] = id
	if !id.Gone {
		delete(m.held.Gone.Posts, path)
	}
	m.noteNews(path, &id)
}

// noteNews has the journal say what is known of a post, nil where it is nothing.
func (m *memory) noteNews(path string, id *library.Identity) {
	if m.news.Posts == nil {
		m.news.Posts = map[string]*library.Identity{}
	}
	m.news.Posts[path] = id
}

func (m *memory) noteDate(path string, r edition.Record) {
	delete(m.held.Gone.Dates, path)
	if m.held.Dates[path] == r {
		return
	}
	m.held.Dates[path] = r
	if m.news.Dates == nil {
		m.news.Dates = map[string]*edition.Record{}
	}
	m.news.Dates[path] = &r
}
