package source_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/source"
)

// has reports whether a file is shown, as missing or not.
func has(s *source.Snapshot, path string) bool {
	return slices.ContainsFunc(s.Files, func(f source.File) bool { return f.Path == path })
}

// A new file may hold what a missing one did. However seldom somebody looks, the missing one
// stays until the new one can be read.
func TestMissingFileStaysUntilANewOneCanBeRead(t *testing.T) {
	for _, until := range []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second, 7 * time.Second} {
		f := newFolder(t)
		f.write("a.md", "a")
		f.write("z.md", "z")
		f.scan(later)
		f.rename("a.md", "a.old") // and its inode is not that of the next file
		f.holds(f.scan(0), "a.md: a", "z.md: z")
		f.write("b.md", "b")
		f.last = f.look(until)
		f.holds(f.last, "a.md: a", "z.md: z")
		f.holds(f.scan(600*time.Millisecond), "a.md: a", "b.md: b", "z.md: z")
		f.scan(later)
		f.holds(f.scan(later), "b.md: b", "z.md: z")
	}
}

// Programs that write new files all the time keep nothing for ever that is missing.
func TestMissingFileGoesInTheEndThoughNewOnesCome(t *testing.T) {
	const between = 400 * time.Millisecond
	f := newFolder(t)
	f.write("a.md", "a")
	f.write("z.md", "z")
	f.scan(later)
	f.rename("a.md", "a.old")
	gone := time.Duration(0)
	for n := 0; has(f.scan(between), "a.md"); n++ {
		gone += between
		f.write(fmt.Sprint("b", n, ".md"), "b") // and the one before goes
		if n > 0 {
			f.remove(fmt.Sprint("b", n-1, ".md"))
		}
		if gone > time.Minute {
			t.Fatal("it is there after a minute")
		}
	}
	if gone < 8*time.Second || gone > 11*time.Second {
		t.Errorf("it stayed for %v", gone)
	}
}
