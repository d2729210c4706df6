package swap_test

import (
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/known"
	"broadsheet/internal/source/internal/swap"
	"broadsheet/internal/source/internal/tree"
	"broadsheet/internal/source/internal/walk"
)

const hold = 30 * time.Second

var began = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// seen is a scan of a tree at a moment, with these files.
func seen(real string, after time.Duration, paths ...string) swap.Swap {
	w := swap.Swap{Generation: tree.Generation{Real: real}, Began: began.Add(after), Since: began.Add(after)}
	for _, path := range paths {
		w.Sights = append(w.Sights, known.Seen{Odd: &walk.Sight{Path: path}})
	}
	return w
}

func TestTreeIsTakenOnceItWasSeenTwice(t *testing.T) {
	first := seen("/new", 0, "a.md").After(nil)
	if wait := first.Wait(began, hold, false); wait != 250*time.Millisecond {
		t.Errorf("at first it waits for %v", wait)
	}
	second := seen("/new", 250*time.Millisecond, "a.md").After(first)
	if wait := second.Wait(began.Add(250*time.Millisecond), hold, false); wait != 0 {
		t.Errorf("seen again, it waits for %v", wait)
	}
}

// A tree that looks different, or another tree, has to come to rest anew.
func TestTreeThatChangesWaits(t *testing.T) {
	first := seen("/new", 0, "a.md").After(nil)
	for name, next := range map[string]swap.Swap{
		"another file": seen("/new", time.Second, "b.md"), "one more": seen("/new", time.Second, "a.md", "b.md"), "another tree": seen("/newer", time.Second, "a.md"),
		"no file": seen("/new", time.Second),
	} {
		if wait := next.After(first).Wait(began.Add(time.Second), hold, false); wait != 250*time.Millisecond {
			t.Errorf("%s: it waits for %v", name, wait)
		}
	}
}

func TestTreeThatNeverRestsIsTakenInTheEnd(t *testing.T) {
	w := seen("/new", 0, "0").After(nil)
	for after := time.Second; after < hold; after += time.Second {
		w = seen("/new", after, after.String()).After(w)
		if wait := w.Wait(began.Add(after), hold, false); wait <= 0 {
			t.Fatalf("it was taken after %v", after)
		}
	}
	if wait := w.Wait(began.Add(hold), hold, false); wait != 0 {
		t.Errorf("after %v it waits for %v", hold, wait)
	}
}

func TestEmptyTreeWaitsForItsVolume(t *testing.T) {
	w := seen("/new", 0).After(nil)
	for after, want := range map[time.Duration]time.Duration{0: hold, 20 * time.Second: 10 * time.Second, hold: 0, 2 * hold: 0} {
		next := seen("/new", after).After(w)
		if wait := next.Wait(began.Add(after), hold, true); wait != want {
			t.Errorf("after %v it waits for %v, want %v", after, wait, want)
		}
	}
}

// What was wrong with the tree that is shown stays what it was, however long the other one waits.
func TestProblemsAreThoseOfTheTreeThatIsShown(t *testing.T) {
	first := seen("/new", 0, "a.md")
	first.Problems = []blog.Problem{{File: "old.md"}}
	later := seen("/new", time.Second, "a.md")
	later.Problems = []blog.Problem{{File: "other.md"}}
	if got := later.After(first.After(nil)); len(got.Problems) != 1 || got.Problems[0].File != "old.md" || !got.Began.Equal(began) {
		t.Errorf("%+v", got)
	}
}
