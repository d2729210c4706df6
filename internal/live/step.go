package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
	"broadsheet/internal/publish"
	"broadsheet/internal/source"
)

// step is the way of the data: it scans the folder, makes a publication and swaps it in. It
// returns how long the next step may wait. While the folder cannot be read, the files that were
// read last are published again, since posts may become due.
func (l *Live) step(ctx context.Context) time.Duration {
	began := time.Now()
	if l.memory.Tend(began) {
		l.forgotten = true // the ids are given anew, as at a start
	}
	l.judgeEvents()
	snapshot, err := l.scan(ctx, began)
	l.tellMode()
	if ctx.Err() != nil {
		return 0
	}
	var rootProblem *blog.Problem
	if err != nil {
		rootProblem = problemOf(err)
		if l.published == nil {
			return l.reportWaiting(*rootProblem)
		}
		snapshot = l.snapshot
	}
	if p := l.emptyAtStart(snapshot, began); p != nil {
		return l.reportWaiting(*p)
	}
	if l.unfinished(snapshot, began) {
		return max(snapshot.Again, time.Millisecond)
	}
	var again time.Duration
	if rootProblem == nil {
		snapshot, again = l.configure(ctx, snapshot, began)
		if snapshot == nil {
			return l.unsettled(again)
		}
	} else {
		l.postpone()
	}
	next := publish.Publish(l.published, publish.Input{
		Files: snapshot, Settings: l.settings, Now: began, Anew: l.forgotten, Ahead: l.ahead, Cache: l.cache, Media: l.media,
		Remembered: publish.Remembered{IDs: l.memory.Posts(), Dates: l.memory.Date, Keep: l.memory.KeepDate},
	})
	l.keep(l.before(), next)
	l.snapshot, l.published, l.forgotten, l.ahead = snapshot, next, false, nil
	l.needsFullScan, l.publishedUpTo = rootProblem != nil, l.scannedUpTo
	l.shelf.Store(next)
	l.swap(next, began, rootProblem)
	if rootProblem != nil {
		return min(rootRetry, l.soonest(0, next.Next))
	}
	return min(l.soonest(snapshot.Again, next.Next), l.soonest(again, time.Time{}))
}

// before returns the library whose ids the next one goes on with; nil: none.
func (l *Live) before() *library.Library {
	if l.published == nil || l.forgotten {
		return nil
	}
	return l.published.Library
}

// keep writes the ids and dates of an edition before it is published. On a slow disk the dates
// are too old by then: they should be about the moment of publication. So keep writes them again.
func (l *Live) keep(before *library.Library, now *publish.Publication) {
	if now.Edition == l.Edition() { // it is published
		l.memory.Keep(before, now.Library, now.Edition, nil)
		return
	}
	for range 3 {
		at := time.Now()
		l.memory.Keep(before, now.Library, now.Edition, now.Edition.Publish(at))
		if time.Since(at) < time.Second/2 {
			return
		}
	}
}

// emptyAtStart says what is wrong with a first scan of an empty folder, if it held posts
// when it was served last: its volume may come a moment after the service.
func (l *Live) emptyAtStart(s *source.Snapshot, now time.Time) *blog.Problem {
	if l.published != nil || len(s.Files) > 0 || !l.memory.KnowsPosts() {
		return nil
	}
	if l.emptySince.IsZero() {
		l.emptySince = now
	}
	if now.Sub(l.emptySince) >= emptyGrace {
		return nil
	}
	return &blog.Problem{Severity: blog.Warning, Message: fmt.Sprintf(
		"the folder is empty, but held posts before; waiting for them for %v in case its volume is late", emptyGrace)}
}

func (l *Live) sourceOptions() source.Options {
	if l.ahead == nil {
		l.ahead = l.settings.Ahead(l.published)
	}
	o := l.settings.Scan()
	o.Progress = func(files int) { l.progress.Add(int64(files)) }
	o.Texts, o.Read = l.texts, l.ahead.Read
	return o
}

// problemOf words why the folder cannot be read.
func problemOf(err error) *blog.Problem {
	p := blog.Problem{Severity: blog.Error, Message: err.Error()}
	if errors.Is(err, source.ErrNoRoot) {
		p.Message += "; waiting for it"
	}
	return &p
}

// reportWaiting says what a first scan is waiting for.
func (l *Live) reportWaiting(p blog.Problem) time.Duration {
	l.facts.Store(&facts{rootProblem: &p})
	problems, _ := l.memory.Problems()
	l.report(append(problems, p))
	return rootRetry
}

// swap publishes an edition and says so, if it differs from the one before.
func (l *Live) swap(now *publish.Publication, began time.Time, rootProblem *blog.Problem) {
	before, next := l.facts.Load(), now.Edition
	f := &facts{
		number: before.number, published: before.published, edition: next, changes: before.changes,
		counts: now.Library.Counts, next: now.Next, scanned: began, took: time.Since(began),
		root: now.Files.Root, dirs: now.Files.Dirs, files: now.Files.Files, waiting: now.Files.Held,
		degraded: rootProblem != nil || slices.ContainsFunc(now.Files.Problems, func(p blog.Problem) bool { return p.File == "" }),
		problems: now.Problems, rootProblem: rootProblem,
	}
	changed := !next.Same(l.edition.Load())
	if changed {
		f.number, f.published = before.number+1, began
		f.change(now.Change)
	}
	l.edition.Store(next)
	l.facts.Store(f)
	if changed {
		l.log.Info("edition published", slog.Uint64("edition", f.number), slog.Int("posts", f.counts.Posts),
			slog.Int("files", f.counts.Files), slog.Float64("seconds", f.took.Seconds()))
	}
	problems, _ := l.memory.Problems()
	problems = slices.Concat(problems, f.problems, next.Problems())
	if rootProblem != nil {
		problems = append(problems, *rootProblem)
	}
	l.report(problems)
	if changed {
		close(*l.changed.Swap(new(make(chan struct{}))))
	}
	if before.number == 0 && changed {
		close(l.first) // after that of the change, so that what Changed returns from now on is about later ones
	}
}

// report logs the problems that are new, and how many are gone.
func (l *Live) report(problems []blog.Problem) {
	now := make(map[blog.Problem]bool, len(problems))
	for _, p := range problems {
		if !now[p] && !l.logged[p] {
			l.log.Log(context.Background(), level(p.Severity), p.Message, slog.String("file", p.File), slog.Int("line", p.Line))
		}
		now[p] = true
	}
	for p := range l.logged {
		if !now[p] {
			l.log.Info("problem gone", slog.String("file", p.File), slog.String("was", p.Message))
		}
	}
	l.logged = now
}

func level(s blog.Severity) slog.Level {
	if s == blog.Error {
		return slog.LevelError
	}
	return slog.LevelWarn
}

// soonest returns the time until the first of these: again and due, if they are set; another
// attempt to write the state; the longest pause.
func (l *Live) soonest(again time.Duration, due time.Time) time.Duration {
	wait := longestPause
	for _, d := range []time.Duration{again, l.memory.Again(time.Now())} {
		if d > 0 {
			wait = min(wait, d)
		}
	}
	if !due.IsZero() {
		wait = min(wait, max(time.Until(due), time.Millisecond))
	}
	return wait
}
