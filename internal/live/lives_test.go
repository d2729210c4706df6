package live_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/live"
	"broadsheet/internal/watch"
)

// A life is what happens to a folder of posts in a few minutes: saves of every
// kind, moves, moves and edits in one go, deletions, restarts, crashes. A seed
// chooses them. The oracle (see oracle_test.go) knows which post is which, and
// looks at every edition.
//
//	go test ./internal/live -run TestLives -lives 20000          more seeds
//	go test ./internal/live -run TestLives -life 4711 -v         one of them, told step by step
//	go test ./internal/live -run TestLives -life 5001 -lives 99  so many from that one on
//	go test ./internal/live -run TestRealLives -lives 200        the same with the system's clock and events
var (
	lives   = flag.Int("lives", 0, "how many random lives to live; 0 means the default of each test")
	life    = flag.Uint64("life", 0, "the one seed to live, or with -lives the first; 0: many from 1 on")
	happens = flag.String("happens", "", "a regular expression: which operations there are; empty means all")
)

// TestLives lives in virtual time: a scan, an operation and a pause take none of
// the machine's, so that a seed always gives the same life, however busy the
// machine is.
func TestLives(t *testing.T) {
	t.Parallel()
	eachSeed(t, 100, func(t *testing.T, seed uint64) {
		t.Parallel()
		root := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			afterStamps(t, root)
			newLife(t, root, seed, watch.Poll).live()
		})
	})
}

// TestRealLives lives with the system's clock and its file events, many at once,
// since most of a life is waiting.
func TestRealLives(t *testing.T) {
	t.Parallel()
	eachSeed(t, 16, func(t *testing.T, seed uint64) {
		t.Parallel()
		newLife(t, t.TempDir(), seed, watch.Auto).live()
	})
}

func eachSeed(t *testing.T, n int, run func(t *testing.T, seed uint64)) {
	first := uint64(1)
	if *life > 0 {
		first, n = *life, 1
	}
	if *lives > 0 {
		n = *lives
	}
	for seed := first; seed < first+uint64(n); seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Cleanup(func() {
				if t.Failed() {
					t.Logf("again: go test ./internal/live -run '%s' -life %d -v", t.Name()[:len(t.Name())-len(fmt.Sprint("/", seed))], seed)
				}
			})
			run(t, seed)
		})
	}
}

// afterStamps lets the virtual clock, which begins in the year 2000, pass the
// time that the file system puts on files.
func afterStamps(t *testing.T, dir string) {
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Until(info.ModTime()) + 24*time.Hour)
}

// world is the folder, the service that follows it, and the oracle.
type world struct {
	t       *testing.T
	r       *rand.Rand
	virtual bool
	mode    watch.Mode
	root    string // the posts folder
	state   string // empty: nothing outlives a restart
	oracle  *oracle

	service *service // nil: stopped
	next    int      // number of the next new post

	skew time.Duration // of the clock that dates the files
}

// service is one process.
type service struct {
	*live.Live
	stop func()
}

func newLife(t *testing.T, dir string, seed uint64, mode watch.Mode) *world {
	w := &world{
		t: t, r: rand.New(rand.NewPCG(seed, 17)), virtual: mode == watch.Poll, mode: mode,
		root: filepath.Join(dir, "blog", "posts"), oracle: newOracle(t),
	}
	if w.r.IntN(5) > 0 {
		w.state = filepath.Join(dir, "state")
	}
	w.check(os.MkdirAll(w.root, 0o755))
	return w
}

func (w *world) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tell(format string, args ...any) {
	if *life > 0 && *lives == 0 {
		w.t.Logf("%s  "+format, append([]any{time.Now().Format("05.000")}, args...)...)
	}
}

// live lives one life: bursts of operations, each followed by a rest after which
// everything must be as the oracle says.
func (w *world) live() {
	for range 3 + w.r.IntN(5) {
		w.create()
	}
	w.start()
	defer func() { w.stop() }()
	w.settle()
	for range 2 + w.r.IntN(3) {
		for range 1 + w.r.IntN(6) {
			w.operate()
			w.pause(w.gap())
		}
		w.settle()
	}
}

// gap is a time between two operations: most are those of a person's or a
// program's next step.
func (w *world) gap() time.Duration {
	switch w.r.IntN(7) {
	case 0:
		return 0
	case 1, 2:
		return w.between(0, 200*time.Millisecond)
	case 3, 4:
		return w.between(20*time.Millisecond, 600*time.Millisecond)
	case 5:
		return w.between(600*time.Millisecond, 1700*time.Millisecond)
	default:
		return w.between(1700*time.Millisecond, 3*time.Second)
	}
}

// between never draws round numbers: no operation falls on a tick.
func (w *world) between(least, most time.Duration) time.Duration {
	return least + time.Duration(w.r.Int64N(int64(most-least))) + time.Nanosecond*time.Duration(1+w.r.Int64N(997))
}

// pause lets time pass. In virtual time no event of the system wakes the
// service; a scan of everything a moment after an operation stands in for it,
// unless the event is lost.
func (w *world) pause(d time.Duration) {
	const quiet = 100 * time.Millisecond
	if w.virtual && d > quiet && w.service != nil && w.r.IntN(8) > 0 {
		time.Sleep(quiet)
		w.service.Reload(settings())
		d -= quiet
	}
	time.Sleep(d)
}

func settings() live.Settings { return live.Settings{Site: site} }

// start begins a process, and looks at every edition that it publishes.
func (w *world) start() {
	o := live.Options{Root: w.root, State: w.state, Watch: w.mode, Log: slog.New(slog.DiscardHandler), Settings: settings()}
	l := live.New(o)
	ctx, cancel := context.WithCancel(w.t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		if err := l.Run(ctx); err != nil {
			w.t.Errorf("Run: %v", err)
		}
	})
	group.Go(func() {
		for {
			changed := l.Changed()
			if e := l.Edition(); e != nil {
				w.oracle.look(e)
			}
			select {
			case <-changed:
			case <-ctx.Done():
				return
			}
		}
	})
	w.oracle.started(w.state != "")
	w.service = &service{l, func() { cancel(); group.Wait() }}
}

func (w *world) stop() {
	if w.service != nil {
		w.service.stop()
	}
	w.service = nil
}

// kill ends the process so that nothing reaches the disk any more: what a clean
// stop writes is undone.
func (w *world) kill() {
	kept := filepath.Join(filepath.Dir(w.state), "killed")
	w.check(os.RemoveAll(kept))
	if w.exists(w.state) {
		w.check(os.CopyFS(kept, os.DirFS(w.state)))
	}
	w.stop()
	w.check(os.RemoveAll(w.state))
	if w.exists(kept) {
		w.check(os.Rename(kept, w.state))
	}
}

func (w *world) exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// settle waits until all that happened must be public, and asks the oracle.
func (w *world) settle() {
	if w.service == nil {
		w.start()
	}
	if w.virtual {
		w.pause(w.between(200*time.Millisecond, 300*time.Millisecond))
		time.Sleep(45 * time.Second)
	} else {
		for end := time.Now().Add(3 * time.Minute); w.oracle.verdict(w.service.Edition()) != "" && !w.t.Failed() && time.Now().Before(end); {
			time.Sleep(50 * time.Millisecond)
		}
	}
	if says := w.oracle.verdict(w.service.Edition()); says != "" {
		w.t.Errorf("after everything came to rest: %s", says)
	}
	w.oracle.rested()
	w.tell("at rest")
	if w.t.Failed() {
		w.t.FailNow()
	}
}
