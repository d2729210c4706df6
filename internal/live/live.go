// Package live keeps the current edition of a folder of posts.
//
// In go the folder and the settings; out comes, at any moment, the Edition that
// was published last. Run does the work in one goroutine: it scans, builds the
// library, makes the edition and swaps it in; then it waits for the watcher,
// for the next post that becomes due, or for new settings. The clock is looked
// at once a minute at the least, so that a suspended machine or a stepped clock
// delays a scheduled post by no more than that.
//
// Whatever goes wrong, the edition that is there stays: a folder that is gone is
// waited for, a scan that fails is repeated. Before the first edition there is
// none, and Edition returns nil. With a state folder, the ids of posts and the
// dates of last change outlive the process; and a folder that is empty at the
// start, but was not before, is waited for too, for a while.
//
// Every fact is logged once, when it becomes true, not at every scan.
package live

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/library"
	"broadsheet/internal/live/memory"
	"broadsheet/internal/media"
	"broadsheet/internal/publish"
	"broadsheet/internal/source"
	"broadsheet/internal/status"
	"broadsheet/internal/watch"

	"golang.org/x/sync/errgroup"
)

// Options are what a Live works with.
type Options struct {
	Root  string     // the posts folder
	Watch watch.Mode // how changes are noticed; empty means watch.Auto
	State string     // folder for what is remembered between runs; empty: nothing is
	Log   *slog.Logger
	Settings
	Config       // where Settings come from, if they are to be followed
	Arrived bool // the folder was not there at first, and may still be being filled
	Texts   int  // bytes of files that are kept; 0 means source.DefaultTexts
	Cache   int  // bytes of what was rendered that are kept; 0 means edition.DefaultCache
}

// Settings are the options that Reload can replace.
type Settings = publish.Settings

// Live holds the current edition. Its methods may be called from any
// goroutine.
type Live struct {
	root     string
	log      *slog.Logger
	watcher  *watch.Watcher
	memory   *memory.Memory
	reload   chan Settings
	asked    chan struct{} // capacity 1: the settings are to be read anew
	first    chan struct{} // closed at the first edition
	edition  atomic.Pointer[edition.Edition]
	shelf    atomic.Pointer[publish.Publication] // what media files are handed out from
	changed  atomic.Pointer[chan struct{}]       // closed when the edition says something else
	facts    atomic.Pointer[facts]
	progress atomic.Int64 // files read by the scan under way
	course   atomic.Pointer[course]

	configured atomic.Pointer[status.Settings] // nil: they are not followed

	// The rest belongs to the goroutine of Run.
	settings Settings
	follower follower
	arrived  bool // the folder is new, and may still be being filled
	snapshot *source.Snapshot

	texts            *source.Texts
	cache            *edition.Cache
	media            *media.Catalogue
	ahead            *library.Ahead       // what was read of files since the last publication
	published        *publish.Publication // nil: nothing yet
	forgotten        bool                 // ids came to light that posts had before: they are given anew
	needsFullScan    bool                 // the next scan is a full one, whatever events say
	partialSince     time.Time            // start of the current run of partial scans without trust in events; zero after a full one
	scannedUpTo      time.Time            // no event before this was missed by the last scan; zero: folders were not watched
	publishedUpTo    time.Time            // the same of the scan that was published last
	missedEventSince time.Time            // set when a full scan found a change: the time after which an event should have arrived
	emptySince       time.Time            // since when the folder is empty that held posts before the start
	firstTried       time.Time            // since when the first edition is about to be made
	sameSince        time.Time            // since when the folder has looked the same, before the first edition
	loggedReason     string               // why the folder is polled, as it was logged last
	logged           map[blog.Problem]bool
}

// The longest that something is waited for.
const (
	longestPause = time.Minute      // the clock may have been stepped
	rootRetry    = time.Second      // the folder may have come back
	patience     = 5 * time.Second  // files may be being written at the start
	emptyGrace   = 30 * time.Second // an empty folder may be a volume that is late
	lastTurn     = 5 * time.Second  // what is under way may take this long once the service is to end
	partialFor   = 2 * time.Second  // of scans by events that cannot be trusted; then a full one is due
)

// New returns a Live that does nothing until Run is called.
func New(o Options) *Live {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	l := &Live{
		root: o.Root, log: o.Log, settings: o.Settings,
		watcher: watch.New(watch.Options{Mode: o.Watch}),
		memory:  memory.New(o.State),
		texts:   source.NewTexts(o.Texts),
		cache:   edition.NewCache(o.Cache),
		media:   media.NewCatalogue(),
		reload:  make(chan Settings, 1),
		asked:   make(chan struct{}, 1),

		follower: follower{Config: o.Config},
		arrived:  o.Arrived,
		first:    make(chan struct{}),
		logged:   map[blog.Problem]bool{},
	}
	l.facts.Store(&facts{})
	l.changed.Store(new(make(chan struct{})))
	if o.Watch == watch.Poll {
		l.loggedReason = l.watcher.Status().Reason // whoever asked for it knows
	}
	return l
}

// Run keeps the edition current until ctx is done; it then returns nil. It is
// called once. A step that takes long by then, among very many posts, is
// abandoned: nothing follows from it any more. Where another service has the state
// folder, Run returns at once with an error that is disk.ErrTaken; where a later version
// of the program wrote what is in it, with one that is store.ErrNewer.
func (l *Live) Run(ctx context.Context) error {
	if err := l.memory.Open(time.Now()); err != nil {
		return err
	}
	defer l.memory.Close()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return l.watcher.Run(ctx) })
	group.Go(func() error {
		done := make(chan struct{})
		go func() {
			defer close(done)
			l.follow(ctx)
		}()
		select {
		case <-done:
			return nil
		case <-ctx.Done():
		}
		last := time.NewTimer(lastTurn)
		defer last.Stop()
		select {
		case <-done:
		case <-last.C:
			l.log.Warn("stopped amid an edition", slog.Duration("after", lastTurn))
		}
		return nil
	})
	return group.Wait()
}

// follow takes steps until ctx is done.
func (l *Live) follow(ctx context.Context) {
	var p pace
	for changed := false; ctx.Err() == nil; {
		began := time.Now()
		l.course.Store(&course{true, began})
		again := min(l.guarded(ctx), longestPause)
		l.course.Store(&course{false, time.Now().Add(again)})
		if changed {
			p.spend(time.Since(began))
		}
		changed = l.wait(ctx, again, p.next())
	}
}

// Edition returns what is published now, or nil before the first edition.
func (l *Live) Edition() *edition.Edition { return l.edition.Load() }

// Open opens the media file that is handed out at a path below the site now. It
// fails where nothing public refers to one, and for all before the first edition.
func (l *Live) Open(path string) (*os.File, error) {
	s := l.shelf.Load()
	if s == nil {
		return nil, fs.ErrNotExist
	}
	return s.Open(path)
}

// First is closed when the first edition has been published. What Changed returns
// from then on tells of later ones.
func (l *Live) First() <-chan struct{} { return l.first }

// Changed returns a channel that is closed once an edition has been published that
// says something else than the one before. The channel that comes after it is
// there by then: whoever asks for it before looking at the edition misses none.
func (l *Live) Changed() <-chan struct{} { return *l.changed.Load() }

// Reload makes s the settings in force as soon as the scan under way is over.
// It does not wait for that.
func (l *Live) Reload(s Settings) {
	select {
	case <-l.reload: // superseded
	default:
	}
	l.reload <- s
}

// wait returns when there is reason for another step: a change (then it returns true), new
// settings, or the time that the last step asked for. It reports a change no earlier than next,
// or when the step is due.
func (l *Live) wait(ctx context.Context, again time.Duration, next time.Time) (changed bool) {
	due, timer := time.Now().Add(again), time.NewTimer(again)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case l.settings = <-l.reload:
		l.needsFullScan = true
		return false
	case <-l.asked:
		l.needsFullScan, l.follower.asked = true, true
		return false
	case <-timer.C:
		if !l.watcher.Due() {
			return false
		}
		// In the middle of many changes a step would publish half of them.
		select {
		case <-ctx.Done():
		case <-l.watcher.Changes():
		}
	case <-l.watcher.Changes():
		if due.Before(next) {
			next = due
		}
	}
	l.pause(ctx, time.Until(next))
	return true
}

func (l *Live) pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
