package live_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/live"
)

func (f *fixture) save(name, text string) {
	f.t.Helper()
	f.write(map[string]string{name + ".tmp": text})
	f.check(os.Rename(filepath.Join(f.root, name+".tmp"), filepath.Join(f.root, name)))
}

func (f *fixture) check(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// Events name one file while another changes that no event tells of: a hard link
// is written to from outside. That the folder is scanned each minute in any case, and
// more often once such a change was found, is the watcher's part.
func TestLyingEventsHideNothingForLong(t *testing.T) {
	t.Parallel() // it mostly waits
	f := newFixture(t, map[string]string{"one.md": post("Un0", "2026-01-01"), "other.md": post("Other", "2026-01-01")}, live.Options{})
	outside := filepath.Join(t.TempDir(), "outside.md")
	f.until("the folder is there", func() bool { return os.Link(filepath.Join(f.root, "one.md"), outside) == nil })
	f.until("the first edition", f.shows("Un0"))
	f.until("it is watched", func() bool { return f.Status().Watch.Watches == 2 })
	f.rests()
	f.overwrite(outside, post("Un1", "2026-01-01"))
	f.lookAtAll("Another title")
	f.until("such changes are known to happen", func() bool { return f.Status().Watch.Unannounced == 1 })
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(150 * time.Millisecond) // longer than the quiet time: each is answered
		defer tick.Stop()
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			case <-tick.C:
				_ = os.WriteFile(filepath.Join(f.root, "other.md.tmp"), []byte(post(fmt.Sprint("Other ", n), "2026-01-01")), 0o644)
				_ = os.Rename(filepath.Join(f.root, "other.md.tmp"), filepath.Join(f.root, "other.md"))
			}
		}
	}()
	defer func() { close(stop); <-stopped }()
	f.until("lies are told", f.shows("Other 20"))
	f.overwrite(outside, post("Un2", "2026-01-01"))
	f.until("the change is found", f.shows("Un2"))
}

// rests waits until nothing is left to be looked at again.
func (f *fixture) rests() {
	f.t.Helper()
	f.until("the folder is at rest", func() bool {
		s := f.Status()
		return s.Watch.Watches == 2 && s.Scan.Held == 0 && s.Scan.At != nil && time.Since(*s.Scan.At) > 2500*time.Millisecond
	})
}

// lookAtAll has the settings read anew, and with them the folder.
func (f *fixture) lookAtAll(title string) {
	f.t.Helper()
	changed := site
	changed.Title = title
	f.Reload(live.Settings{Site: changed})
	f.until("there was a look", f.shows(title))
}

func TestUnannouncedChangesAreCounted(t *testing.T) {
	dir := t.TempDir()
	root, outside := filepath.Join(dir, "posts"), filepath.Join(dir, "outside", "outside.md")
	for _, folder := range []string{root, filepath.Dir(outside)} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(outside, []byte(post("Unheard _", "2026-01-01")), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(outside, filepath.Join(root, "one.md")); err != nil {
		t.Fatal(err)
	}
	f := newFixtureIn(t, root, nil, live.Options{})
	f.until("the first edition", f.shows("Unheard _"))
	for i := range 3 {
		f.rests()
		f.lookAtAll(fmt.Sprint("Before ", i))
		f.overwrite(outside, post(fmt.Sprint("Unheard ", i), "2026-01-01"))
		f.lookAtAll(fmt.Sprint("After ", i))
		f.until("it is shown", f.shows(fmt.Sprint("Unheard ", i)))
		if i < 2 {
			f.until("it is counted", func() bool { return f.Status().Watch.Unannounced == i+1 })
		}
	}
	f.until("events are not trusted any more", func() bool { return f.Status().Watch.Mode == "poll" })
	f.until("that is logged", func() bool { return f.log.count("the folder is polled") == 1 })
	f.save("one.md", post("Followed all the same", "2026-01-01"))
	f.until("the next change", f.shows("Followed all the same"))
}

// overwrite puts a text in place of one that is as long, in one step: whoever looks
// meanwhile sees one change, and not that the file was emptied before.
func (f *fixture) overwrite(name, text string) {
	f.t.Helper()
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	f.check(err)
	_, err = file.WriteString(text)
	f.check(err)
	f.check(file.Close())
}

// A second name of a file, as backups make them, changes nothing that is shown, and no
// event tells of it.
func TestSecondNamesOfFilesAreNoUnannouncedChanges(t *testing.T) {
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{})
	f.until("the first edition", f.shows("One"))
	f.until("it is watched", func() bool { return f.Status().Watch.Watches == 2 })
	backup := t.TempDir()
	for i := range 4 {
		f.check(os.Link(filepath.Join(f.root, "one.md"), filepath.Join(backup, fmt.Sprint(i))))
		f.lookAtAll(fmt.Sprint("Look ", i))
	}
	if n := f.Status().Watch.Unannounced; n != 0 {
		t.Errorf("%d changes are said to be unannounced", n)
	}
}

func TestAnnouncedChangesAreNotSuspected(t *testing.T) {
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{})
	f.until("the first edition", f.shows("One"))
	f.until("it is watched", func() bool { return f.Status().Watch.Watches == 2 })
	for i := range 3 {
		f.write(map[string]string{"one.md": post(fmt.Sprint("In place ", i), "2026-01-01"), fmt.Sprintf("d%d/x/new.md", i): post(fmt.Sprint("New ", i), "2026-01-02")})
		f.until("the edit", f.shows(fmt.Sprint("In place ", i)))
		f.until("the new post", f.shows(fmt.Sprint("New ", i)))
		f.check(os.RemoveAll(filepath.Join(f.root, fmt.Sprint("d", i))))
		f.until("the removal", f.hides(fmt.Sprint("New ", i)))
	}
	if s := f.Status(); s.Watch.Unannounced != 0 || s.Watch.Mode != "events" {
		t.Errorf("watch: %+v", s.Watch)
	}
}

// inVirtualTime runs a Live that polls: nothing then waits for the kernel, and
// the clock goes as fast as it can. Files are dated by the real clock, which is
// far ahead of the virtual one.
func inVirtualTime(t *testing.T, files map[string]string, o live.Options, test func(f *fixture)) {
	t.Helper()
	inVirtualTimeAt(t, 0, filepath.Join(t.TempDir(), "posts"), files, o, test)
}

// inVirtualTimeAt begins so long after the beginning of virtual time.
func inVirtualTimeAt(t *testing.T, start time.Duration, root string, files map[string]string, o live.Options, test func(f *fixture)) {
	t.Helper()
	state := o.State
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(start)
		o.Watch, o.State = "poll", state
		f := newFixtureIn(t, root, files, o)
		test(f)
		f.stop()
	})
}

// after lets time pass.
func (f *fixture) after(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func TestRootRemovedAndRecreated(t *testing.T) {
	inVirtualTime(t, map[string]string{"one.md": post("One", "1999-01-01")}, live.Options{}, func(f *fixture) {
		<-f.First()
		before := f.feed()
		f.check(os.RemoveAll(f.root))
		for range 10 {
			f.after(10 * time.Second)
			if s := f.Status(); s.State != "degraded" || f.feed() != before {
				t.Fatalf("state %s, feed %s", s.State, f.feed())
			}
		}
		f.write(map[string]string{"two.md": post("Two", "1999-01-02")})
		f.after(3500 * time.Millisecond) // polling, and a second look at the new folder
		if f.hides("Two")() || f.shows("One")() || f.Status().State != "ready" {
			t.Errorf("state %s, feed %s", f.Status().State, f.feed())
		}
		if n := f.log.count("waiting for it"); n != 2 { // once as it began, once as it ended
			t.Errorf("logged %d times", n)
		}
	})
}

func TestEmptiedFolderIsHeldAndDegraded(t *testing.T) {
	inVirtualTime(t, map[string]string{"one.md": post("One", "1999-01-01")}, live.Options{}, func(f *fixture) {
		<-f.First()
		f.check(os.Remove(filepath.Join(f.root, "one.md")))
		f.after(20 * time.Second)
		if s := f.Status(); s.State != "degraded" || !f.shows("One")() || s.Scan.Held != 1 || s.Scan.HeldFiles[0].Path != "one.md" {
			t.Errorf("status %+v", s)
		}
		if f.log.count("many files are missing") != 1 {
			t.Error("not logged once")
		}
		f.after(20 * time.Second)
		if s := f.Status(); s.State != "ready" || f.shows("One")() || s.Scan.Held != 0 {
			t.Errorf("status %+v", s)
		}
	})
}

func TestEmptyFolderAtARestartIsWaitedFor(t *testing.T) {
	state := t.TempDir()
	f := newFixture(t, map[string]string{"one.md": post("One", "1999-01-01")}, live.Options{State: state})
	f.until("the first edition", f.shows("One"))
	f.until("the state is kept", func() bool { return kept(t, state).IDs["one.md"] != "" })
	f.stop()
	t.Run("its volume is late", func(t *testing.T) {
		inVirtualTime(t, map[string]string{}, live.Options{State: state}, func(f *fixture) {
			f.after(20 * time.Second)
			if f.Edition() != nil || f.Ready() == nil || f.Status().State != "waiting" || f.log.count("held posts before") != 1 {
				t.Errorf("status %+v", f.Status())
			}
			f.write(map[string]string{"one.md": post("One", "1999-01-01")})
			f.after(3 * time.Second)
			if !f.shows("One")() || f.Ready() != nil {
				t.Errorf("status %+v", f.Status())
			}
		})
	})
	t.Run("it is empty indeed", func(t *testing.T) {
		inVirtualTime(t, map[string]string{}, live.Options{State: state}, func(f *fixture) {
			f.after(29 * time.Second)
			if f.Edition() != nil {
				t.Error("an empty feed after 29 s")
			}
			f.after(3 * time.Second)
			if f.Edition() == nil || f.Ready() != nil || f.Status().Posts.Posts != 0 {
				t.Errorf("status %+v", f.Status())
			}
		})
	})
	t.Run("and was empty before", func(t *testing.T) {
		inVirtualTime(t, map[string]string{}, live.Options{State: state}, func(f *fixture) {
			f.after(time.Second)
			if f.Edition() == nil {
				t.Errorf("status %+v", f.Status())
			}
		})
	})
}

func TestPostIsDueInItsSecond(t *testing.T) {
	inVirtualTime(t, map[string]string{"one.md": post("One", "2000-01-01T00:10:12Z")}, live.Options{}, func(f *fixture) {
		<-f.First()
		f.after(time.Until(time.Date(2000, 1, 1, 0, 10, 11, 0, time.UTC)))
		if f.shows("One")() {
			t.Error("a second too early")
		}
		f.after(2 * time.Second)
		if !f.shows("One")() {
			t.Error("a second late, and not there")
		}
	})
}
