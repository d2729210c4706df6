package source_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/source"
)

// skews are how far our clock is from that of whoever stamps the files.
var skews = []time.Duration{-26 * 365 * 24 * time.Hour, -time.Hour, -5 * time.Second, -300 * time.Millisecond, 0, 300 * time.Millisecond, 5 * time.Second, time.Hour}

// withSkews runs a test by clocks that are ahead and behind. The clock of the
// folder moves only when it is told.
func withSkews(t *testing.T, test func(f *folder)) {
	for _, skew := range skews {
		t.Run(fmt.Sprint("our clock is off by ", skew), func(t *testing.T) {
			f := newFolder(t)
			now := time.Now().Add(skew)
			f.o.Now = func() time.Time { return now }
			f.tick = func(d time.Duration) { now = now.Add(d) }
			test(f)
		})
	}
}

// after lets so much time pass and looks once.
func (f *folder) after(d time.Duration) *source.Snapshot {
	f.t.Helper()
	f.tick(d)
	s, err := source.Scan(context.Background(), f.root, f.last, f.o)
	f.check(err)
	f.last = s
	return s
}

const pause = 200 * time.Millisecond

func TestHalfAFileIsNeverTakenWhateverTheClocks(t *testing.T) {
	// Each way of writing ends a chunk; file is open all the time.
	ways := map[string]func(f *folder, file *os.File, chunk string){
		"the file stays open": func(f *folder, file *os.File, chunk string) {
			_, err := file.WriteString(chunk)
			f.check(err)
		},
		"it is dated ahead": func(f *folder, file *os.File, chunk string) {
			_, err := file.WriteString(chunk)
			f.check(err)
			f.date(file.Name(), 5*time.Second)
		},
		"it is dated back": func(f *folder, file *os.File, chunk string) {
			_, err := file.WriteString(chunk)
			f.check(err)
			f.date(file.Name(), -5*time.Second)
		},
		"it is closed between chunks and dated back": func(f *folder, file *os.File, chunk string) {
			_ = file.Close()
			f.append(file.Name(), chunk)
			f.date(file.Name(), -5*time.Second)
		},
		"it is closed between chunks and given rights": func(f *folder, file *os.File, chunk string) {
			_ = file.Close()
			f.append(file.Name(), chunk)
			f.check(os.Chmod(file.Name(), 0o640))
		},
	}
	for name, write := range ways {
		for _, existing := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", existing ", existing), func(t *testing.T) {
				withSkews(t, func(f *folder) {
					f.write("other.md", "other")
					before := []string{"other.md: other"}
					if existing {
						f.write("a.md", "before")
						before = []string{"a.md: before", "other.md: other"}
					}
					f.after(0)
					f.after(later)
					file, err := os.Create(f.path("a.md"))
					f.check(err)
					defer file.Close()
					for range 20 {
						write(f, file, "part ")
						f.holds(f.after(pause), before...)
					}
					_ = file.Close()
					f.holds(f.after(400*time.Millisecond), before...)
					f.holds(f.after(pause), "a.md: "+strings.Repeat("part ", 20), "other.md: other")
				})
			})
		}
	}
}

// date sets when the file was modified, which is how far from now.
func (f *folder) date(name string, off time.Duration) {
	f.t.Helper()
	at := time.Now().Add(off)
	f.check(os.Chtimes(name, at, at))
}

func (f *folder) append(name, text string) {
	f.t.Helper()
	file, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	f.check(err)
	_, err = file.WriteString(text)
	f.check(err)
	f.check(file.Close())
}

func TestWholeFileIsTakenAtOnceWhateverTheClocks(t *testing.T) {
	withSkews(t, func(f *folder) {
		f.write("a.md", "a")
		f.write("b.md", "b")
		f.after(0)
		f.after(later)
		f.save("a.md", "saved")
		f.holds(f.after(0), "a.md: saved", "b.md: b")
		f.save("new.md", "new")
		f.holds(f.after(0), "a.md: saved", "b.md: b", "new.md: new")
		before := keys(f.last)
		f.check(os.Rename(f.path("b.md"), f.path("c.md")))
		f.write("d.md", "the last change of the folder is another file's")
		f.holds(f.after(0), "a.md: saved", "c.md: b", "new.md: new")
		if f.last.Files[1].Key != before["b.md"] {
			t.Error("c.md is another file than b.md was")
		}
	})
}

func TestFileThatIsWrittenDuringTheFirstScanWaits(t *testing.T) {
	withSkews(t, func(f *folder) {
		f.o.Media = isSound
		f.write("a.md", "a")
		half, err := os.Create(f.path("half.md"))
		f.check(err)
		sound, err := os.Create(f.path("half.mp3"))
		f.check(err)
		for _, file := range []*os.File{half, sound} {
			_, err = file.WriteString("half")
			f.check(err)
		}
		s := f.after(0)
		f.holds(s, "a.md: a")
		f.listed(s)
		if len(s.Held) != 1 || s.Held[0].Path != "half.md" || s.Again <= 0 || s.Again > settled {
			t.Errorf("held back: %v, again in %v", s.Held, s.Again)
		}
		for _, file := range []*os.File{half, sound} {
			_, err = file.WriteString(" and half")
			f.check(err)
			f.check(file.Close())
		}
		f.after(pause)
		s = f.after(settled)
		f.holds(s, "a.md: a", "half.md: half and half")
		f.listed(s, "half.mp3 13")
	})
}

func TestMediaFileIsListedWhenTwoLooksFindItTheSame(t *testing.T) {
	withSkews(t, func(f *folder) {
		f.o.Media = isSound
		f.after(0)
		for n := range 10 {
			f.write("a.mp3", strings.Repeat("x", n+1))
			f.listed(f.after(pause))
		}
		f.listed(f.after(settled), "a.mp3 10")
		f.write("a.mp3", "anew")
		f.listed(f.after(pause), "a.mp3 10")
		f.listed(f.after(settled), "a.mp3 4")
	})
}

// A file system that dates by the second shows two saves in one second as one.
func TestSecondSaveWithTheSameStampsIsFound(t *testing.T) {
	withSkews(t, func(f *folder) {
		f.write("a.md", "a")
		f.after(0)
		read := 0
		f.o.Progress = func(n int) { read += n }
		if s := f.after(pause); read != 0 || s.Again <= 0 || s.Again > 2*time.Second {
			t.Errorf("%d files were read, again in %v", read, s.Again)
		}
		if s := f.after(2 * time.Second); read != 1 || s.Again != 0 {
			t.Errorf("%d files were read, again in %v", read, s.Again)
		}
		f.after(later)
		if read != 1 {
			t.Errorf("%d files were read", read)
		}
	})
}
