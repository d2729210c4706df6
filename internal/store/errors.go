package store

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

var (
	// ErrDamaged says that the file is no database of ours, or not a whole one.
	ErrDamaged = errors.New("the database is damaged")

	// ErrNewer says that a later version of the program wrote the database.
	ErrNewer = errors.New("a later version of Broadsheet wrote the database")
)

// classify marks the errors of a database that is damaged.
func classify(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) || errors.Is(err, ErrDamaged) {
		return err
	}
	const primary = 0xff
	switch {
	case e.Code()&primary == codes.SQLITE_CORRUPT, e.Code()&primary == codes.SQLITE_NOTADB, e.Code() == codes.SQLITE_IOERR_SHORT_READ:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// damagedAtRead also knows that a table or a column is missing, although the
// database says that it was made.
func damagedAtRead(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code() == codes.SQLITE_ERROR {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return classify(err)
}
