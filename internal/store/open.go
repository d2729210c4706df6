package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// settings of every connection. A log that grew is cut again; SQL of a database that
// somebody else made runs nothing.
const settings = "_pragma=busy_timeout(5000)&_pragma=synchronous(FULL)&_pragma=journal_size_limit(4194304)&_pragma=trusted_schema(OFF)"

// ours marks a database as one of Broadsheet ("Brsh").
const ours = 0x42727368

// header is how many bytes every database begins with. SQLite takes some files that are
// shorter for new ones.
const header = 100

// Open opens the database and brings its tables up to date; it is made if it is missing.
// See ErrDamaged and ErrNewer; after any other error nothing is known of it.
func (f *Folder) Open(schemas ...Schema) (*DB, error) {
	before, err := f.look()
	if err != nil {
		return nil, err
	}
	if before != nil && before.Size() < header {
		return nil, fmt.Errorf("%w: %s is cut after %d bytes", ErrDamaged, databaseFile, before.Size())
	}
	written := f.written(before)
	if err := f.writable(before == nil); err != nil {
		return nil, err
	}
	d, err := f.open("mode=rw&_pragma=journal_mode(WAL)&" + settings)
	if err == nil {
		if err = d.prepareFor(schemas); err != nil {
			_ = d.Close() // nothing was changed
		}
	}
	if err == nil {
		f.file, err = f.look()
	}
	if err != nil {
		f.undo(before)
		return nil, err
	}
	d.Written = written
	return d, nil
}

// View opens a database that cannot be written, to read what it holds. Nothing is
// touched, and what it reads is what was there at this moment.
func (f *Folder) View() (*DB, error) {
	before, err := f.look()
	switch {
	case err != nil:
		return nil, err
	case before == nil:
		return nil, os.ErrNotExist
	}
	how := "mode=ro&immutable=1&"
	if log, err := f.Stat(databaseFile + "-wal"); err == nil && log.Size() > 0 {
		how = "mode=ro&"
	}
	d, err := f.open(how + settings)
	if err != nil {
		return nil, err
	}
	d.Written = f.written(before)
	return d, nil
}

// writable says why the file cannot be written, which SQLite would notice at the first
// change only. With create it is made, empty, so that its mode is ours; the log's follows it.
func (f *Folder) writable(create bool) error {
	how := os.O_RDWR
	if create {
		how |= os.O_CREATE | os.O_EXCL
	}
	file, err := f.OpenFile(databaseFile, how, mode)
	if err != nil {
		return err
	}
	return file.Close()
}

// undo removes a new database that came to nothing, such as on a disk that is full.
func (f *Folder) undo(before os.FileInfo) {
	if before != nil {
		return
	}
	if now, err := f.look(); err == nil && now != nil && now.Size() == 0 {
		_ = f.Remove(databaseFile) // it holds nothing
	}
}

func (f *Folder) open(how string) (*DB, error) {
	path := filepath.ToSlash(filepath.Join(f.path, databaseFile))
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/...
	}
	name := url.URL{Scheme: "file", Path: path, RawQuery: how}
	pool, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	conn, err := pool.Conn(context.Background())
	if err != nil {
		return nil, errors.Join(classify(err), pool.Close())
	}
	return &DB{pool: pool, conn: conn, statements: map[string]*sql.Stmt{}, durability: Durable}, nil
}

// prepareFor makes sure that the database is one of ours, with these tables.
func (d *DB) prepareFor(schemas []Schema) error {
	mark, err := d.number("PRAGMA application_id")
	if err != nil {
		return err
	}
	if mark == ours {
		return d.migrate(schemas)
	}
	tables, err := d.number(`SELECT count(*) FROM sqlite_schema`)
	if err != nil {
		return err
	}
	if tables > 0 {
		return fmt.Errorf("%w: another program made it", ErrDamaged)
	}
	if err := d.run(fmt.Sprintf("PRAGMA application_id = %d", ours)); err != nil {
		return err
	}
	return d.migrate(schemas)
}
