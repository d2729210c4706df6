package memory

import (
	"errors"
	"fmt"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/store"
)

// dates makes the tables of this package. A row of document_dates is what was handed out
// last under a path; gone_days is negative while there is such a document. What is known
// of the state as a whole stands in state_facts.
var dates = store.Schema{Owner: "dates", Steps: []string{
	`CREATE TABLE document_dates (
		path      TEXT PRIMARY KEY,
		hash      TEXT NOT NULL,
		modified  TEXT NOT NULL,
		gone_days BIGINT NOT NULL
	)`,
	`CREATE TABLE state_facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)`,
}}

func (m *Memory) noteDate(path string, r edition.Record) {
	_, counted := m.held.Gone.Dates[path]
	if !counted && m.held.Dates[path] == r {
		return
	}
	delete(m.held.Gone.Dates, path)
	m.held.Dates[path] = r
	m.news.date(path)
}

func (m *Memory) saveDate(tx *store.Tx, path string) error {
	r, known := m.held.Dates[path]
	if !known {
		return tx.Exec(`DELETE FROM document_dates WHERE path = $1`, path)
	}
	return tx.Exec(`INSERT INTO document_dates (path, hash, modified, gone_days) VALUES ($1, $2, $3, $4)
		ON CONFLICT (path) DO UPDATE SET hash = excluded.hash, modified = excluded.modified, gone_days = excluded.gone_days`,
		path, r.Hash, formatTime(r.Modified), daysOf(m.held.Gone.Dates, path))
}

func (r *remembered) loadDates(db *store.DB) error {
	return db.Read(`SELECT path, hash, modified, gone_days FROM document_dates`, func(scan func(...any) error) error {
		var path, modified string
		var date edition.Record
		var days int
		err := scan(&path, &date.Hash, &modified, &days)
		if err == nil {
			date.Modified, err = time.Parse(time.RFC3339Nano, modified)
		}
		if err == nil && !validDate(path, date) {
			err = errors.New("it was never handed out")
		}
		if err != nil {
			return fmt.Errorf("%w: the date of %q: %w", store.ErrDamaged, path, err)
		}
		r.Dates[path] = date
		if days >= 0 {
			r.Gone.Dates[path] = days
		}
		return nil
	})
}

// facts are the times that concern the state as a whole, by name.
func (r *remembered) facts() map[string]*time.Time {
	return map[string]*time.Time{"since": &r.since, "looked": &r.Looked, "begun": &r.Begun}
}

func (m *Memory) saveFacts(tx *store.Tx) error {
	for name, at := range m.held.facts() {
		err := tx.Exec(`INSERT INTO state_facts (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, formatTime(*at))
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *remembered) loadFacts(db *store.DB) error {
	facts := r.facts()
	return db.Read(`SELECT name, value FROM state_facts`, func(scan func(...any) error) error {
		var name, value string
		err := scan(&name, &value)
		if at := facts[name]; err == nil && at != nil {
			*at, err = time.Parse(time.RFC3339Nano, value)
		}
		if err != nil {
			return fmt.Errorf("%w: the fact %q: %w", store.ErrDamaged, name, err)
		}
		return nil
	})
}

func formatTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
