package live

import (
	"errors"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/library"
	"broadsheet/internal/publish"
	"broadsheet/internal/source"
	"broadsheet/internal/status"
)

// facts are what the last step found. They are immutable once stored.
type facts struct {
	number      uint64
	published   time.Time
	edition     *edition.Edition // nil: none yet
	changes     []status.Change  // newest first
	counts      library.Counts
	next        time.Time
	scanned     time.Time
	took        time.Duration
	root        string
	dirs        int
	files       []source.File // sorted by path
	problems    []blog.Problem
	rootProblem *blog.Problem // why the folder cannot be read now; nil: it can
	degraded    bool          // something is wrong with the folder as a whole
	waiting     []source.Held
}

// Status returns the facts of this moment.
func (l *Live) Status() status.Facts {
	f, w := l.facts.Load(), l.watcher.Status()
	c := l.course.Load()
	troubles, kept := l.memory.Problems()
	s := status.Facts{
		Time: time.Now().UTC(), State: f.state(kept), Folder: l.root, Posts: f.counts, Next: instant(f.next),
		Edition: status.Edition{Number: f.number, Published: instant(f.published)},
		Changes: f.changes, Scan: f.scan(l.progress.Load()), Problems: f.quoted(troubles),
		Watch: status.Watch{
			Mode: w.Mode, Reason: w.Reason, Watches: w.Watches, LastEvent: instant(w.LastEvent),
			Errors: w.Errors, LastError: w.LastError, Unannounced: w.Unannounced,
		},
	}
	if settings := l.configured.Load(); settings != nil {
		s.Settings = *settings
		for _, p := range settings.Problems {
			s.Problems = append(s.Problems, status.Problem{Problem: p})
		}
	}
	s.Scan.Since, s.Scan.Overdue = instant(c.since()), c.late(time.Now())
	if s.Scan.Overdue != "" && s.State == status.Ready {
		s.State = status.Degraded
	}
	if f.edition != nil {
		s.Edition.Documents, s.Feeds = f.edition.Len(), feedsOf(f.edition)
	}
	return s
}

// Ready returns nil when there is an edition to serve, and the folder it comes
// from was looked at in time or is expected back; else it says what is being
// waited for.
func (l *Live) Ready() error {
	f := l.facts.Load()
	late := l.course.Load().late(time.Now())
	switch {
	case f.number > 0 && late != "":
		return errors.New(late)
	case f.number > 0:
		return nil
	case f.rootProblem != nil:
		return *f.rootProblem
	}
	return errors.New("the first scan is under way")
}

func (f *facts) state(kept bool) status.State {
	switch {
	case f.number == 0:
		return status.Waiting
	case f.degraded, !kept:
		return status.Degraded
	}
	return status.Ready
}

func (f *facts) scan(reading int64) status.Scan {
	const most = 20
	return status.Scan{
		At: instant(f.scanned), Seconds: f.took.Seconds(), Folders: f.dirs, Reading: reading,
		Held: len(f.waiting), HeldFiles: f.waiting[:min(most, len(f.waiting))],
	}
}

// change notes by what an edition differs from the one before.
func (f *facts) change(c publish.Change) {
	now := status.Change{Edition: f.number, At: f.published.UTC(), Added: c.Added, Changed: c.Changed, Gone: c.Gone}
	f.changes = slices.Concat([]status.Change{now}, f.changes[:min(status.MaxChanges-1, len(f.changes))])
}

// feedsOf describes the main feeds. It makes none of them.
func feedsOf(e *edition.Edition) []status.Feed {
	var feeds []status.Feed
	for _, d := range e.MainFeeds() {
		if c := d.Rendered(); c != nil {
			feeds = append(feeds, status.Feed{
				Path: d.Path, URL: d.URL(), Bytes: len(c.Body), Gzip: len(c.In(edition.Gzip)), Modified: c.Modified,
			})
		}
	}
	return feeds
}

// quoted returns all problems in order, these among them, each with the line that it is about. A
// problem of the edition is one of what is published: where the file says
// something else by now, that line is not at hand.
func (f *facts) quoted(more []blog.Problem) []status.Problem {
	all := []status.Problem{}
	for _, p := range more {
		all = append(all, status.Problem{Problem: p})
	}
	outdated := map[string]bool{}
	for _, p := range f.problems {
		all = append(all, status.Problem{Problem: p, Text: f.line(p)})
		outdated[p.File] = outdated[p.File] || p.Severity == blog.Error
	}
	if f.edition != nil {
		for _, p := range f.edition.Problems() {
			now := status.Problem{Problem: p}
			if !outdated[p.File] {
				now.Text = f.line(p)
			}
			all = append(all, now)
		}
	}
	if f.rootProblem != nil {
		all = append(all, status.Problem{Problem: *f.rootProblem})
	}
	slices.SortFunc(all, func(a, b status.Problem) int { return blog.CompareProblems(a.Problem, b.Problem) })
	return all
}

// line returns the line that a problem is about, out of what was read last.
func (f *facts) line(p blog.Problem) string {
	i, found := slices.BinarySearchFunc(f.files, p.File, func(file source.File, path string) int { return strings.Compare(file.Path, path) })
	if !found {
		return ""
	}
	text, err := f.files[i].Text()
	if err != nil {
		return "" // the next scan tells what it is now
	}
	return status.Line(text, p.Line)
}

// instant returns nil for the zero time, which then is left out of JSON.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
