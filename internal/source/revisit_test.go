package source_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/source"

	"github.com/google/go-cmp/cmp"
)

// revisit looks at these names only, and at everything, at the same moment and
// from the same knowledge, and fails the test if the first says anything else
// than the second. It returns what the first said, nil if nothing.
func (f *folder) revisit(after time.Duration, names ...string) *source.Snapshot {
	f.t.Helper()
	for i, name := range names {
		if !filepath.IsAbs(name) {
			names[i] = f.path(name)
		}
	}
	f.now = f.now.Add(after)
	now := f.now
	f.o.Now = func() time.Time { return now }
	quick := source.Revisit(context.Background(), f.root, f.last, names, f.o)
	whole, err := source.Scan(context.Background(), f.root, f.last, f.o)
	f.check(err)
	f.last = whole
	if quick != nil {
		if diff := cmp.Diff(seen(whole), seen(quick)); diff != "" {
			f.t.Errorf("a scan says -, looking at %q says +:\n%s", names, diff)
		}
	}
	return quick
}

// seen is what a snapshot shows to its users.
func seen(s *source.Snapshot) []string {
	list := []string{fmt.Sprint(s.Root, " ", s.Dirs, " folders, again in ", s.Again)}
	for _, file := range s.Files {
		list = append(list, fmt.Sprintf("%s: %q, key %d, stale %v, missing %v, of %v", file.Path, file.Data, file.Key, file.Stale, file.Missing, file.Modified))
	}
	for _, m := range s.Media {
		list = append(list, fmt.Sprint(m.Path, ": ", m.Size, " bytes"))
	}
	for _, p := range s.Problems {
		list = append(list, p.Error())
	}
	for _, h := range s.Held {
		list = append(list, fmt.Sprint(h.Path, " held back: ", h.Why))
	}
	return list
}

func TestRevisitSaysWhatAScanSays(t *testing.T) {
	const told, untold = true, false // whether names can tell, or only a scan
	tests := []struct {
		name  string
		do    func(f *folder)
		names []string
		after time.Duration
		told  bool
	}{
		{"nothing", func(*folder) {}, []string{"a.md"}, later, told},
		{"an edit in place", func(f *folder) { f.write("a.md", "edited") }, []string{"a.md"}, later, told},
		{"an edit that is not settled", func(f *folder) { f.write("a.md", "edited"); f.now = time.Now() }, []string{"a.md"}, 0, told},
		{"an atomic save", func(f *folder) { f.save("a.md", "saved"); f.now = time.Now() }, []string{"a.md", "save.tmp"}, 0, told},
		{"a racy file", func(f *folder) { f.save("a.md", "saved"); f.now = time.Now() }, []string{"a.md"}, time.Second, told},
		{"a new file", func(f *folder) { f.write("new.md", "new") }, []string{"new.md"}, later, told},
		{"a new file first by name", func(f *folder) { f.write("0.md", "new") }, []string{"0.md"}, later, told},
		{"a new file in a folder", func(f *folder) { f.write("sub/new.md", "new") }, []string{"sub/new.md"}, later, told},
		{"a new file that is not settled", func(f *folder) { f.write("new.md", "new"); f.now = time.Now() }, []string{"new.md"}, 0, told},
		{"a deleted file", func(f *folder) { f.remove("a.md") }, []string{"a.md"}, 0, told},
		{"a file deleted and made anew", func(f *folder) { f.remove("a.md"); f.save("a.md", "anew") }, []string{"a.md", "a.md", "save.tmp"}, 0, told},
		{"a renamed file", func(f *folder) { f.check(os.Rename(f.path("a.md"), f.path("z.md"))) }, []string{"a.md", "z.md"}, 0, told},
		{"a file moved into a folder", func(f *folder) { f.check(os.Rename(f.path("a.md"), f.path("sub/a.md"))) }, []string{"a.md", "sub/a.md"}, 0, told},
		{"two files exchanged", func(f *folder) {
			f.check(os.Rename(f.path("a.md"), f.path("x.tmp")))
			f.check(os.Rename(f.path("b.md"), f.path("a.md")))
			f.check(os.Rename(f.path("x.tmp"), f.path("b.md")))
		}, []string{"a.md", "b.md", "x.tmp"}, later, told},
		{"a changed case", func(f *folder) { f.check(os.Rename(f.path("a.md"), f.path("A.md"))) }, []string{"a.md", "A.md"}, 0, told},
		{"an ignored name", func(f *folder) { f.write(".a.md.swp", "x") }, []string{".a.md.swp"}, later, told},
		{"a name that is no post's", func(f *folder) { f.write("notes.txt", "x") }, []string{"notes.txt"}, later, told},
		{"a name that was never there", func(*folder) {}, []string{"phantom.md"}, later, told},
		{"an emptied file", func(f *folder) { f.write("a.md", "") }, []string{"a.md"}, later, told},
		{"a file that is too large", func(f *folder) { f.write("a.md", strings.Repeat("x", 2000)) }, []string{"a.md"}, later, told},
		{"a file beside one with a problem", func(f *folder) { f.write("b.md", ""); f.scan(later); f.save("a.md", "saved") }, []string{"a.md"}, 0, told},
		{"a file beside a copy in conflict", func(f *folder) { f.write("c.sync-conflict.md", "x"); f.scan(later); f.save("a.md", "saved") }, []string{"a.md"}, 0, told},
		{"a file beside one that is missing", func(f *folder) { f.remove("b.md"); f.scan(0); f.save("a.md", "saved") }, []string{"a.md"}, 0, told},

		{"a pipe", func(f *folder) { f.check(syscall.Mkfifo(f.path("pipe.md"), 0o644)) }, []string{"pipe.md"}, later, untold},
		{"a file turned into a folder", func(f *folder) { f.remove("a.md"); f.mkdir("a.md") }, []string{"a.md"}, later, untold},
		{"a link", func(f *folder) { f.check(os.Symlink("a.md", f.path("link.md"))) }, []string{"link.md"}, later, untold},
		{"a file beside a link", func(f *folder) { f.check(os.Symlink("a.md", f.path("l.md"))); f.scan(later); f.save("a.md", "saved") }, []string{"a.md"}, 0, untold},
		{"a new folder", func(f *folder) { f.mkdir("made") }, []string{"made"}, later, untold},
		{"a file in a new folder", func(f *folder) { f.mkdir("made"); f.write("made/x.md", "x") }, []string{"made/x.md"}, later, untold},
		{"a deleted folder", func(f *folder) { f.remove("sub") }, []string{"sub"}, 0, untold},
		{"a file in a deleted folder", func(f *folder) { f.remove("sub") }, []string{"sub/c.md", "sub"}, 0, untold},
		{"a renamed folder", func(f *folder) { f.check(os.Rename(f.path("sub"), f.path("bus"))) }, []string{"sub", "bus"}, 0, untold},
		{"a media file", func(f *folder) { f.write("a.mp3", "sound") }, []string{"a.mp3"}, later, untold},
		{"a copy in conflict", func(f *folder) { f.write("a.sync-conflict.md", "x") }, []string{"a.sync-conflict.md"}, later, untold},
		{"a name outside", func(f *folder) { f.write("../outside.md", "x") }, []string{"../outside.md"}, later, told},
		{"a name that leads elsewhere", func(*folder) {}, []string{"/etc/passwd"}, later, told},
		{"the root itself", func(*folder) {}, []string{"."}, later, untold},
		{"the root replaced", func(f *folder) {
			f.check(os.Rename(f.root, f.root+"-gone"))
			f.mkdir("")
			f.write("a.md", "other")
		}, []string{"a.md"}, later, untold},
		{"too many names", func(*folder) {}, manyNames(101), later, untold},
		{"a file beyond the limit", func(f *folder) { f.o.MaxFiles = 3; f.write("x.md", "x") }, []string{"x.md"}, later, untold},
		{"many files missing", func(f *folder) {
			for _, name := range manyNames(20) {
				f.write(name, name)
			}
			f.scan(later)
			for _, name := range manyNames(20) {
				f.remove(name)
			}
			f.scan(0)
		}, manyNames(20), 0, untold},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFolder(t)
			f.o.Media, f.o.MaxSize = isSound, 1000
			f.mkdir("sub")
			f.write("a.md", "a")
			f.write("b.md", "b")
			f.write("sub/c.md", "c")
			f.scan(later)
			tt.do(f)
			if got := f.revisit(tt.after, tt.names...) != nil; got != tt.told {
				t.Errorf("names tell: %v, want %v", got, tt.told)
			}
			f.revisit(later)
		})
	}
}

func manyNames(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("many-%d.md", i)
	}
	return names
}

func TestRevisitOpensNoOtherFile(t *testing.T) {
	f := newFolder(t)
	for i := range 50 {
		f.write(fmt.Sprintf("%d.md", i), "text")
	}
	f.scan(later)
	f.save("7.md", "saved")
	read := 0
	f.o.Progress = func(n int) { read += n }
	f.o.Visit = func(dir string) { t.Errorf("%s was listed", dir) }
	if s := source.Revisit(context.Background(), f.root, f.last, []string{f.path("7.md")}, f.o); s == nil || read != 1 {
		t.Errorf("%d files were read, %v", read, s)
	}
	if source.Revisit(context.Background(), f.root, nil, []string{f.path("7.md")}, f.o) != nil {
		t.Error("without a snapshot, names tell nothing")
	}
}

// What happens beside the folder, in a log for instance, says nothing of it; what happens to
// folders around it may, and so may names that lead into it.
func TestNamesBesideTheFolderTellNothing(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "text")
	f.scan(later)
	above, link := filepath.Dir(f.root), f.root+"-link"
	f.check(os.Symlink(f.root, link))
	for name, told := range map[string]bool{
		filepath.Join(above, "broadsheet.log"): true,
		f.root + "-2":                          true,
		link:                                   true, // the name of the root leads elsewhere
		filepath.Join(link, "a.md"):            false,
		filepath.Join(above, "gone", "b.log"):  false,
		f.root:                                 false,
		above:                                  false,
		string(filepath.Separator):             false,
	} {
		if s := f.revisit(0, name); (s != nil) != told {
			t.Errorf("%s tells enough: %v", name, !told)
		}
	}
}

// Whatever happens to a folder: where the names of all that was touched tell
// anything, they tell what a scan tells.
func TestRevisitOfRandomChanges(t *testing.T) {
	many := uint64(30)
	if testing.Short() {
		many = 5
	}
	for seed := range many {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			dice := rand.New(rand.NewPCG(seed, 1))
			f := newFolder(t)
			f.o.Media = isSound
			for _, dir := range []string{"", "x/", "y/"} {
				f.mkdir(dir)
				for _, name := range []string{"a.md", "b.md", "c.md"} {
					f.write(dir+name, dir+name)
				}
			}
			f.scan(later)
			told := 0
			for range 40 {
				var touched []string
				for range 1 + dice.IntN(3) {
					touched = append(touched, f.change(dice)...)
				}
				after := []time.Duration{0, 100 * time.Millisecond, settled, 2 * time.Second, later, time.Minute}[dice.IntN(6)]
				if f.revisit(after, touched...) != nil {
					told++
				}
			}
			if told == 0 {
				t.Error("names never told anything; the test is void")
			}
		})
	}
}

// Whoever looks by name alone, time after time, sees what whoever scans each time
// sees: files that wait, are missing, are renamed while they wait, or may have changed
// unnoticed are followed through all of it.
func TestChainOfRevisitsSaysWhatScansSay(t *testing.T) {
	from, to := uint64(1), uint64(41)
	if *seeds != 0 {
		from, to = *seeds, *seeds+1
	}
	waits := []time.Duration{0, 20 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, 499 * time.Millisecond, settled,
		1500 * time.Millisecond, 2 * time.Second, 3500 * time.Millisecond, later, time.Minute}
	for seed := from; seed < to; seed++ {
		dice := rand.New(rand.NewPCG(seed, 3))
		f := newFolder(t)
		f.o.Media = isSound
		for _, dir := range []string{"", "x/", "y/"} {
			f.mkdir(dir)
			for _, name := range []string{"a.md", "b.md", "c.md", "s.mp3"} {
				f.write(dir+name, dir+name)
			}
		}
		scanned := f.scan(later)
		byName, told := scanned, 0
		for step := range 80 {
			var touched []string
			if dice.IntN(2) == 0 {
				for range 1 + dice.IntN(3) {
					touched = append(touched, f.changeMore(dice)...)
				}
			}
			for i, name := range touched {
				touched[i] = f.path(name)
			}
			f.last = scanned
			after := waits[dice.IntN(len(waits))]
			if dice.IntN(2) == 0 && scanned.Again > 0 {
				after = scanned.Again
			}
			scanned = f.look(after)
			if s := source.Revisit(t.Context(), f.root, byName, touched, f.o); s != nil {
				byName, told = s, told+1
			} else {
				f.last = byName
				byName = f.look(0)
			}
			if diff := cmp.Diff(seen(scanned), seen(byName)); diff != "" || byName.Differs(scanned) {
				t.Fatalf("-follow.seed %d, step %d, after %v and %q: scans say -, looks by name +:\n%s", seed, step, after, touched, diff)
			}
		}
		if told < 20 {
			t.Errorf("seed %d: names told something %d times only", seed, told)
		}
	}
}

// changeMore does what change does, or what programs do in several steps.
func (f *folder) changeMore(dice *rand.Rand) []string {
	name := func() string {
		return []string{"", "", "x/", "y/"}[dice.IntN(4)] + []string{"a.md", "b.md", "c.md", "d.md"}[dice.IntN(4)]
	}
	a, b := name(), name()
	switch dice.IntN(8) {
	case 0: // the one for the other
		_ = os.Rename(f.path(a), f.path("x.tmp"))
		_ = os.Rename(f.path(b), f.path(a))
		_ = os.Rename(f.path("x.tmp"), f.path(b))
		return []string{"x.tmp", a, b}
	case 1: // renamed and edited
		_ = os.Rename(f.path(a), f.path(b))
		_ = os.WriteFile(f.path(b), []byte(fmt.Sprint("edited ", dice.IntN(5))), 0o644)
		return []string{a, b}
	case 2: // copied and deleted
		if text, err := os.ReadFile(f.path(a)); err == nil {
			_ = os.WriteFile(f.path(b), text, 0o644)
			_ = os.Remove(f.path(a))
		}
		return []string{a, b}
	case 3: // each to the next name
		c := name()
		_ = os.Rename(f.path(b), f.path(c))
		_ = os.Rename(f.path(a), f.path(b))
		return []string{a, b, c}
	}
	return f.change(dice)
}

// change does something at random and returns the names that it touched.
func (f *folder) change(dice *rand.Rand) []string {
	name := func() string {
		return []string{"", "", "x/", "y/"}[dice.IntN(4)] + []string{"a.md", "b.md", "c.md", "d.md", "e.md", "s.mp3", ".hidden.md", "f.txt"}[dice.IntN(8)]
	}
	a, b, text := name(), name(), fmt.Sprint("text ", dice.IntN(5))
	switch dice.IntN(12) {
	case 0, 1, 2:
		_ = os.WriteFile(f.path(a), []byte(text), 0o644)
		return []string{a}
	case 3, 4, 5:
		f.write("save.tmp", text)
		_ = os.Rename(f.path("save.tmp"), f.path(a))
		return []string{"save.tmp", a}
	case 6, 7:
		_ = os.Remove(f.path(a))
		return []string{a}
	case 8, 9:
		_ = os.Rename(f.path(a), f.path(b))
		return []string{a, b}
	case 10:
		_ = os.WriteFile(f.path(a), nil, 0o644)
		return []string{a}
	}
	if dice.IntN(4) > 0 { // folders come and go more rarely
		_ = os.Chmod(f.path(a), 0o600)
		return []string{a}
	}
	dir := []string{"x", "y"}[dice.IntN(2)]
	if os.Mkdir(f.path(dir), 0o755) != nil {
		_ = os.RemoveAll(f.path(dir))
	}
	return []string{dir}
}
