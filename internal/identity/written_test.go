package identity_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"testing"

	"broadsheet/internal/identity"
	"broadsheet/internal/store"
)

// A database of 100,000 posts holds as many rows: hashes and sketches are written as text,
// and held as what they are.
func TestIdentitiesAreReadAsTheyWereWritten(t *testing.T) {
	sum := sha256.Sum256([]byte("a file"))
	sketch := identity.Sketch([]byte("one two three four five six seven eight nine ten"))
	want := identity.Row{File: "a.md", Identity: identity.Identity{ID: "a", Hash: string(sum[:]), Path: "/a/", Title: "t", Text: sketch}, Days: -1}
	folder, err := store.Take(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	db, err := folder.Open(identity.Schema)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(store.Durable, func(tx *store.Tx) error { return identity.Save(tx, want) }); err != nil {
		t.Fatal(err)
	}
	if err := identity.Load(db, func(got identity.Row) {
		if got != want {
			t.Errorf("read %+v, want %+v", got, want)
		}
	}); err != nil {
		t.Fatal(err)
	}
	var legacy identity.Identity
	text := fmt.Sprintf(`{"id": "a", "hash": "%x", "path": "/a/", "title": "t", "text": %q}`, sum, base64.RawStdEncoding.EncodeToString([]byte(sketch)))
	if err := json.Unmarshal([]byte(text), &legacy); err != nil || legacy != want.Identity {
		t.Errorf("%v: read %+v, want %+v", err, legacy, want.Identity)
	}
	if len(sum) != len(want.Hash) || len(sketch)%4 != 0 || len(sketch) > 64 {
		t.Errorf("a hash takes %d bytes, a sketch %d", len(want.Hash), len(sketch))
	}
}
