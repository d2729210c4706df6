package identity

import (
	"fmt"

	"broadsheet/internal/store"
)

// Schema makes the table of identities.
var Schema = store.Schema{Owner: "identities", Steps: []string{
	`CREATE TABLE identities (
		file      TEXT PRIMARY KEY,
		id        TEXT NOT NULL,
		hash      TEXT NOT NULL,
		gone      BIGINT NOT NULL,
		permalink TEXT NOT NULL,
		former    TEXT NOT NULL,
		title     TEXT NOT NULL,
		sketch    TEXT NOT NULL,
		gone_days BIGINT NOT NULL
	)`,
}}

// Row is a row of the table.
type Row struct {
	File string // path of the post's file
	Identity
	Days int // for how many days it has been gone, as far as anybody looked; negative: it is not
}

// Load calls each with all rows, the oldest first. See store.DB.Read for the error.
func Load(db *store.DB, each func(Row)) error {
	const query = `SELECT file, id, hash, gone, permalink, former, title, sketch, gone_days FROM identities`
	return db.Read(query, func(scan func(...any) error) error {
		var r Row
		var gone int
		if err := scan(&r.File, &r.ID, &r.Hash, &gone, &r.Path, &r.Was, &r.Title, &r.Text, &r.Days); err != nil {
			return fmt.Errorf("%w: a row of identities: %w", store.ErrDamaged, err)
		}
		r.Gone, r.Hash, r.Text = gone != 0, hashOf(r.Hash), sketchOfText(r.Text)
		each(r)
		return nil
	})
}

// Save writes a row, in place of the one that its file has.
func Save(tx *store.Tx, r Row) error {
	gone := 0
	if r.Gone {
		gone = 1
	}
	return tx.Exec(`INSERT INTO identities (file, id, hash, gone, permalink, former, title, sketch, gone_days)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (file) DO UPDATE SET id = excluded.id, hash = excluded.hash, gone = excluded.gone,
		permalink = excluded.permalink, former = excluded.former, title = excluded.title,
		sketch = excluded.sketch, gone_days = excluded.gone_days`,
		r.File, r.ID, hashText(r.Hash), gone, r.Path, r.Was, r.Title, sketchText(r.Text), r.Days)
}

// Delete forgets what is known of a file's post.
func Delete(tx *store.Tx, file string) error {
	return tx.Exec(`DELETE FROM identities WHERE file = $1`, file)
}
