package live

import (
	"context"
	"log/slog"
	"time"

	"broadsheet/internal/source"
	"broadsheet/internal/watch"
)

// scan reads the folder. Where events can be trusted, it looks at what they name, and at
// files that were left for later; the watcher asks for a scan of everything each minute.
// What a look found may not be published, as settings are waited for: the look after it is
// at everything, for the names are gone.
func (l *Live) scan(ctx context.Context, now time.Time) (*source.Snapshot, error) {
	names, all := l.watcher.Named()
	whole := l.needsFullScan || !all
	l.needsFullScan = true // until it is published
	if whole {
		return l.fullScan(ctx)
	}
	trusted := l.trusted()
	if !trusted && (len(names) == 0 || !l.partialSince.IsZero() && now.Sub(l.partialSince) >= partialFor) {
		return l.fullScan(ctx)
	}
	s := source.Revisit(ctx, l.root, l.snapshot, names, l.sourceOptions())
	switch {
	case s == nil:
		return l.fullScan(ctx)
	case trusted:
		l.fullScanBegan, l.partialSince = now, time.Time{}
	default:
		l.fullScanBegan = l.lastFullScan
		l.fullScanSoon(s, now)
	}
	return s, nil
}

// trusted reports whether events tell of all that happens, as far as is known.
func (l *Live) trusted() bool {
	w := l.watcher.Status()
	return l.published != nil && w.Mode == watch.Events && w.Watches > 0
}

// fullScanSoon has a full scan follow soon. Events that cannot be trusted are good for
// publishing a save at once.
func (l *Live) fullScanSoon(s *source.Snapshot, now time.Time) {
	if l.partialSince.IsZero() {
		l.partialSince = now
	}
	if left := max(partialFor-now.Sub(l.partialSince), time.Millisecond); s.Again == 0 || s.Again > left {
		s.Again = left
	}
}

// fullScan looks at everything, telling the watcher of each directory before it is
// listed.
func (l *Live) fullScan(ctx context.Context) (*source.Snapshot, error) {
	began, round := time.Now(), l.watcher.Round()
	l.progress.Store(0)
	o := l.sourceOptions()
	o.Visit = round.Add
	s, err := source.Scan(ctx, l.root, l.snapshot, o)
	for _, dir := range l.follower.folders() {
		round.Add(dir)
	}
	round.End()
	if err == nil {
		l.partialSince = time.Time{}
		l.compare(s, began)
	}
	return s, err
}

// compare notes what a scan found other than the one before, for judgeEvents.
func (l *Live) compare(s *source.Snapshot, began time.Time) {
	if l.snapshot != nil && s.Differs(l.snapshot) {
		l.missedEventSince = l.lastFullScan
	}
	l.fullScanBegan = time.Time{}
	if l.watcher.Status().Watches > 0 {
		l.fullScanBegan = began
	}
}

// judgeEvents tells the watcher if the scan before found a change that no event
// has told of until now: it had the time since to arrive.
func (l *Live) judgeEvents() {
	if !l.missedEventSince.IsZero() && l.watcher.Status().LastEvent.Before(l.missedEventSince) {
		l.watcher.Unannounced()
	}
	l.missedEventSince = time.Time{}
}

// tellMode logs when the way to learn of changes becomes another.
func (l *Live) tellMode() {
	w := l.watcher.Status()
	if w.Reason == l.loggedReason {
		return
	}
	if l.loggedReason = w.Reason; w.Mode == watch.Poll {
		l.log.Warn("the folder is polled", slog.String("reason", w.Reason))
	} else {
		l.log.Info("events of the folder are followed")
	}
}
