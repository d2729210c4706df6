package store

import "fmt"

// Schema is the tables of one owner.
type Schema struct {
	Owner string // stays the same for good

	// Steps are SQL statements that lead from nothing to the tables as they are now. The
	// number of steps taken is the version that the database has. A step that was
	// released never changes: new ones are added to the end.
	Steps []string
}

// versions holds how many steps of each owner the database has taken.
const versions = `CREATE TABLE IF NOT EXISTS schema_versions (owner TEXT PRIMARY KEY, version BIGINT NOT NULL)`

// migrate takes the steps that are missing, all of them in one transaction. A database
// that took more than the program knows is not touched.
func (d *DB) migrate(schemas []Schema) error {
	taken, err := d.versions()
	if err != nil {
		return err
	}
	due := false
	for _, s := range schemas {
		if n := taken[s.Owner]; n > len(s.Steps) {
			return fmt.Errorf("%w: its tables of %s are of version %d, and this one knows them up to version %d; run the later version, or name another state folder",
				ErrNewer, s.Owner, n, len(s.Steps))
		}
		due = due || taken[s.Owner] < len(s.Steps)
	}
	if !due {
		return nil
	}
	return d.Update(Durable, func(tx *Tx) error {
		if err := tx.Exec(versions); err != nil {
			return err
		}
		for _, s := range schemas {
			if err := tx.migrate(s, taken[s.Owner]); err != nil {
				return fmt.Errorf("bring the tables of %s up to date: %w", s.Owner, err)
			}
		}
		return nil
	})
}

func (t *Tx) migrate(s Schema, from int) error {
	if from < 0 {
		return fmt.Errorf("%w: version %d of %s", ErrDamaged, from, s.Owner)
	}
	for n, step := range s.Steps[from:] {
		if err := t.Exec(step); err != nil {
			return fmt.Errorf("step %d: %w", from+n+1, err)
		}
	}
	return t.Exec(`INSERT INTO schema_versions (owner, version) VALUES ($1, $2)
		ON CONFLICT (owner) DO UPDATE SET version = excluded.version`, s.Owner, len(s.Steps))
}

// versions returns how many steps of each owner the database has taken.
func (d *DB) versions() (map[string]int, error) {
	taken := map[string]int{}
	tables, err := d.number(`SELECT count(*) FROM sqlite_schema WHERE type = 'table'`)
	if err != nil || tables == 0 {
		return taken, err
	}
	return taken, d.Read(`SELECT owner, version FROM schema_versions`, func(scan func(...any) error) error {
		var owner string
		var version int
		if err := scan(&owner, &version); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		taken[owner] = version
		return nil
	})
}
