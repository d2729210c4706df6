package library_test

import (
	"crypto/sha256"
	"testing"

	"broadsheet/internal/library"
	"broadsheet/internal/source"
)

// A file that gets another name, and then cannot be read, keeps its post; and whoever asks
// for the text, or for the files that it names, is told rather than failed.
func TestPostOfAMovedFileThatCannotBeReadIsAskedForSafely(t *testing.T) {
	text := []byte("---\ntitle: A\ndate: 2026-01-01\nimage: gone.png\n---\ntext")
	o := options()
	o.Ahead = library.NewAhead(nil, o)
	f := source.File{Path: "a.md", Hash: sha256.Sum256(text), Key: 1, Size: int64(len(text))}
	o.Ahead.Read(f, text)
	first := library.Build(nil, []source.File{f}, o)
	f.Path, f.Hash, o.Ahead = "b.md", sha256.Sum256([]byte("other")), nil
	next := library.Build(first, []source.File{f}, o)
	if len(next.Posts) != 1 {
		t.Fatalf("there are %d posts, want one", len(next.Posts))
	}
	if was, is := first.Posts[0], next.Posts[0]; is.Path != "b.md" || is.ID != was.ID || is.Title != "A" {
		t.Errorf("the post of %s is %q with id %s, want that of b.md with %s", is.Path, is.Title, is.ID, was.ID)
	}
	if _, err := next.Whole(next.Posts[0]); err == nil {
		t.Error("a text that is lost is found")
	}
	if lost := next.Lost(); len(lost) != 1 {
		t.Errorf("the files that are not there are %v, want one", lost)
	}
}
