package source_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/source"

	"github.com/google/go-cmp/cmp"
)

// folder is a real folder under test, with a clock that moves when it is told.
type folder struct {
	t    *testing.T
	root string
	now  time.Time
	last *source.Snapshot
	tick func(time.Duration) // moves a clock of another kind; see withSkews
	o    source.Options
}

func newFolder(t *testing.T) *folder {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := &folder{t: t, root: filepath.Join(root, "posts"), now: time.Now()}
	f.mkdir("")
	return f
}

func (f *folder) path(name string) string { return filepath.Join(f.root, name) }

func (f *folder) check(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) mkdir(name string) { f.t.Helper(); f.check(os.MkdirAll(f.path(name), 0o755)) }

// write writes in place, as a program does that opens and saves.
func (f *folder) write(name, text string) {
	f.t.Helper()
	f.check(os.WriteFile(f.path(name), []byte(text), 0o644))
}

// save writes under another name and renames, as careful programs do. The
// bytes are older than the name, by a tick of the file system's clock.
func (f *folder) save(name, text string) {
	f.t.Helper()
	f.write("save.tmp", text)
	for parted := false; !parted; {
		f.check(os.Rename(f.path("save.tmp"), f.path("saved.tmp")))
		f.check(os.Rename(f.path("saved.tmp"), f.path("save.tmp")))
		info, err := os.Stat(f.path("save.tmp"))
		f.check(err)
		changed := info.Sys().(*syscall.Stat_t).Ctim
		parted = time.Unix(changed.Unix()).After(info.ModTime())
	}
	f.check(os.Rename(f.path("save.tmp"), f.path(name)))
}

func (f *folder) remove(name string) { f.t.Helper(); f.check(os.RemoveAll(f.path(name))) }

// scan scans after so much time. It looks before that time, too, if there is a
// file then that has to be found the same twice.
func (f *folder) scan(after time.Duration) *source.Snapshot {
	f.t.Helper()
	if f.last != nil && after > 0 {
		if before := f.look(0); slices.ContainsFunc(before.Held, func(h source.Held) bool { return !strings.Contains(h.Why, "missing") }) {
			f.last = before
		}
	}
	f.last = f.look(after)
	return f.last
}

// look returns what a scan says after so much time.
func (f *folder) look(after time.Duration) *source.Snapshot {
	f.t.Helper()
	f.now = f.now.Add(after)
	now := f.now
	f.o.Now = func() time.Time { return now }
	s, err := source.Scan(context.Background(), f.root, f.last, f.o)
	f.check(err)
	return s
}

// holds compares a snapshot with "path: text" lines.
func (f *folder) holds(s *source.Snapshot, want ...string) {
	f.t.Helper()
	got := []string{}
	for _, file := range s.Files {
		got = append(got, file.Path+": "+string(file.Data))
	}
	if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
		f.t.Errorf("want -, got +:\n%s", diff)
	}
}

// names compares the problems with "path: text" beginnings.
func (f *folder) names(s *source.Snapshot, want ...string) {
	f.t.Helper()
	if len(s.Problems) != len(want) {
		f.t.Fatalf("problems: %v, want %q", s.Problems, want)
	}
	for i, p := range s.Problems {
		if !strings.HasPrefix(p.Error(), want[i]) {
			f.t.Errorf("problem %q, want %q", p.Error(), want[i])
		}
	}
}

const (
	settled = 600 * time.Millisecond // longer than Settle
	later   = 3 * time.Second        // longer than everything but Hold

	confirmed = 250 * time.Millisecond // after so long a new tree is what the root now is
)

func TestFirstScanFindsPostsAtAnyDepth(t *testing.T) {
	f := newFolder(t)
	f.mkdir("2026/deep")
	f.write("b.md", "b")
	f.write("a.Markdown", "a")
	f.write("2026/deep/c.html", "c")
	f.write("picture.png", "x")
	f.write("broadsheet.yaml", "x")
	s := f.scan(0)
	f.holds(s, "2026/deep/c.html: c", "a.Markdown: a", "b.md: b")
	f.names(s)
	if s.Dirs != 3 || s.Root != f.root {
		t.Errorf("%d folders in %s", s.Dirs, s.Root)
	}
}

func TestUnchangedFileIsNotReadAgain(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.scan(0)
	first := f.scan(later)
	read := 0
	f.o.Progress = func(n int) { read += n }
	second := f.scan(0)
	if read != 0 || &first.Files[0].Data[0] != &second.Files[0].Data[0] || second.Again != 0 {
		t.Errorf("read %d files, again in %v", read, second.Again)
	}
}

func TestTouchedFileKeepsItsBytes(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	first := f.scan(later)
	f.check(os.Chtimes(f.path("a.md"), time.Unix(1, 0), time.Unix(1, 0)))
	second := f.scan(later)
	if &first.Files[0].Data[0] != &second.Files[0].Data[0] || second.Files[0].Hash != first.Files[0].Hash {
		t.Error("equal bytes were not shared")
	}
	if !second.Files[0].Modified.Time().Equal(time.Unix(1, 0)) {
		t.Errorf("modified %v", second.Files[0].Modified)
	}
}

func TestAtomicRenameIsTakenAtOnce(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "old")
	f.scan(later)
	f.save("a.md", "new")
	f.save("b.md", "b")
	f.holds(f.scan(0), "a.md: new", "b.md: b")
}

func TestReplacedFileIsTakenOnceItIsClosed(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "old")
	f.scan(0)
	// Written and renamed so fast that the time stamps cannot tell.
	f.write("save.tmp", "new")
	f.check(os.Rename(f.path("save.tmp"), f.path("a.md")))
	f.holds(f.scan(0), "a.md: new")
	// Deleted and created anew, and still being written.
	f.remove("a.md")
	file, err := os.Create(f.path("a.md"))
	f.check(err)
	_, err = file.WriteString("half")
	f.check(err)
	f.holds(f.scan(0), "a.md: new")
	f.check(file.Close())
	f.holds(f.scan(0), "a.md: half")
}

func TestInPlaceWriteIsTakenWhenLeftAlone(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "old")
	f.scan(0)
	f.write("a.md", "half")
	f.write("b.md", "ha")
	s := f.scan(0)
	f.holds(s, "a.md: old")
	if s.Again <= 0 || s.Again > settled {
		t.Errorf("again in %v", s.Again)
	}
	f.write("a.md", "whole")
	f.holds(f.scan(settled), "a.md: whole", "b.md: ha")
}

func TestInPlaceTruncateKeepsLastGood(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "old")
	f.scan(0)
	f.write("a.md", "")
	s := f.scan(later)
	f.holds(s, "a.md: old")
	f.names(s, "a.md: the file is empty; the last good version stays")
	f.write("a.md", "new")
	s = f.scan(later)
	f.holds(s, "a.md: new")
	f.names(s)
}

func TestSameSizeSameTimeIsSeen(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "old")
	info, err := os.Stat(f.path("a.md"))
	f.check(err)
	f.scan(later)
	f.write("a.md", "new")
	f.check(os.Chtimes(f.path("a.md"), info.ModTime(), info.ModTime()))
	f.holds(f.scan(later), "a.md: new")
}

func TestRacyFileIsReadOnceMore(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	s := f.scan(0)
	if s.Again <= 0 || s.Again > 2*time.Second {
		t.Fatalf("again in %v", s.Again)
	}
	read := 0
	f.o.Progress = func(n int) { read += n }
	if s = f.scan(later); read != 1 || s.Again != 0 {
		t.Errorf("read %d times, again in %v", read, s.Again)
	}
	if f.scan(later); read != 1 {
		t.Errorf("read %d times", read)
	}
}

func TestUnreadableFileKeepsLastGood(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.write("b.md", "b")
	f.scan(later)
	f.remove("a.md")
	f.mkdir("elsewhere.d")
	f.check(syscall.Mkfifo(f.path("fifo.md"), 0o644))
	f.write("huge.md", strings.Repeat("x", 100))
	f.o.MaxSize = 50
	f.save("b.md", strings.Repeat("y", 51))
	s := f.scan(later)
	f.names(s, "b.md: the file is larger than 50 bytes; the last good version stays",
		"fifo.md: this is no regular file", "huge.md: the file is larger than 50 bytes")
	f.holds(s, "b.md: b")
	if !s.Files[0].Stale {
		t.Error("the old bytes are not marked as stale")
	}
	if s.Again == 0 || s.Again > 30*time.Second {
		t.Errorf("again in %v", s.Again)
	}
}

func TestPermissionsArePerFileAndPerFolder(t *testing.T) {
	if os.Geteuid() == 0 { // root may read everything
		runAsNobody(t)
		return
	}
	f := newFolder(t)
	f.mkdir("sub")
	for _, name := range []string{"a.md", "b.md", "sub/c.md"} {
		f.write(name, name)
	}
	f.scan(later)
	f.check(os.Chmod(f.path("a.md"), 0))
	f.check(os.Chmod(f.path("sub"), 0))
	s := f.scan(later)
	f.holds(s, "a.md: a.md", "b.md: b.md", "sub/c.md: sub/c.md")
	f.names(s, "a.md: the file cannot be read: permission denied; the last good", "sub: the folder cannot be read: permission denied")
	f.holds(f.scan(time.Hour), "a.md: a.md", "b.md: b.md", "sub/c.md: sub/c.md")
	f.check(os.Chmod(f.path("a.md"), 0o644))
	f.check(os.Chmod(f.path("sub"), 0o755))
	f.names(f.scan(later))
}

// runAsNobody runs the calling test once more, in a process without rights.
func runAsNobody(t *testing.T) {
	t.Helper()
	dir, err := os.MkdirTemp("", "source-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	binary := filepath.Join(dir, "test")
	data, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = errors.Join(os.WriteFile(binary, data, 0o755), os.Chmod(dir, 0o777))
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "-test.run", "^"+t.Name()+"$", "-test.v")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "TMPDIR="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestDeletedFileLeavesAfterGrace(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.write("b.md", "b")
	f.scan(later)
	f.remove("a.md")
	s := f.scan(0)
	f.holds(s, "a.md: a", "b.md: b")
	if s.Again <= 0 || s.Again > 1500*time.Millisecond {
		t.Errorf("again in %v", s.Again)
	}
	f.holds(f.scan(1400*time.Millisecond), "a.md: a", "b.md: b")
	f.holds(f.scan(200*time.Millisecond), "b.md: b")
}

func TestDeletedAndCreatedAnewNeverBlinks(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.write("b.md", "b")
	f.scan(later)
	f.remove("a.md")
	f.holds(f.scan(time.Second), "a.md: a", "b.md: b")
	f.save("a.md", "new")
	s := f.scan(time.Second)
	f.holds(s, "a.md: new", "b.md: b")
	f.remove("a.md")
	f.holds(f.scan(time.Second), "a.md: new", "b.md: b") // the grace starts anew
}

func TestCaseOnlyRenameIsOneFile(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.scan(later)
	f.check(os.Rename(f.path("a.md"), f.path("A.md")))
	f.holds(f.scan(0), "A.md: a")
}

func TestMassDeletionIsHeld(t *testing.T) {
	f := newFolder(t)
	for i := range 20 {
		f.write(fmt.Sprintf("%02d.md", i), fmt.Sprint(i))
	}
	f.scan(later)
	for i := range 11 {
		f.remove(fmt.Sprintf("%02d.md", i))
	}
	s := f.scan(0)
	f.names(s, "many files are missing at once")
	if len(s.Files) != 20 || len(f.scan(29*time.Second).Files) != 20 {
		t.Errorf("%d files", len(f.last.Files))
	}
	s = f.scan(2 * time.Second)
	f.names(s, "many files")
	if len(s.Files) != 9 {
		t.Errorf("%d files after the hold", len(s.Files))
	}
	f.names(f.scan(0))
}

func TestEmptiedFolderIsHeld(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.scan(later)
	f.remove("a.md")
	f.scan(0)
	f.holds(f.scan(20*time.Second), "a.md: a")
	f.holds(f.scan(20 * time.Second))
}

func TestMissingRootIsAnError(t *testing.T) {
	f := newFolder(t)
	f.remove("")
	if _, err := source.Scan(context.Background(), f.root, nil, source.Options{}); !errors.Is(err, source.ErrNoRoot) {
		t.Errorf("error %v", err)
	}
	f.check(os.WriteFile(f.root, nil, 0o644))
	if _, err := source.Scan(context.Background(), f.root, nil, source.Options{}); !errors.Is(err, source.ErrNoRoot) || !strings.Contains(err.Error(), "is a file") {
		t.Errorf("error %v", err)
	}
}

func TestEndedContextEndsTheScan(t *testing.T) {
	f := newFolder(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := source.Scan(ctx, f.root, nil, source.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestLinksStayInside(t *testing.T) {
	f := newFolder(t)
	outside := filepath.Join(filepath.Dir(f.root), "outside")
	f.check(os.MkdirAll(outside, 0o755))
	f.check(os.WriteFile(filepath.Join(outside, "secret.md"), []byte("secret"), 0o644))
	f.mkdir("sub")
	f.write("sub/a.md", "a")
	f.write(".env", "TOKEN=secret")
	for link, target := range map[string]string{
		"passwd.md": "/etc/passwd", "secret.md": "../outside/secret.md", "out": "../outside",
		"loop": ".", "sub/up": "..", "inside.md": "sub/a.md", "dangling.md": "nowhere", ".#lock.md": "user@host.1",
		"env.md": ".env", "file.txt": "/etc/passwd",
	} {
		f.check(os.Symlink(target, f.path(link)))
	}
	s := f.scan(0)
	f.holds(s, "inside.md: a", "sub/a.md: a")
	f.names(s, "dangling.md: the link leads nowhere", "env.md: the link leads to a file of another kind: .env",
		"out: the link leads out of the folder", "passwd.md: the link leads out of the folder", "secret.md: the link leads out of the folder")
}

func TestRootMayBeALink(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	link := f.root + "-link"
	f.check(os.Symlink(f.root, link))
	s, err := source.Scan(context.Background(), link, nil, source.Options{})
	f.check(err)
	f.holds(s, "a.md: a")
	if s.Root != f.root {
		t.Errorf("root %s", s.Root)
	}
}

func TestKubernetesVolumeIsRead(t *testing.T) {
	f := newFolder(t)
	f.mkdir("..2026_01")
	f.write("..2026_01/a.md", "one")
	f.mkdir("..2026_02")
	f.write("..2026_02/a.md", "two")
	f.check(os.Symlink("..2026_01", f.path("..data")))
	f.check(os.Symlink("..data/a.md", f.path("a.md")))
	f.holds(f.scan(later), "a.md: one")
	f.check(os.Symlink("..2026_02", f.path("..data_tmp")))
	f.check(os.Rename(f.path("..data_tmp"), f.path("..data")))
	f.holds(f.scan(later), "a.md: one")
	f.holds(f.scan(confirmed), "a.md: two")
}

func TestSwapDuringTheScanIsScannedAgain(t *testing.T) {
	f := newFolder(t)
	other := filepath.Join(filepath.Dir(f.root), "other")
	f.check(os.MkdirAll(other, 0o755))
	f.check(os.WriteFile(filepath.Join(other, "a.md"), []byte("two"), 0o644))
	f.write("a.md", "one")
	swapped := false
	f.o.Visit = func(dir string) {
		if dir == f.root && !swapped {
			swapped = true
			f.check(os.Rename(f.root, f.root+"-gone"))
			f.check(os.Rename(other, f.root))
		}
	}
	f.holds(f.scan(later), "a.md: two")
}

func TestTemporaryFilesAreIgnored(t *testing.T) {
	f := newFolder(t)
	for _, name := range []string{
		".a.md", "#a.md#", "~a.md", "a.md~", "a.md.swp", "a.md.tmp", "a.md.bak", "a.md___jb_tmp___", "4913", "sedAbC123",
	} {
		f.write(name, "x")
	}
	f.mkdir("node_modules/x")
	f.write("node_modules/x/readme.md", "x")
	f.mkdir(".git")
	f.write(".git/a.md", "x")
	f.mkdir("folder.md")
	s := f.scan(0)
	f.holds(s)
	f.names(s)
}

func TestLimitsAreProblems(t *testing.T) {
	f := newFolder(t)
	f.mkdir("1/2/3")
	f.write("1/2/3/deep.md", "x")
	f.write("a.md", "a")
	f.write("b.md", "b")
	f.o.MaxDepth, f.o.MaxFiles = 2, 1
	s := f.scan(0)
	f.holds(s, "a.md: a")
	f.names(s, "there are more files", "1/2/3: the folders are nested too deeply")
}

func TestFoldersAreVisitedBeforeTheyAreListed(t *testing.T) {
	f := newFolder(t)
	f.mkdir("sub")
	f.o.Visit = func(dir string) {
		if dir == f.path("sub") { // what comes between the visit and the listing is found
			f.write("sub/late.md", "late")
		}
	}
	f.holds(f.scan(later), "sub/late.md: late")
}

func BenchmarkScan10000(b *testing.B) {
	root := b.TempDir()
	text := []byte(strings.Repeat("Some words of a post. ", 200))
	for i := range 10_000 {
		if err := os.WriteFile(filepath.Join(root, fmt.Sprintf("%05d.md", i)), text, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	now := time.Now()
	scan := func(prev *source.Snapshot) *source.Snapshot {
		now = now.Add(time.Minute)
		s, err := source.Scan(context.Background(), root, prev, source.Options{Now: func() time.Time { return now }, Verify: 1e6 * time.Hour})
		if err != nil || len(s.Files) != 10_000 {
			b.Fatal(err)
		}
		return s
	}
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			scan(nil)
		}
	})
	before := scan(scan(nil)) // files that were written just now are read twice
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			scan(before)
		}
	})
}
