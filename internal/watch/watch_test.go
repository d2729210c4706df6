package watch_test

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/leaktest"
	"broadsheet/internal/watch"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// fixture is a folder with a running Watcher. Its durations are long where a
// signal must come from an event, so that a lost event fails the test.
type fixture struct {
	*testing.T
	dir string
	w   *watch.Watcher
}

func start(t *testing.T, o watch.Options) *fixture {
	t.Helper()
	if o.Quiet == 0 {
		o.Quiet = 5 * time.Millisecond
	}
	f := &fixture{T: t, dir: filepath.Join(t.TempDir(), "posts"), w: watch.New(o)}
	f.make(f.dir)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.w.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(5 * time.Minute):
			t.Error("Run did not end")
		}
	})
	if o.Mode != watch.Poll {
		f.awaits("the first signal")
	}
	f.round()
	return f
}

// round does what the scanner does: it adds each folder before listing it.
func (f *fixture) round() {
	r := f.w.Round()
	defer r.End()
	r.Add(filepath.Dir(f.dir))
	var visit func(dir string)
	visit = func(dir string) {
		r.Add(dir)
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			if e.IsDir() {
				visit(filepath.Join(dir, e.Name()))
			}
		}
	}
	visit(f.dir)
}

// awaits fails the test unless a signal comes; it then makes a round, as the
// scanner would, and again until there is silence.
func (f *fixture) awaits(what string) {
	f.Helper()
	select {
	case <-f.w.Changes():
	case <-time.After(5 * time.Minute):
		f.Fatalf("no signal after: %s", what)
	}
	f.round()
	f.quiesce()
}

// quiesce ends, too, where there is no silence because the watcher polls.
func (f *fixture) quiesce() {
	for range 20 {
		select {
		case <-f.w.Changes():
			f.round()
		case <-time.After(40 * time.Millisecond):
			return
		}
	}
}

func (f *fixture) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f *fixture) make(dir string) {
	f.Helper()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) write(name string) {
	f.Helper()
	if err := os.WriteFile(f.path(name), []byte("text"), 0o666); err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) rename(from, to string) {
	f.Helper()
	if err := os.Rename(f.path(from), f.path(to)); err != nil {
		f.Fatal(err)
	}
}

// watchesFolders fails the test unless there come to be as many watches as folders,
// after a round for each signal.
func (f *fixture) watchesFolders() {
	f.Helper()
	for f.w.Status().Watches != f.folders() {
		select {
		case <-f.w.Changes():
			f.round()
		case <-time.After(5 * time.Minute):
			f.Fatalf("%d watches for %d folders", f.w.Status().Watches, f.folders())
		}
	}
}

// folders counts the folder, its parent and everything below.
func (f *fixture) folders() int {
	n := 1
	_ = filepath.WalkDir(f.dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			n++
		}
		return nil
	})
	return n
}

func TestEventsWake(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Events})
	steps := []struct {
		name string
		do   func()
	}{
		{"a new file", func() { f.write("a.md") }},
		{"an edit", func() { f.write("a.md") }},
		{"an ignored name", func() { f.write(".a.md.swp") }},
		{"a chmod", func() { _ = os.Chmod(f.path("a.md"), 0o600) }},
		{"a rename", func() { f.rename("a.md", "b.md") }},
		{"a removal", func() { _ = os.Remove(f.path("b.md")) }},
		{"a folder", func() { f.make(f.path("sub")) }},
		{"a file in the new folder", func() { f.write("sub/c.md") }},
		{"the root renamed", func() { f.rename("", "../old") }},
		{"the root made anew", func() { f.make(f.dir) }},
		{"a file in the new root", func() { f.write("d.md") }},
	}
	for _, s := range steps {
		s.do()
		f.awaits(s.name)
	}
	if s := f.w.Status(); s.Mode != watch.Events || s.Reason != "" || s.LastEvent.IsZero() || s.Errors != 0 {
		t.Errorf("status %+v", s)
	}
}

func TestMkdirpAndFile(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Events})
	for i := range 30 {
		dir := fmt.Sprintf("r%d/x/y", i)
		f.make(f.path(dir))
		f.write(dir + "/a.md")
		f.awaits("mkdir -p and a file")
		f.write(dir + "/a.md")
		f.awaits("an edit three levels down")
	}
}

func TestRenamedFolderStaysWatched(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Events})
	f.make(f.path("n0/sub"))
	f.awaits("a folder")
	for i := range 30 {
		name := fmt.Sprintf("n%d", i+1)
		f.rename(fmt.Sprintf("n%d", i), name)
		f.awaits("a folder renamed")
		f.write(name + "/sub/a.md")
		f.awaits("an edit inside the renamed folder")
	}
	f.watchesFolders()
}

func TestSwappedFoldersStayWatched(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Events})
	f.make(f.path("a"))
	f.make(f.path("b"))
	f.awaits("two folders")
	for range 10 {
		f.rename("a", "c")
		f.rename("b", "a")
		f.rename("c", "b")
		f.awaits("two folders exchanged")
		for _, name := range []string{"a/x.md", "b/x.md"} {
			f.write(name)
			f.awaits("an edit of " + name)
		}
	}
}

func TestFolderMovedAwayIsNoLongerWatched(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Events})
	f.make(f.path("a/b"))
	f.awaits("a folder")
	away := filepath.Join(t.TempDir(), "away")
	if err := os.Rename(f.path("a"), away); err != nil {
		t.Fatal(err)
	}
	f.awaits("a folder moved away")
	f.watchesFolders()
	if err := os.WriteFile(filepath.Join(away, "b", "x.md"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	f.make(f.path("next"))
	if names := f.namesUntil("next"); slices.Contains(names, "a/b/x.md") {
		t.Error("an event of a folder that was moved away")
	}
}

// A folder may be reached by two paths, and they share one watch: dropping the
// one must not deafen the other.
func TestSecondPathOfAFolderKeepsItsWatch(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Events})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(f.dir, link); err != nil {
		t.Fatal(err)
	}
	for _, dirs := range [][]string{{link, f.dir}, {f.dir}} {
		r := f.w.Round()
		for _, dir := range dirs {
			r.Add(dir)
		}
		r.End()
	}
	f.write("a.md")
	select {
	case <-f.w.Changes():
	case <-time.After(5 * time.Minute):
		t.Error("no signal: the folder lost its watch with its other path")
	}
}

// Renaming a watched folder and removing it before its events are read makes
// fsnotify report an error while it holds its lock.
func TestDeadlockRecipe(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Events})
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		for range 300 {
			_ = os.Mkdir(f.path("a"), 0o777)
			f.round()
			_ = os.Rename(f.path("a"), f.path("b"))
			_ = os.Remove(f.path("b"))
			f.round()
		}
	}()
	select {
	case <-finished:
	case <-time.After(5 * time.Minute):
		t.Fatal("rounds and events block each other")
	}
	f.quiesce()
	f.write("a.md")
	f.awaits("a file after the storm")
}

func TestOverflowIsAChange(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Events, Quiet: time.Hour, MaxWait: time.Millisecond})
	data, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	if err != nil {
		data = []byte("16384")
	}
	var limit int
	if _, err := fmt.Sscan(string(data), &limit); err != nil {
		t.Fatal(err)
	}
	if limit > 100_000 {
		limit = 100_000 // too many to overflow; that no signal is lost still holds
	}
	for i := range limit {
		_ = os.Mkdir(f.path(fmt.Sprintf("d%d", i)), 0o777)
	}
	f.awaits("a storm of new folders")
	f.watchesFolders()
}

func TestReconcileWithoutEvents(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Events, Reconcile: 20 * time.Millisecond})
	select {
	case <-f.w.Changes():
	case <-time.After(5 * time.Minute):
		t.Error("no signal without an event")
	}
}

func TestPollModeAsksTheKernelForNothing(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Poll, Poll: 20 * time.Millisecond})
	f.awaitsPolling("asked for")
	if n := f.w.Status().Watches; n != 0 {
		t.Errorf("%d watches", n)
	}
}

func (f *fixture) awaitsPolling(reason string) {
	f.Helper()
	for range 3 {
		select {
		case <-f.w.Changes():
		case <-time.After(5 * time.Minute):
			f.Fatal("no signal while polling")
		}
	}
	if s := f.w.Status(); s.Mode != watch.Poll || !strings.Contains(s.Reason, reason) {
		f.Errorf("status %+v, want polling because of %q", s, reason)
	}
}

func TestRandomChaosLeavesWatchesEqualToFolders(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Events})
	r := rand.New(rand.NewPCG(1, 2))
	name := func() string { return strings.Repeat("d/", r.IntN(3)) + string(rune('a'+r.IntN(5))) }
	f.make(f.path("d/d/d"))
	for range 1500 {
		switch r.IntN(5) {
		case 0, 1:
			_ = os.MkdirAll(f.path(name()), 0o777)
		case 2:
			_ = os.Rename(f.path(name()), f.path(name()))
		case 3:
			_ = os.RemoveAll(f.path(name()))
		case 4:
			_ = os.WriteFile(f.path(name()+"/x.md"), nil, 0o666)
		}
		select {
		case <-f.w.Changes():
			f.round()
		default:
		}
	}
	f.make(f.path("last"))
	f.awaits("the last folder")
	f.watchesFolders()
}

func TestStopWithEventsPending(t *testing.T) {
	for range 20 {
		dir := t.TempDir()
		w := watch.New(watch.Options{Mode: watch.Events, Quiet: time.Millisecond})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- w.Run(ctx) }()
		<-w.Changes()
		r := w.Round()
		r.Add(dir)
		r.End()
		for i := range 100 {
			_ = os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), nil, 0o666)
		}
		cancel()
		select {
		case <-ended:
		case <-time.After(5 * time.Minute):
			t.Fatal("Run hangs")
		}
		late := w.Round() // a scan that was under way
		late.Add(dir)
		late.End()
	}
}
