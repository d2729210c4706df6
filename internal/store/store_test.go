package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/disk"
	"broadsheet/internal/store"
)

var notes = store.Schema{Owner: "notes", Steps: []string{`CREATE TABLE notes (name TEXT PRIMARY KEY, text TEXT NOT NULL)`}}

const put = `INSERT INTO notes (name, text) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET text = excluded.text`

func open(t *testing.T, path string, schemas ...store.Schema) (*store.Folder, *store.DB) {
	t.Helper()
	folder, err := store.Take(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(folder.Close)
	db, err := folder.Open(schemas...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return folder, db
}

func set(t *testing.T, db *store.DB, d store.Durability, name, text string) {
	t.Helper()
	if err := db.Update(d, func(tx *store.Tx) error { return tx.Exec(put, name, text) }); err != nil {
		t.Fatal(err)
	}
}

func all(t *testing.T, db *store.DB) string {
	t.Helper()
	var lines []string
	err := db.Read(`SELECT name, text FROM notes ORDER BY name`, func(scan func(...any) error) error {
		var name, text string
		err := scan(&name, &text)
		lines = append(lines, name+"="+text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, " ")
}

// The characters of a folder's name mean nothing.
func TestRowsOutlastTheDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), `a ?b=1&mode=ro #c %20 é "'`)
	folder, db := open(t, path, notes)
	set(t, db, store.Durable, "a", "one")
	set(t, db, store.Prompt, "b", "two")
	set(t, db, store.Durable, "a", "three")
	if !folder.There() {
		t.Error("it is said not to be there")
	}
	db.Close()
	folder.Close()
	_, db = open(t, path, notes)
	if got := all(t, db); got != "a=three b=two" {
		t.Errorf("it holds %s", got)
	}
}

func TestTransactionIsWholeOrNothing(t *testing.T) {
	_, db := open(t, t.TempDir(), notes)
	set(t, db, store.Durable, "a", "one")
	refused := errors.New("refused")
	err := db.Update(store.Durable, func(tx *store.Tx) error {
		if err := tx.Exec(put, "a", "two"); err != nil {
			return err
		}
		return refused
	})
	if !errors.Is(err, refused) || all(t, db) != "a=one" {
		t.Errorf("%v, it holds %s", err, all(t, db))
	}
	if err := db.Update(store.Durable, func(tx *store.Tx) error { return tx.Exec(`nonsense`) }); err == nil {
		t.Error("nonsense was done")
	}
	set(t, db, store.Durable, "a", "three")
	if got := all(t, db); got != "a=three" {
		t.Errorf("it holds %s", got)
	}
}

func TestMigrations(t *testing.T) {
	path := t.TempDir()
	folder, db := open(t, path, notes)
	set(t, db, store.Durable, "a", "one")
	db.Close()
	later := notes
	later.Steps = append(slices.Clone(notes.Steps), `ALTER TABLE notes ADD COLUMN more TEXT NOT NULL DEFAULT 'new'`, `UPDATE notes SET text = more`)
	other := store.Schema{Owner: "other", Steps: []string{`CREATE TABLE other (x BIGINT)`}}

	broken := later
	broken.Steps = append(slices.Clone(later.Steps), `nonsense`)
	if _, err := folder.Open(broken, other); err == nil || !strings.Contains(err.Error(), "tables of notes up to date: step 4") {
		t.Errorf("a broken step: %v", err)
	}
	db, err := folder.Open(other, later)
	if err != nil {
		t.Fatal(err)
	}
	if got := all(t, db); got != "a=new" { // no step of the failed attempt was left
		t.Errorf("it holds %s", got)
	}
	db.Close()
	if _, err := folder.Open(notes, other); !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), "notes are of version 3") {
		t.Errorf("an older program: %v", err)
	}
	db, err = folder.Open(later, other)
	if err != nil || all(t, db) != "a=new" {
		t.Fatalf("it was changed: %v", err)
	}
	db.Close()
}

func TestFolderIsForOneProcess(t *testing.T) {
	path := t.TempDir()
	folder, _ := open(t, path, notes)
	if _, err := store.Take(path); !errors.Is(err, disk.ErrTaken) {
		t.Errorf("the second: %v", err)
	}
	folder.Close()
	again, err := store.Take(path)
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

// Each damage is told as such, and the database goes aside with its log.
func TestDamage(t *testing.T) {
	for name, damage := range map[string]func(data []byte) []byte{
		"empty":   func([]byte) []byte { return nil },
		"a byte":  func([]byte) []byte { return []byte("x") },
		"cut":     func(data []byte) []byte { return data[:len(data)-4096] },
		"header":  func(data []byte) []byte { clear(data[:16]); return data },
		"foreign": func(data []byte) []byte { clear(data[68:72]); return data },
		"text":    func([]byte) []byte { return []byte(strings.Repeat("no database\n", 1000)) },
	} {
		t.Run(name, func(t *testing.T) {
			path := t.TempDir()
			folder, db := open(t, path, notes)
			for n := range 100 {
				set(t, db, store.Prompt, fmt.Sprint(n), strings.Repeat("x", 500))
			}
			db.Close()
			file := filepath.Join(path, "broadsheet.db")
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, damage(data), 0o660); err != nil {
				t.Fatal(err)
			}
			db, err = folder.Open(notes)
			if err == nil {
				err = db.Read(`SELECT text FROM notes`, func(func(...any) error) error { return nil })
				db.Close()
			}
			if !errors.Is(err, store.ErrDamaged) {
				t.Fatalf("the damage is %v", err)
			}
			if aside, err := folder.PutAside(); err != nil || aside != "broadsheet.db.bad" || !folder.HasAside() {
				t.Errorf("put aside as %q: %v", aside, err)
			}
			db, err = folder.Open(notes)
			if err != nil || all(t, db) != "" {
				t.Fatalf("a new one: %v", err)
			}
			db.Close()
		})
	}
}

func TestViewReadsWhatCannotBeWritten(t *testing.T) {
	path := t.TempDir()
	folder, db := open(t, path, notes)
	set(t, db, store.Durable, "a", "one")
	copied := t.TempDir() // as a kill leaves it
	if err := os.CopyFS(copied, os.DirFS(path)); err != nil {
		t.Fatal(err)
	}
	db.Close()
	for name, f := range map[string]*store.Folder{"closed": folder, "killed": take(t, copied)} {
		view, err := f.View()
		if err != nil {
			t.Fatal(err)
		}
		if got := all(t, view); got != "a=one" {
			t.Errorf("%s: it holds %s", name, got)
		}
		if err := view.Update(store.Durable, func(tx *store.Tx) error { return tx.Exec(put, "a", "two") }); err == nil {
			t.Errorf("%s: it was written", name)
		}
		view.Close()
	}
	if _, err := take(t, t.TempDir()).View(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is none: %v", err)
	}
}

func take(t *testing.T, path string) *store.Folder {
	t.Helper()
	f, err := store.Take(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}
