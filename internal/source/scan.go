package source

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/known"
	"broadsheet/internal/source/internal/tree"
	"broadsheet/internal/source/internal/walk"
)

// scan is one pass over the folder.
type scan struct {
	tree.Generation
	prev *Snapshot
	o    Options
	now  time.Time

	found             []found
	usual             fate        // of files that are as they were; never written to
	home              *known.Home // of files that keep no bytes
	epoch             time.Time
	media             []blog.Media
	mediaMissingSince map[string]time.Time
	unreadableDirs    []string // folders that could not be listed, relative, with a trailing slash
	problems          []blog.Problem
	notes             []blog.Problem // of names that are passed over
	folders           map[string]bool
	hasLinks          bool
	again             time.Duration
	held              []Held
	refused           map[string]time.Time
	waiting           map[string]sighting
	due               []string // paths that are to be looked at again; not sorted
	unlisted          map[string]sighting
	selves            *files.Selves[known.Entry] // of prev; see known
	claimed           map[*known.Entry]bool      // those of prev that go on in a file that changed, under whatever name
	former            map[string]string          // the names that files were known under, where those are others, by the present ones
	keys              uint64                     // the last one given
	awaited           time.Time                  // see Snapshot

	swapped      bool         // the root is another tree than the one of prev
	confirmed    []known.Seen // what a look before saw of that tree
	firstOmitted string       // the first path that is left out because there are too many; empty: none is
	entries      []*known.Entry
}

func newScan(at tree.Generation, prev *Snapshot, o Options) *scan {
	s := &scan{Generation: at, prev: prev, o: o, now: o.Now(), home: &known.Home{Texts: o.Texts}}
	s.epoch = s.now.Add(-beforeFirst)
	if prev != nil {
		s.epoch, s.keys = prev.epoch, prev.keys
	}
	return s
}

// run walks, and makes of it what it can.
func (s *scan) run(ctx context.Context) (*Snapshot, error) {
	s.swapped = s.prev != nil && s.Generation != s.prev.generation
	if err := s.walk(ctx); err != nil {
		return nil, err
	}
	switch {
	case s.swapped && s.o.Trust && s.prev.swap != nil:
		s.confirmed = s.prev.swap.Sights
	case s.swapped && !s.o.Trust:
		if still := s.awaitSwap(); still != nil {
			return still, nil
		}
	}
	return s.finish(ctx)
}

// finish reads what changed among the files found, and settles what is missing.
func (s *scan) finish(ctx context.Context) (*Snapshot, error) {
	s.o.Texts.LieIn(s.Real)
	s.remember()
	err := files.Each(ctx, len(s.found), func(i int, eyes *files.Looker) { s.visit(&s.found[i], eyes) })
	if err != nil {
		return nil, err
	}
	if s.prev == nil {
		s.doubt()
	}
	s.follow()
	s.collect()
	s.settleMedia(s.settleMissing())
	return s.snapshot(), nil
}

// remember finds what the previous snapshot knew of each file. Both lists are
// sorted by path.
func (s *scan) remember() {
	var before []*known.Entry
	if s.prev != nil {
		before = s.prev.entries
	}
	s.selves = files.SelvesOf(before, (*known.Entry).Self)
	for i := range s.found {
		f := &s.found[i]
		for len(before) > 0 && before[0].Path < f.Path {
			before = before[1:]
		}
		if len(before) > 0 && before[0].Path == f.Path {
			f.before, before = before[0], before[1:]
		}
	}
}

// visit takes what is new of a file. A file that nothing is known of is opened
// at once; whether it changed since would be of no use.
func (s *scan) visit(f *found, eyes *files.Looker) {
	if f.before != nil && f.Broken == "" && f.Print == (files.Print{}) {
		s.lstat(f, eyes)
	}
	switch {
	case f.gone:
	case f.Broken != "":
		s.refuse(f, f.Broken)
	case f.before != nil && s.unchanged(f, f.before):
		f.entry = f.before
	default:
		s.take(f)
		s.o.Progress(1)
	}
}

// lstat asks the system for the print of a file that was seen as a name only.
func (s *scan) lstat(f *found, eyes *files.Looker) {
	print, regular, err := eyes.Look(s.name(f))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.own(f)
		f.gone, f.again = true, s.o.Settle
	case err != nil:
		f.Broken = "the file cannot be read: " + files.Reason(err)
	case !regular:
		f.Broken = walk.Irregular
	default:
		f.Print = print
	}
}

// unchanged reports whether the bytes known are those on disk. Where time
// stamps cannot tell, it says when they will: some file systems date by the
// second, so that a file may change once more and look the same.
func (s *scan) unchanged(f *found, before *known.Entry) bool {
	if before.Print != f.Print || before.Missing != 0 || before.Stale {
		return false
	}
	if s.moment(s.now).Sub(before.Read) >= s.o.Verify {
		return false
	}
	if before.Read.Sub(before.Still) >= racy {
		return true
	}
	left := racy - s.clock().Sub(before.Still)
	if left > 0 {
		s.own(f)
		f.racy = left
	}
	return left > 0
}

// take reads a file that changed, unless it is still being written.
func (s *scan) take(f *found) {
	s.own(f)
	now := s.clock()
	data, problem := s.read(f)
	before := f.before
	switch problem {
	case unsettled:
		f.rest, f.held = max(s.unsettled(f), time.Millisecond), problem // somebody may just have closed it
		return
	case beingWritten:
		f.rest, f.held = s.o.Settle, problem
		return
	case vanished:
		f.gone, f.again = true, s.o.Settle
		return
	}
	if problem == "" && len(data) == 0 && before != nil && before.Print.Size > 0 {
		problem = "the file is empty"
	}
	if problem != "" {
		s.refuse(f, problem)
		return
	}
	f.entry = s.newEntry(f, data, now)
	if rest := now.Sub(f.still); s.prev != nil && rest < racy {
		f.racy = racy - rest
	}
}

// refuse notes why a file cannot be taken, and when to try again: soon at first, then ever more rarely.
func (s *scan) refuse(f *found, problem string) {
	const soonest, latest = 500 * time.Millisecond, 30 * time.Second
	s.own(f)
	f.problem, f.since = problem, s.now
	if s.prev != nil {
		if since, known := s.prev.refused[f.Path]; known {
			f.since = since
		}
	}
	f.again = min(max(soonest, s.now.Sub(f.since)), latest) // doubles the time that has passed
}

// collect gathers what the walk found and reading came to, in order of path.
// Files that need a little time are looked at again together, when the last of
// them is due: after many changes each would else give rise to a scan of its own.
func (s *scan) collect() {
	s.entries = make([]*known.Entry, 0, len(s.found))
	s.refused, s.waiting = map[string]time.Time{}, map[string]sighting{}
	var rest, racy time.Duration
	for i := range s.found {
		f := &s.found[i]
		rest, racy = max(rest, f.rest), max(racy, f.racy)
		if f.entry != nil {
			s.entries = append(s.entries, f.entry)
		}
		if f.problem != "" {
			s.problem(f.Path, f.problem)
			s.refused[f.Path] = f.since
		}
		if f.held != "" {
			s.held = append(s.held, Held{f.Path, f.held})
		}
		if f.Print != (files.Print{}) && (f.entry == nil || f.entry.Print != f.Print) {
			s.waiting[f.Path] = sighting{f.Print, f.still}
		}
		s.wake(f.again)
		if f.again > 0 || f.rest > 0 || f.racy > 0 {
			s.due = append(s.due, f.Path)
		}
	}
	s.wake(rest)
	s.wake(racy)
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
		Root: s.Real, Media: s.media, notes: s.notes, Dirs: len(s.folders), Again: s.again,
		generation: s.Generation, epoch: s.epoch, folders: s.folders, hasLinks: s.hasLinks, entries: s.entries, mediaMissingSince: s.mediaMissingSince,
		Held: s.held, refused: s.refused, waiting: s.waiting, unlisted: s.unlisted, keys: s.keys, Files: s.files(), sights: s.sights(),
		due: s.due, awaited: s.awaited,
	}
	snapshot.Problems = slices.Concat(s.problems, s.notes)
	blog.SortProblems(snapshot.Problems)
	return snapshot
}

// files returns the files of the entries: those of prev if they are the same.
func (s *scan) files() []File {
	if s.prev != nil && slices.EqualFunc(s.entries, s.prev.entries, (*known.Entry).Shows) {
		return s.prev.Files
	}
	files := make([]File, len(s.entries))
	for i, e := range s.entries {
		files[i] = fileOf(e)
	}
	return files
}
