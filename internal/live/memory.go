package live

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"broadsheet/internal/edition"
	"broadsheet/internal/library"
)

// memory is what outlives the process: the ids that posts were given, and when
// documents last changed. Without a folder it lasts as long as the process.
type memory struct {
	file string // empty: nothing is kept on disk
	log  *slog.Logger
	mu   sync.Mutex // guards the dates, which documents rendered on demand add to
	held remembered
	news bool // what is held is not what is written
	lost bool // the last attempt to write failed
}

type remembered struct {
	Posts map[string]library.Identity `json:"posts"` // by path
	Dates edition.Dates               `json:"dates"`
}

const stateFile = "broadsheet.json"

// remember reads what an earlier run left in dir. What cannot be read is begun
// anew, with a warning: ids and dates then follow from the posts alone.
func remember(dir string, log *slog.Logger) *memory {
	m := &memory{log: log}
	if dir != "" {
		m.file = filepath.Join(dir, stateFile)
		if err := m.read(); err != nil && !errors.Is(err, fs.ErrNotExist) {
			log.Warn("the state of earlier runs cannot be read and is begun anew", slog.Any("error", err))
		}
	}
	if m.held.Posts == nil {
		m.held.Posts = map[string]library.Identity{}
	}
	if m.held.Dates == nil {
		m.held.Dates = edition.Dates{}
	}
	return m
}

func (m *memory) read() error {
	data, err := os.ReadFile(m.file)
	if err != nil {
		return err
	}
	var held remembered
	if err := json.Unmarshal(data, &held); err != nil {
		return fmt.Errorf("%s: %w", m.file, err)
	}
	m.held = held
	return nil
}

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

func (m *memory) date(path string) edition.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.held.Dates[path]
}

func (m *memory) keepDate(path string, r edition.Record) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.held.Dates[path], m.news = r, true
}

// keep remembers the ids of the posts of a library, which follows another, and
// these dates. What is known of a post that is gone stays, marked as such, in
// case its file comes back.
func (m *memory) keep(before, now *library.Library, dates edition.Dates) {
	m.mu.Lock()
	defer m.mu.Unlock()
	news := m.keepIDs(before, now)
	m.news = merge(m.held.Dates, dates) || news || m.news
}

// save writes what is held, unless it is written.
func (m *memory) save() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.file == "" || !m.news {
		return
	}
	err := m.write()
	m.news = err != nil
	if err != nil && !m.lost {
		m.log.Warn("the state cannot be kept; a restart may show changed dates and ids", slog.Any("error", err))
	}
	m.lost = err != nil
}

// keepIDs looks at what changed only, where the library knows.
func (m *memory) keepIDs(before, now *library.Library) (news bool) {
	posts := now.IDs()
	changed, gone, known := now.Since(before)
	if !known || len(gone) > 0 {
		news = merge(m.held.Posts, posts)
		return m.markGone(posts) || news
	}
	for _, path := range changed {
		id, is := posts[path]
		if old := m.held.Posts[path]; is && old.ID != id.ID { // perhaps that of a post that is gone
			news = merge(m.held.Posts, posts)
			return m.markGone(posts) || news
		} else if is && old != id {
			m.held.Posts[path], news = id, true
		} else if !is && old.ID != "" && !old.Gone { // the file holds no post any more
			old.Gone = true
			m.held.Posts[path], news = old, true
		}
	}
	return news
}

// markGone marks the posts that are not among these, and forgets those of them
// whose id lives on under another name.
func (m *memory) markGone(posts map[string]library.Identity) bool {
	living := make(map[string]bool, len(posts))
	for _, p := range posts {
		living[p.ID] = true
	}
	changed := false
	for path, p := range m.held.Posts {
		_, here := posts[path]
		switch {
		case here:
		case living[p.ID]:
			delete(m.held.Posts, path)
			changed = true
		case !p.Gone:
			p.Gone, changed = true, true
			m.held.Posts[path] = p
		}
	}
	return changed
}

// merge copies from into to and reports whether that changed anything.
func merge[V comparable](to, from map[string]V) bool {
	changed := false
	for k, v := range from {
		if old, ok := to[k]; !ok || old != v {
			to[k] = v
			changed = true
		}
	}
	return changed
}

// write replaces the file as a whole, so that a crash leaves the old one or
// the new one.
func (m *memory) write() error {
	data, err := json.MarshalIndent(m.held, "", " ")
	if err != nil {
		return fmt.Errorf("encode the state: %w", err)
	}
	if err := replaceFile(m.file, data); err != nil {
		return fmt.Errorf("write the state: %w", err)
	}
	return nil
}

func replaceFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".broadsheet-*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // after the rename there is nothing to remove
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
