package library_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/library"
	"broadsheet/internal/source"
)

// A new file with the text of a post that is there, under another title, waits until it is
// clear that both stay, also where the texts of posts are read from their files.
func TestCopyUnderAnotherTitleWaitsWhereTextsAreNotKept(t *testing.T) {
	var body strings.Builder
	for n := range 40 {
		fmt.Fprintf(&body, "word%d ", n)
	}
	o := options()
	build := func(prev *library.Library, files map[string]string) *library.Library {
		o.Ahead = library.NewAhead(prev, o)
		var all []source.File
		for n, name := range []string{"a.md", "b.md"} {
			text, here := files[name]
			if !here {
				continue
			}
			f := source.File{Path: name, Hash: sha256.Sum256([]byte(text)), Key: uint64(n) + 1, Size: int64(len(text))}
			o.Ahead.Read(f, []byte(text))
			all = append(all, f)
		}
		return library.Build(prev, all, o)
	}
	a := "---\ntitle: A\ndate: 2026-01-01\n---\n" + body.String()
	b := "---\ntitle: B\ndate: 2026-01-02\n---\n" + body.String()
	first := build(nil, map[string]string{"a.md": a})
	if len(first.Posts) != 1 || !first.Posts[0].Apart {
		t.Fatalf("the first library has %d posts, want one without its text", len(first.Posts))
	}
	next := build(first, map[string]string{"a.md": a, "b.md": b})
	if len(next.Posts) != 1 || next.Next.IsZero() {
		t.Errorf("beside the original there are %d posts at once, and the next look is at %v", len(next.Posts), next.Next)
	}
	o.Now = next.Next
	if both := build(next, map[string]string{"a.md": a, "b.md": b}); len(both.Posts) != 2 {
		t.Errorf("once it has waited there are %d posts, want both", len(both.Posts))
	}
}
