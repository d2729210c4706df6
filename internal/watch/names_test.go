package watch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/watch"

	"github.com/google/go-cmp/cmp"
)

// named waits for a signal and returns what Named says then.
func (f *fixture) named(what string) (names []string, all bool) {
	f.Helper()
	select {
	case <-f.w.Changes():
	case <-time.After(5 * time.Minute):
		f.Fatalf("no signal after: %s", what)
	}
	list, all := f.w.Named()
	for _, name := range list {
		rel, err := filepath.Rel(f.dir, name)
		if err != nil {
			f.Fatal(err)
		}
		names = append(names, filepath.ToSlash(rel))
	}
	return names, all
}

// startNamed starts with all names taken that the start itself gave rise to.
func startNamed(t *testing.T, o watch.Options) *fixture {
	t.Helper()
	if o.Quiet == 0 {
		o.Quiet = 20 * time.Millisecond
	}
	f := start(t, o)
	f.quiesce()
	f.w.Named()
	return f
}

// namesUntil returns the names of all events until one bears the last of them, however
// many signals tell of them.
func (f *fixture) namesUntil(last string) (all []string) {
	f.Helper()
	for !slices.Contains(all, last) {
		names, _ := f.named(last)
		all = append(all, names...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestNamesOfEventsAreKnown(t *testing.T) {
	f := startNamed(t, watch.Options{Mode: watch.Events})
	f.write("b.md")
	f.write("a.md")
	f.rename("b.md", "c.md")
	if diff := cmp.Diff([]string{"a.md", "b.md", "c.md"}, f.namesUntil("c.md")); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if names, all := f.w.Named(); len(names) != 0 || !all {
		t.Errorf("named twice: %q, all: %v", names, all)
	}
}

func TestTimeHasNoName(t *testing.T) {
	f := start(t, watch.Options{Mode: watch.Poll, Poll: 200 * time.Millisecond})
	if names, all := f.named("the period of polling"); len(names) != 0 || all {
		t.Errorf("names %q, all: %v; what the clock asks for is a look at everything", names, all)
	}
}

func TestNewEventQueueHasNoName(t *testing.T) {
	w := watch.New(watch.Options{Mode: watch.Events, Quiet: time.Millisecond})
	f := &fixture{T: t, dir: t.TempDir(), w: w}
	ended := make(chan error, 1)
	go func() { ended <- w.Run(t.Context()) }()
	t.Cleanup(func() { <-ended })
	if names, all := f.named("the event queue"); len(names) != 0 || all {
		t.Errorf("names %q, all: %v; before it was opened anything may have happened", names, all)
	}
}

func TestTooManyNamesAreNone(t *testing.T) {
	f := startNamed(t, watch.Options{Mode: watch.Events, Quiet: 300 * time.Millisecond})
	for i := range 150 {
		f.write(fmt.Sprintf("%d.md", i))
	}
	for end := time.Now().Add(5 * time.Minute); !f.w.Due() && time.Now().Before(end); {
		<-time.After(time.Millisecond)
	}
	if names, all := f.w.Named(); all || len(names) > 100 {
		t.Errorf("%d names, all: %v", len(names), all)
	}
	f.make(f.path("last")) // a single event
	f.namesUntil("last")
	f.make(f.path("one"))
	for seen := false; !seen; { // the name of the one before may have come ahead of its signal
		names, all := f.named("the storm is over")
		if seen = len(names) > 0; !all || seen && !cmp.Equal(names, []string{"one"}) {
			t.Fatalf("names %q, all: %v", names, all)
		}
	}
}

// An overflow of the kernel's queue, like any other error, has no name.
func TestErrorHasNoName(t *testing.T) {
	f := startNamed(t, watch.Options{Mode: watch.Events})
	dir := f.path("a")
	for range 100 { // see TestDeadlockRecipe
		f.make(dir)
		f.round()
		_ = os.Rename(dir, f.path("b"))
		_ = os.Remove(f.path("b"))
		if f.w.Status().Errors > 0 {
			break
		}
	}
	if f.w.Status().Errors == 0 {
		t.Skip("this version of fsnotify reports no error for a folder that is renamed and removed")
	}
	for all := true; all; { // or else no signal is left
		_, all = f.named("an error")
	}
}
