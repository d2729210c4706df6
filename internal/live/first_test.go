package live_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/internal/live"
)

func TestFirstEditionWaitsForAFileThatIsBeingWritten(t *testing.T) {
	whole := post("Two", "1999-01-02")
	begin := func(f *fixture) *os.File {
		made := f.root + ".made" // the folder is never there without the file
		f.check(os.MkdirAll(made, 0o755))
		file, err := os.Create(filepath.Join(made, "two.md"))
		f.check(err)
		_, err = file.WriteString(whole[:20])
		f.check(err)
		f.check(os.Rename(made, f.root))
		return file
	}
	t.Run("and is whole in time", func(t *testing.T) {
		inVirtualTime(t, nil, live.Options{}, func(f *fixture) {
			file := begin(f)
			f.write(map[string]string{"one.md": post("One", "1999-01-01")})
			for i := range whole[20:] {
				f.after(100 * time.Millisecond)
				_, err := file.WriteString(whole[20+i : 21+i])
				f.check(err)
			}
			if f.Edition() != nil {
				t.Errorf("half a folder was published: %s", f.feed())
			}
			f.check(file.Close())
			f.after(1500 * time.Millisecond)
			if !f.shows("One")() || !f.shows("Two")() {
				t.Errorf("feed: %q", f.feed())
			}
		})
	})
	t.Run("and is not", func(t *testing.T) {
		inVirtualTime(t, nil, live.Options{}, func(f *fixture) {
			file := begin(f)
			defer file.Close()
			f.write(map[string]string{"one.md": post("One", "1999-01-01")})
			for range 32 { // it grows all the time
				f.after(250 * time.Millisecond)
				_, err := file.WriteString(" ")
				f.check(err)
			}
			if !f.shows("One")() || f.shows("Two")() || f.Status().Scan.Held != 1 {
				t.Errorf("feed: %q, held back %d", f.feed(), f.Status().Scan.Held)
			}
		})
	})
}

// The virtual clock is many years behind that of the files.
func TestSaveIsPublishedWholeWhereTheClocksDiffer(t *testing.T) {
	inVirtualTime(t, map[string]string{"one.md": post("One", "1999-01-01")}, live.Options{}, func(f *fixture) {
		<-f.First()
		whole := post("Two", "1999-01-02") + "The last word.\n"
		file, err := os.Create(filepath.Join(f.root, "two.md"))
		f.check(err)
		for i := range len(whole) {
			_, err := file.WriteString(whole[i : i+1])
			f.check(err)
			f.after(200 * time.Millisecond)
			if f.shows("Two")() {
				t.Fatalf("half a post was published: %s", f.feed())
			}
		}
		f.check(file.Close())
		f.after(3500 * time.Millisecond) // polled, and looked at twice
		if !f.shows("The last word.")() {
			t.Errorf("feed: %s", f.feed())
		}
	})
}
