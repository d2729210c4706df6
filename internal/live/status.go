package live

import (
	"errors"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
	"broadsheet/internal/source"
	"broadsheet/internal/watch"
)

// facts are what the last turn found. They are immutable once stored.
type facts struct {
	number    uint64
	published time.Time
	counts    library.Counts
	next      time.Time
	scanned   time.Time
	took      time.Duration
	root      string
	dirs      int
	problems  []blog.Problem
	held      *blog.Problem // why the folder cannot be read now; nil: it can
	degraded  bool          // something is wrong with the folder as a whole
	waiting   []source.Held
}

// Status is what a Live does and knows at one moment.
type Status struct {
	State    string         `json:"state"` // "waiting" before the first edition; "ready"; "degraded" while something is wrong with the folder as a whole
	Folder   string         `json:"folder"`
	Edition  EditionStatus  `json:"edition"`
	Posts    library.Counts `json:"posts"`
	Next     *time.Time     `json:"next,omitempty"` // when the clock alone will change what is published
	Scan     ScanStatus     `json:"scan"`
	Watch    WatchStatus    `json:"watch"`
	Problems []blog.Problem `json:"problems"`
}

// EditionStatus describes the current edition.
type EditionStatus struct {
	Number    uint64     `json:"number"` // counted from 1 since the start; 0: none yet
	Published *time.Time `json:"published,omitempty"`
	Documents int        `json:"documents"`
}

// ScanStatus describes the last scan that succeeded.
type ScanStatus struct {
	At      *time.Time `json:"at,omitempty"`
	Seconds float64    `json:"seconds"`
	Folders int        `json:"folders"`
	Reading int64      `json:"reading"` // files read by the scan under way, or by the last one

	Held      int           `json:"held"`                // files whose present state is not shown yet, and is no problem
	HeldFiles []source.Held `json:"heldFiles,omitempty"` // the first of them, and why
}

// WatchStatus describes the watcher.
type WatchStatus struct {
	Mode      watch.Mode `json:"mode"`
	Reason    string     `json:"reason,omitempty"`
	Watches   int        `json:"watches"`
	LastEvent *time.Time `json:"lastEvent,omitempty"`
	Errors    uint64     `json:"errors"`
	LastError string     `json:"lastError,omitempty"`

	Unannounced int `json:"unannounced"` // changes that no event told of
}

// Status returns the facts of this moment.
func (l *Live) Status() Status {
	f, w := l.facts.Load(), l.watcher.Status()
	s := Status{
		State: f.state(), Folder: l.root, Posts: f.counts, Next: instant(f.next),
		Edition:  EditionStatus{Number: f.number, Published: instant(f.published)},
		Scan:     f.scan(l.progress.Load()),
		Watch:    WatchStatus{w.Mode, w.Reason, w.Watches, instant(w.LastEvent), w.Errors, w.LastError, w.Unannounced},
		Problems: append([]blog.Problem{}, f.problems...),
	}
	if e := l.Edition(); e != nil {
		s.Edition.Documents = len(e.Documents())
		s.Problems = append(s.Problems, e.Problems()...)
	}
	if f.held != nil {
		s.Problems = append(s.Problems, *f.held)
	}
	blog.SortProblems(s.Problems)
	return s
}

// Ready returns nil when there is an edition to serve and the folder it comes
// from can be read or is expected back; else it says what is being waited for.
func (l *Live) Ready() error {
	f := l.facts.Load()
	switch {
	case f.number > 0:
		return nil
	case f.held != nil:
		return *f.held
	}
	return errors.New("the first scan is under way")
}

func (f *facts) state() string {
	switch {
	case f.number == 0:
		return "waiting"
	case f.degraded:
		return "degraded"
	}
	return "ready"
}

func (f *facts) scan(reading int64) ScanStatus {
	const most = 20
	return ScanStatus{
		At: instant(f.scanned), Seconds: f.took.Seconds(), Folders: f.dirs, Reading: reading,
		Held: len(f.waiting), HeldFiles: f.waiting[:min(most, len(f.waiting))],
	}
}

// instant returns nil for the zero time, which then is left out of JSON.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
