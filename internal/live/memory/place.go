package memory

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"time"

	"broadsheet/internal/identity"
	"broadsheet/internal/store"
)

// place is the state folder, which is ours, with the database in it.
type place struct {
	folder *store.Folder
	db     *store.DB
}

func (p *place) there() bool { return p.folder.There() }

func (p *place) close() {
	if p.db != nil {
		_ = p.db.Close() // what was changed is there
	}
	p.folder.Close()
}

func (p *place) open() (err error) {
	p.db, err = p.folder.Open(identity.Schema, dates)
	return err
}

// attach takes the folder and what its database holds, and has it hold all that is
// known. It reports whether that was read for the first time.
func (m *Memory) attach(now time.Time) (first bool) {
	if m.folder == "" {
		return false
	}
	folder, err := store.Take(m.folder)
	if err != nil {
		m.unknown(now)
		m.fail(err, now)
		return false
	}
	if folder.Unlocked != nil {
		m.tell("the state folder cannot be locked: see to it that no other service uses it (%v)", folder.Unlocked)
	}
	p := &place{folder: folder}
	first, err = m.settle(p, now)
	if err != nil {
		p.close()
		m.fail(err, now)
		return first
	}
	m.place, m.failed, m.pause = p, nil, 0
	return first
}

// settle opens the database, takes what it holds and writes what it does not. One that
// is damaged is put aside for a new one, which holds what could be read of it.
func (m *Memory) settle(p *place, now time.Time) (first bool, err error) {
	known, stored, err := m.read(p, now)
	damaged := errors.Is(err, store.ErrDamaged)
	if err != nil && !damaged {
		first = m.glance(p.folder, err, now)
		m.unknown(now)
		return first, fmt.Errorf("open the state: %w", err)
	}
	first = m.take(known)
	if !damaged {
		m.news.differences(&m.held, &stored)
		err = m.save(p.db, store.Durable)
		damaged = errors.Is(err, store.ErrDamaged)
	}
	if damaged {
		err = m.beginAnew(p, now)
	}
	return first, err
}

// read returns what is known from earlier runs, and what of it is in the database: a new
// one lacks what an earlier version of the program left in files.
func (m *Memory) read(p *place, now time.Time) (known, stored remembered, err error) {
	stored = newRemembered()
	if err = p.open(); err == nil {
		stored, err = m.load(p.db, now)
	}
	if err != nil || !stored.since.IsZero() {
		return stored, stored, err
	}
	known = newRemembered()
	if !m.known && !p.folder.HasAside() { // else the files are older than what is known, or was put aside
		known, err = m.readFiles(p.folder, now)
	}
	known.since = now.UTC()
	return known, stored, err
}

// glance reads what cannot be written for this reason, the first time. It reports
// whether anything was known.
func (m *Memory) glance(folder *store.Folder, why error, now time.Time) bool {
	if m.known || errors.Is(why, store.ErrNewer) {
		return false
	}
	var stored remembered
	db, err := folder.View()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		stored, err = m.readFiles(folder, now)
	case err == nil:
		stored, err = m.load(db, now)
		_ = db.Close() // nothing was written
		if stored.since.IsZero() {
			return false
		}
	}
	return err == nil && m.take(stored)
}

// take adds what was stored to what is known, and reports whether that is the first time.
func (m *Memory) take(stored remembered) (first bool) {
	first = !m.known
	if first {
		maps.Copy(m.held.Posts, stored.Posts) // an id once given stays
		m.held.Gone, m.held.Looked, m.held.Begun, m.known = stored.Gone.clone(), stored.Looked, stored.Begun, true
	}
	if m.held.since.IsZero() {
		m.held.since = stored.since
	}
	addTo(m.held.Posts, stored.Posts)
	addTo(m.held.Dates, stored.Dates)
	return first
}

// beginAnew puts the database aside and makes one of what is known.
func (m *Memory) beginAnew(p *place, now time.Time) error {
	m.held.Begun = nextSecond(now)
	if p.db != nil {
		_ = p.db.Close() // it is damaged
		p.db = nil
	}
	aside, err := p.folder.PutAside()
	if err != nil {
		return fmt.Errorf("put the damaged state aside: %w", err)
	}
	m.tell("the state in broadsheet.db was damaged; it is kept as %q, and what could not be read of it is begun anew", aside)
	if err := p.open(); err != nil {
		return err
	}
	m.held.since = now.UTC()
	empty := newRemembered()
	m.news.differences(&m.held, &empty)
	return m.save(p.db, store.Durable)
}

// unknown notes that there may be a state, so that no document is dated before
// what an earlier run may have handed out.
func (m *Memory) unknown(now time.Time) {
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
