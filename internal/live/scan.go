package live

import (
	"context"
	"log/slog"
	"time"

	"broadsheet/internal/source"
	"broadsheet/internal/watch"
)

// scan reads the folder. Where events can be trusted, it is partial: it looks at the files that
// they name and at those that were left for later. The watcher asks for a full scan each minute.
// What a partial scan found may not be published, since settings are waited for. The next scan is
// then a full one, since the names are lost.
func (l *Live) scan(ctx context.Context, now time.Time) (*source.Snapshot, error) {
	names, all := l.watcher.Named()
	isFull := l.needsFullScan || !all
	l.needsFullScan = true // until it is published
	if isFull {
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
		l.scannedUpTo, l.partialSince = now, time.Time{}
	default:
		l.scannedUpTo = l.publishedUpTo
		l.fullScanSoon(s, now)
	}
	return s, nil
}

// trusted reports whether events tell of all that happens, as far as is known.
func (l *Live) trusted() bool {
	w := l.watcher.Status()
	return l.published != nil && w.Mode == watch.Events && w.Watches > 0
}

// fullScanSoon has a full scan follow soon. Events that cannot be trusted are good enough to
// publish a save at once.
func (l *Live) fullScanSoon(s *source.Snapshot, now time.Time) {
	if l.partialSince.IsZero() {
		l.partialSince = now
	}
	if left := max(partialFor-now.Sub(l.partialSince), time.Millisecond); s.Again == 0 || s.Again > left {
		s.Again = left
	}
}

// fullScan looks at everything. It names each folder to the watcher before it lists it.
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

// compare notes for judgeEvents whether a full scan found a change.
func (l *Live) compare(s *source.Snapshot, began time.Time) {
	if l.snapshot != nil && s.Differs(l.snapshot) {
		l.missedEventSince = l.publishedUpTo
	}
	l.scannedUpTo = time.Time{}
	if l.watcher.Status().Watches > 0 {
		l.scannedUpTo = began
	}
}

// judgeEvents tells the watcher if the last full scan found a change that no event has announced.
// An event has had the time since that scan to arrive.
func (l *Live) judgeEvents() {
	if !l.missedEventSince.IsZero() && l.watcher.Status().LastEvent.Before(l.missedEventSince) {
		l.watcher.Unannounced()
	}
	l.missedEventSince = time.Time{}
}

// tellMode logs how changes are noticed, if that is another way than before.
func (l *Live) tellMode() {
	w := l.watcher.Status()
	if w.Reason == l.loggedReason {
		return
	}
	l.loggedReason = w.Reason
	if w.Mode == watch.Poll {
		l.log.Warn("the folder is polled", slog.String("reason", w.Reason))
	} else {
		l.log.Info("events of the folder are followed")
	}
}
