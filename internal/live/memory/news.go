package memory

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/identity"
	"broadsheet/internal/store"
)

// news is what the database does not have yet: the posts and documents, by path, of which
// something else is known than its rows say, or nothing any more.
type news struct {
	posts, dates map[string]bool
	facts        bool
}

func (n *news) post(path string) { note(&n.posts, path) }
func (n *news) date(path string) { note(&n.dates, path) }

func note(set *map[string]bool, path string) {
	if *set == nil {
		*set = map[string]bool{}
	}
	(*set)[path] = true
}

// differences makes the news what the database lacks that holds what was stored.
func (n *news) differences(held, stored *remembered) {
	differences(held.Posts, stored.Posts, n.post, func(path string, now, was *identity.Identity) bool {
		return *now == *was && daysOf(held.Gone.Posts, path) == daysOf(stored.Gone.Posts, path)
	})
	differences(held.Dates, stored.Dates, n.date, func(path string, now, was edition.Record) bool {
		return now == was && daysOf(held.Gone.Dates, path) == daysOf(stored.Gone.Dates, path)
	})
	n.facts = n.facts || !held.Looked.Equal(stored.Looked) || !held.Begun.Equal(stored.Begun) || !held.since.Equal(stored.since)
}

func differences[V any](held, stored map[string]V, tell func(path string), same func(path string, now, was V) bool) {
	for path, v := range held {
		if was, is := stored[path]; !is || !same(path, v, was) {
			tell(path)
		}
	}
	for path := range stored {
		if _, is := held[path]; !is {
			tell(path)
		}
	}
}

// daysOf returns for how many days something has been gone, a negative number if it is
// there.
func daysOf(counts map[string]int, path string) int {
	if days, counted := counts[path]; counted {
		return days
	}
	return -1
}

// write has the news in the database, if there is one.
func (m *Memory) write(d store.Durability, now time.Time) {
	if m.place == nil {
		m.news = news{} // the next attempt looks at everything
		return
	}
	if err := m.save(m.place.db, d); err != nil {
		m.fail(err, now)
	}
}

// save writes the rows that changed, in one transaction.
func (m *Memory) save(db *store.DB, d store.Durability) error {
	n := m.news
	m.news = news{}
	if len(n.posts)+len(n.dates) == 0 && !n.facts {
		return nil
	}
	return db.Update(d, func(tx *store.Tx) error {
		for _, path := range slices.Sorted(maps.Keys(n.posts)) {
			if err := m.savePost(tx, path); err != nil {
				return err
			}
		}
		for _, path := range slices.Sorted(maps.Keys(n.dates)) {
			if err := m.saveDate(tx, path); err != nil {
				return err
			}
		}
		if n.facts {
			return m.saveFacts(tx)
		}
		return nil
	})
}

func (m *Memory) savePost(tx *store.Tx, path string) error {
	k, known := m.held.Posts[path]
	if !known {
		return identity.Delete(tx, path)
	}
	return identity.Save(tx, identity.Row{File: path, Identity: *k, Days: daysOf(m.held.Gone.Posts, path)})
}

// load returns what the database holds. Where it is damaged, the error says so and what
// can be read is there.
func (m *Memory) load(db *store.DB, now time.Time) (stored remembered, err error) {
	stored = newRemembered()
	err = errors.Join(stored.loadPosts(db), stored.loadDates(db), stored.loadFacts(db))
	for _, path := range stored.clamp(now, db.Written) {
		m.news.date(path)
	}
	return stored, err
}

func (r *remembered) loadPosts(db *store.DB) error {
	var wrong error
	err := identity.Load(db, func(row identity.Row) {
		if !validPost(row.File, row.Identity) {
			wrong = fmt.Errorf("%w: an id of %q", store.ErrDamaged, row.File)
			return
		}
		k := row.Identity
		r.Posts[row.File] = &k
		if row.Days >= 0 {
			r.Gone.Posts[row.File] = row.Days
		}
	})
	return errors.Join(err, wrong)
}
