package texts_test

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"broadsheet/internal/source/internal/texts"
)

// What was asked for lately is kept, up to the bound; the rest is read again.
func TestStoreKeepsWhatWasAskedForLately(t *testing.T) {
	store := texts.New(10)
	root := t.TempDir()
	store.LieIn(root)
	hash := map[string][32]byte{}
	add := func(text string) {
		hash[text] = sha256.Sum256([]byte(text))
		store.Add(hash[text], []byte(text))
	}
	// There is no file: what the store gives, it has kept.
	kept := func(text string) bool {
		data, err := store.Of("a.md", hash[text], int64(len(text)))
		if err != nil && !errors.Is(err, texts.ErrChanged) || err == nil && string(data) != text {
			t.Errorf("%s: %q, %v", text, data, err)
		}
		return err == nil
	}
	add("four")
	add("five!")
	if !kept("four") || !kept("five!") || !kept("four") {
		t.Error("nine bytes of ten are not kept")
	}
	add("six")
	if kept("five!") || !kept("four") || !kept("six") {
		t.Error("the one that was asked for first does not go first")
	}
	add("more than there is room for")
	if kept("more than there is room for") || !kept("four") || !kept("six") {
		t.Error("a text that is too large takes the place of others")
	}
	if err := os.WriteFile(filepath.Join(root, "a.md"), []byte("five!"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !kept("five!") {
		t.Error("a text that is not kept is not read again")
	}
}
