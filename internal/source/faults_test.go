package source_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/source"
)

func TestFileThatIsNoFileAnyMoreKeepsItsLastVersion(t *testing.T) {
	tests := []struct {
		name    string
		replace func(f *folder, path string) error
		problem string
	}{
		{"pipe", func(_ *folder, path string) error { return syscall.Mkfifo(path, 0o644) },
			"a.md: this is no regular file; it is never opened; the last good version stays"},
		{"dangling link", func(_ *folder, path string) error { return os.Symlink("nowhere", path) },
			"a.md: the link leads nowhere"},
		{"link out of the folder", func(_ *folder, path string) error { return os.Symlink("/etc/passwd", path) },
			"a.md: the link leads out of the folder; the last good version stays"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFolder(t)
			f.write("a.md", "a")
			f.write("b.md", "b")
			f.scan(later)
			f.remove("a.md")
			f.check(tt.replace(f, f.path("a.md")))
			f.scan(0)
			s := f.scan(time.Hour)
			f.holds(s, "a.md: a", "b.md: b")
			f.names(s, tt.problem)
			if !s.Files[0].Stale {
				t.Error("the old bytes are not marked as stale")
			}
		})
	}
}

func TestRootThatCannotBeListedIsAnError(t *testing.T) {
	if os.Geteuid() == 0 { // root may read everything
		runAsNobody(t)
		return
	}
	f := newFolder(t)
	f.write("a.md", "a")
	f.scan(later)
	f.check(os.Chmod(f.root, 0o111))
	t.Cleanup(func() { _ = os.Chmod(f.root, 0o755) })
	if _, err := source.Scan(context.Background(), f.root, f.last, f.o); !errors.Is(err, source.ErrNoRoot) || !errors.Is(err, os.ErrPermission) {
		t.Errorf("error %v, want ErrNoRoot: an empty snapshot would take all posts away", err)
	}
}

func TestLinkToAFolderDoesNotRenameItsFiles(t *testing.T) {
	f := newFolder(t)
	f.mkdir("posts")
	f.write("posts/x.md", "x")
	f.mkdir(".hidden")
	f.write(".hidden/y.md", "y")
	f.check(os.Symlink("posts", f.path("articles"))) // before posts by name
	f.check(os.Symlink(".hidden", f.path("shown")))
	f.holds(f.scan(later), "posts/x.md: x", "shown/y.md: y")
}

func TestFoldersOnTheWayToTheRootAreVisited(t *testing.T) {
	f := newFolder(t)
	far, err := filepath.EvalSymlinks(t.TempDir())
	f.check(err)
	links := filepath.Join(far, "links")
	f.check(os.MkdirAll(links, 0o755))
	link := filepath.Join(links, "current")
	f.check(os.Symlink(f.root, link))
	f.check(os.Symlink("links/current", filepath.Join(far, "live")))
	tests := []struct {
		name, root string
		missing    bool
		want       []string
	}{
		{"a plain folder", f.root, false, []string{filepath.Dir(f.root)}},
		{"a link to a link", filepath.Join(far, "live"), false, []string{far, links, filepath.Dir(f.root)}},
		{"a link on the way", filepath.Join(link, "2026"), true, []string{links, f.root}},
		{"nothing there yet", filepath.Join(far, "not", "yet"), true, []string{far}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var visited []string
			_, err := source.Scan(context.Background(), tt.root, nil, source.Options{Visit: func(dir string) { visited = append(visited, dir) }})
			if errors.Is(err, source.ErrNoRoot) != tt.missing {
				t.Errorf("error %v", err)
			}
			for _, dir := range tt.want {
				if !slices.Contains(visited, dir) {
					t.Errorf("%s was not visited, only %q", dir, visited)
				}
			}
		})
	}
}

func TestFileThatVanishesBetweenListingAndReadingIsMissing(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.mkdir("zz")
	f.o.Visit = func(dir string) {
		if dir == f.path("zz") { // by now a.md is listed
			f.remove("a.md")
		}
	}
	f.names(f.scan(later))
	f.o.Visit = nil
	f.write("a.md", "a")
	f.scan(later)
	f.write("a.md", "new")
	f.o.Visit = func(dir string) {
		if dir == f.path("zz") {
			f.remove("a.md")
		}
	}
	s := f.scan(later)
	f.holds(s, "a.md: a")
	for _, p := range s.Problems {
		if p.File == "a.md" {
			t.Errorf("problem %v", p)
		}
	}
}

func TestTimesSetAmidAnInPlaceWriteDoNotCompleteIt(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "the old text")
	f.scan(0)
	f.write("a.md", "the ne")
	earlier := time.Now().Add(-time.Second)
	f.check(os.Chtimes(f.path("a.md"), earlier, earlier)) // as chmod does, this parts ctime from mtime
	f.now = time.Now()
	f.holds(f.scan(0), "a.md: the old text")
	f.write("a.md", "the new text")
	f.holds(f.scan(settled), "a.md: the new text")
}

func TestFileThatIsHeldOpenIsGivenLonger(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "old")
	f.scan(0)
	file, err := os.OpenFile(f.path("a.md"), os.O_WRONLY|os.O_TRUNC, 0)
	f.check(err)
	_, err = file.WriteString("half")
	f.check(err)
	f.now = time.Now()
	s := f.scan(settled)
	f.holds(s, "a.md: old")
	if len(s.Held) != 1 || s.Held[0].Path != "a.md" || s.Again <= 0 || s.Again > settled {
		t.Errorf("held back: %v, again in %v", s.Held, s.Again)
	}
	_, err = file.WriteString(" and half")
	f.check(errors.Join(err, file.Close()))
	f.now = time.Now()
	f.holds(f.scan(settled), "a.md: half and half")

	file, err = os.OpenFile(f.path("a.md"), os.O_WRONLY|os.O_APPEND, 0) // and never closed
	f.check(err)
	defer file.Close()
	_, err = file.WriteString(" more")
	f.check(err)
	f.now = time.Now()
	f.holds(f.scan(settled), "a.md: half and half")
	f.holds(f.scan(settled), "a.md: half and half more")
}

func TestSlowWriteIsTakenOnceAndWhole(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "old")
	f.scan(0)
	file, err := os.OpenFile(f.path("a.md"), os.O_WRONLY|os.O_TRUNC, 0)
	f.check(err)
	for range 5 {
		_, err = file.WriteString("x")
		f.check(err)
		f.now = time.Now()
		f.holds(f.scan(300*time.Millisecond), "a.md: old")
	}
	f.check(file.Close())
	f.now = time.Now()
	f.holds(f.scan(settled), "a.md: xxxxx")
}

// Writing to a mapped file moves its time stamps at the first byte only.
func TestChangeThatMovesNoStampIsFoundWithinTheHour(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "old")
	file, err := os.OpenFile(f.path("a.md"), os.O_RDWR, 0)
	f.check(err)
	defer file.Close()
	mapped, err := syscall.Mmap(int(file.Fd()), 0, 3, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	f.check(err)
	defer func() { f.check(syscall.Munmap(mapped)) }()
	copy(mapped, "one")
	f.scan(0) // the file is open for writing
	f.holds(f.scan(later), "a.md: one")
	f.scan(later)
	copy(mapped, "two")
	f.holds(f.scan(59*time.Minute), "a.md: one")
	f.holds(f.scan(2*time.Minute), "a.md: two")
}

// Neither says anything to somebody who watches the folder.
func TestEditFromOutsideIsFound(t *testing.T) {
	ways := map[string]func(f *folder, outside string) error{
		"hard link": func(_ *folder, outside string) error { return os.WriteFile(outside, []byte("new"), 0o644) },
		"mmap": func(f *folder, outside string) error {
			file, err := os.OpenFile(outside, os.O_RDWR, 0)
			f.check(err)
			defer file.Close()
			mapped, err := syscall.Mmap(int(file.Fd()), 0, 3, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
			f.check(err)
			copy(mapped, "new")
			return syscall.Munmap(mapped)
		},
	}
	for name, edit := range ways {
		t.Run(name, func(t *testing.T) {
			f := newFolder(t)
			f.write("a.md", "old")
			outside := f.root + "-outside.md"
			f.check(os.Link(f.path("a.md"), outside))
			f.scan(later)
			f.check(edit(f, outside))
			f.holds(f.scan(later), "a.md: new")
		})
	}
}

func TestRefusedFileIsTriedSoonThenRarely(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.scan(later)
	f.write("a.md", "")
	var waits []time.Duration
	s := f.scan(later)
	for range 9 {
		waits = append(waits, s.Again)
		f.now = f.now.Add(s.Again)
		fixed := f.now
		f.o.Now = func() time.Time { return fixed }
		var err error
		s, err = source.Scan(context.Background(), f.root, f.last, f.o)
		f.check(err)
		f.last = s
	}
	second := time.Second
	want := []time.Duration{second / 2, second / 2, second, 2 * second, 4 * second, 8 * second, 16 * second, 30 * second, 30 * second}
	if !slices.Equal(waits, want) {
		t.Errorf("tried again after %v, want %v", waits, want)
	}
	f.write("a.md", "new")
	f.holds(f.scan(later), "a.md: new")
	f.write("a.md", "")
	if s := f.scan(later); s.Again != second/2 {
		t.Errorf("a new trouble is tried again after %v", s.Again)
	}
}

func TestCopiesInConflictAreToldAndIgnored(t *testing.T) {
	f := newFolder(t)
	f.mkdir("sub")
	for _, name := range []string{"a.md", "sub/a (Ann's conflicted copy 2026-01-01).md", "a.sync-conflict-20260101-120000-ABCDEFG.md", "b.sync-conflict.png"} {
		f.write(name, "x")
	}
	for range 2 {
		s := f.scan(later)
		f.holds(s, "a.md: x")
		f.names(s, "a.sync-conflict-20260101-120000-ABCDEFG.md: this is a copy", "sub/a (Ann's conflicted copy 2026-01-01).md: this is a copy")
	}
}

func TestFilesBeyondTheLimitAreNotMissing(t *testing.T) {
	f := newFolder(t)
	f.o.MaxFiles = 30
	for i := range 30 {
		f.write(fmt.Sprintf("m%02d.md", i), fmt.Sprint(i))
	}
	f.scan(later)
	for i := range 15 { // they push as many others out
		f.write(fmt.Sprintf("a%02d.md", i), fmt.Sprint("a", i))
	}
	s := f.scan(later)
	f.names(s, "there are more files than Broadsheet reads") // and none that says that many are missing
	if len(s.Files) != 30 || s.Files[29].Path != "m14.md" || len(s.Held) != 0 {
		t.Errorf("%d files, the last is %s; held back: %v", len(s.Files), s.Files[len(s.Files)-1].Path, s.Held)
	}
}

func TestMissingFileIsNamedAsHeldBack(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.write("b.md", "b")
	f.scan(later)
	f.remove("a.md")
	if s := f.scan(0); len(s.Held) != 1 || s.Held[0].Path != "a.md" {
		t.Errorf("held back: %v", s.Held)
	}
	if s := f.scan(later); len(s.Held) != 0 {
		t.Errorf("held back: %v", s.Held)
	}
}
