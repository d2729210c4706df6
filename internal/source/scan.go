package source

import (
	"context"
	"maps"
	"slices"
	"time"

	"broadsheet/internal/blog"

	"golang.org/x/sync/errgroup"
)

// scan is one pass over the folder.
type scan struct {
	root string
	prev *Snapshot
	o    Options
	now  time.Time

	found    []*found
	media    []blog.Media
	gone     map[string]time.Time
	lost     []string // folders that could not be listed, relative, with a trailing slash
	problems []blog.Problem
	dirs     int
	again    time.Duration
	entries  map[string]*entry
}

// found is a file that the walk came across, and what became of it.
type found struct {
	path    string // relative, slash-separated
	name    string // absolute, links resolved
	print   fingerprint
	birth   time.Time
	entry   *entry        // nil: nothing to show
	broken  string        // why there is nothing to open, as the walk found; empty: it is a regular file
	problem string        // why the newest bytes are not taken; empty: they are
	gone    bool          // it vanished between the listing and the reading
	again   time.Duration // when to look at the file again; 0: no need
}

// run walks, reads what changed, and settles what is missing.
func (s *scan) run(ctx context.Context) (*Snapshot, error) {
	if err := s.walk(ctx); err != nil {
		return nil, err
	}
	if err := s.readAll(ctx); err != nil {
		return nil, err
	}
	s.collect()
	s.settleMedia(s.settleMissing())
	return s.snapshot(), nil
}

func (s *scan) readAll(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers())
	for _, f := range s.found {
		before := s.before(f.path)
		if f.broken != "" {
			s.refuse(f, before, f.broken)
			continue
		}
		if before != nil && s.unchanged(f, before) {
			f.entry = before
			continue
		}
		group.Go(func() error {
			s.take(f)
			s.o.Progress(1)
			return ctx.Err()
		})
	}
	return group.Wait()
}

// before returns what the previous snapshot knew of a path.
func (s *scan) before(path string) *entry {
	if s.prev == nil {
		return nil
	}
	return s.prev.entries[path]
}

// unchanged reports whether the bytes known are those on disk. Where time
// stamps cannot tell, it says when they will.
func (s *scan) unchanged(f *found, before *entry) bool {
	if before.print != f.print || !before.missing.IsZero() || before.file.Stale || before.file.MovedFrom != "" {
		return false
	}
	last := f.print.newest()
	if before.read.Sub(last) >= racy || last.After(before.read) {
		return true
	}
	f.again = racy - s.now.Sub(last)
	return f.again > 0
}

// take reads a file that changed, unless it is still being written.
func (s *scan) take(f *found) {
	before := s.before(f.path)
	if wait := s.unsettled(f); wait > 0 {
		f.entry, f.again = before, wait
		return
	}
	data, problem := s.read(f)
	switch problem {
	case beingWritten:
		f.entry, f.again = before, s.o.Settle
		return
	case vanished:
		f.gone, f.again = true, s.o.Settle
		return
	}
	if problem == "" && len(data) == 0 && before != nil && len(before.file.Data) > 0 {
		problem = "the file is empty"
	}
	if problem != "" {
		s.refuse(f, before, problem)
		return
	}
	f.entry = newEntry(f, data, before, s.now)
	if age := s.now.Sub(f.print.newest()); age >= 0 && age < racy {
		f.again = racy - age
	}
}

// unsettled returns how long to wait before a file may be taken; 0 is now. At
// the first scan there is nothing to show instead, so that nothing is waited
// for. A stamp in the future says nothing.
func (s *scan) unsettled(f *found) time.Duration {
	age := s.now.Sub(f.print.newest())
	if s.prev == nil || age < 0 || age >= s.o.Settle || s.complete(f) {
		return 0
	}
	return s.o.Settle - age
}

// complete reports whether a file is known to have been whole when it got its
// name: its bytes are older than the name, or it took the place of another
// file, and nobody writes to it. The file known before under that name is being
// edited where it lies, and its stamps then say nothing: a chmod amid the
// writing parts them too.
func (s *scan) complete(f *found) bool {
	before := s.before(f.path)
	if before != nil && before.print.id == f.print.id {
		return false
	}
	return f.print.changed.After(f.print.modified) || before != nil && closed(f.name)
}

// refuse keeps the last good bytes of a file that cannot be taken.
func (s *scan) refuse(f *found, before *entry, problem string) {
	f.problem, f.again = problem, 30*time.Second
	if before == nil {
		return
	}
	kept := *before
	kept.file.Stale, kept.file.MovedFrom, kept.missing = true, "", time.Time{}
	f.entry = &kept
	f.problem += "; the last good version stays"
}

// collect gathers what the walk found and reading came to, in order of path.
func (s *scan) collect() {
	s.entries = make(map[string]*entry, len(s.found))
	for _, f := range s.found {
		if f.entry != nil {
			s.entries[f.path] = f.entry
		}
		if f.problem != "" {
			s.problem(f.path, f.problem)
		}
		s.wake(f.again)
	}
}

func (s *scan) problem(path, message string) {
	s.problems = append(s.problems, blog.Problem{File: path, Severity: blog.Error, Message: message})
}

// wake makes sure that there is another scan within d.
func (s *scan) wake(d time.Duration) {
	if d > 0 && (s.again == 0 || d < s.again) {
		s.again = d
	}
}

func (s *scan) snapshot() *Snapshot {
	snapshot := &Snapshot{
		Root: s.root, Media: s.media, Problems: s.problems, Dirs: s.dirs, Again: s.again, entries: s.entries, gone: s.gone,
		Files: make([]File, 0, len(s.entries)),
	}
	for _, path := range slices.Sorted(maps.Keys(s.entries)) {
		snapshot.Files = append(snapshot.Files, s.entries[path].file)
	}
	blog.SortProblems(snapshot.Problems)
	return snapshot
}
