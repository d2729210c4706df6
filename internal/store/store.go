// Package store keeps what must outlast a restart, in a database.
//
// In go a folder and the schemas of those who keep something there; out comes a DB
// that reads rows and changes them in transactions. Each owner has its tables, and the
// SQL for them, in its own package:
//
//	folder, err := store.Take("/var/lib/broadsheet") // no other process has it from now on
//	db, err := folder.Open(identity.Schema)          // tables are made or brought up to date
//	err = db.Update(store.Durable, func(tx *store.Tx) error { return tx.Exec("INSERT ...") })
//
// The database is SQLite in the file broadsheet.db, with a write-ahead log beside it, on
// a local disk. A transaction is there as a whole or not at all, whatever happens to the
// process; a durable one whatever happens to the machine. Folder.Open tells apart what
// is to be done about a database that it cannot open: ErrDamaged (Folder.PutAside keeps
// it under another name), ErrNewer (a later version of the program wrote it), and
// everything else, such as a lack of permission, where nothing is touched.
//
// Statements are those that SQLite and PostgreSQL share: parameters are $1, $2 and so on,
// an upsert is INSERT ... ON CONFLICT DO UPDATE, columns are TEXT or BIGINT.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// DB is an open database. Its methods are not to be called concurrently.
type DB struct {
	pool *sql.DB
	conn *sql.Conn // the only one, so that its settings stay

	statements map[string]*sql.Stmt
	durability Durability

	Written time.Time // when its file was last written before it was opened; zero: it is new
}

// Durability is what a transaction outlives.
type Durability string

// The durabilities, as SQLite names them.
const (
	Durable Durability = "FULL"   // the end of the machine
	Prompt  Durability = "NORMAL" // the end of the process; the machine's from the next durable one on
)

// Tx is a transaction under way.
type Tx struct{ db *DB }

// Update makes changes in one transaction: all of them, or none if do returns an error.
func (d *DB) Update(durability Durability, do func(tx *Tx) error) (err error) {
	if d.durability != durability {
		if err := d.run("PRAGMA synchronous = " + string(durability)); err != nil {
			return err
		}
		d.durability = durability
	}
	if err := d.run("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	open := true
	defer func() {
		if open {
			_ = d.run("ROLLBACK") // where even that fails, so will the next BEGIN
		}
	}()
	if err := do(&Tx{d}); err != nil {
		return err
	}
	if err := d.run("COMMIT"); err != nil {
		return err
	}
	open = false
	return nil
}

// Exec runs a statement.
func (t *Tx) Exec(statement string, values ...any) error {
	prepared, err := t.db.prepare(statement)
	if err == nil {
		_, err = prepared.ExecContext(context.Background(), values...)
	}
	return classify(err)
}

// prepare parses a statement once for as long as the database is open. There are as many
// as the source has.
func (d *DB) prepare(statement string) (*sql.Stmt, error) {
	if s := d.statements[statement]; s != nil {
		return s, nil
	}
	s, err := d.conn.PrepareContext(context.Background(), statement)
	if err == nil {
		d.statements[statement] = s
	}
	return s, err
}

// Read calls each with every row of a query, whose Scan fills variables with its columns.
// The error is ErrDamaged where a row, or the table from some row on, cannot be read; all
// others have been handed over. It ends at the first other error.
func (d *DB) Read(query string, each func(scan func(into ...any) error) error) error {
	rows, err := d.conn.QueryContext(context.Background(), query)
	if err != nil {
		return damagedAtRead(err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err has it
	var damaged error
	for rows.Next() {
		err := each(rows.Scan)
		switch {
		case errors.Is(err, ErrDamaged):
			damaged = err
		case err != nil:
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return damagedAtRead(err)
	}
	return damaged
}

// Close lets go of the database. What was changed is there already.
func (d *DB) Close() error {
	for _, s := range d.statements {
		_ = s.Close() // the connection ends with it
	}
	return errors.Join(d.conn.Close(), d.pool.Close())
}

func (d *DB) run(statement string) error {
	_, err := d.conn.ExecContext(context.Background(), statement)
	return classify(err)
}

func (d *DB) number(query string) (n int64, err error) {
	err = d.conn.QueryRowContext(context.Background(), query).Scan(&n)
	if err != nil {
		err = fmt.Errorf("%s: %w", query, damagedAtRead(err))
	}
	return n, err
}
