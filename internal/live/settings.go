package live

import (
	"context"
	"log/slog"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source"
	"broadsheet/internal/status"
)

// Config is where the settings come from. They are read before the first edition,
// when the folder is there, and again when one of the files changes. The zero value
// leaves them as they are.
type Config struct {
	Files func() []string // all files and folders that the settings depend on, there or not
	Read  func() Reading  // called by the goroutine of Run
}

// Reading is what reading the settings came to.
type Reading struct {
	Settings Settings
	Restart  []string       // keys of settings that a running service does not change
	Problems []blog.Problem // with one of severity Error the settings are not to be used
}

// broken reports whether the settings are not to be used.
func (r Reading) broken() bool {
	return slices.ContainsFunc(r.Problems, func(p blog.Problem) bool { return p.Severity == blog.Error })
}

// follower knows the files of the settings. It belongs to the goroutine of Run.
type follower struct {
	Config
	read  map[string]source.Mark // what was there when they were read; nil: never
	seen  map[string]source.Mark // what is there since, if that is something else
	since time.Time              // since when it is, by our own clock
	began time.Time              // since when it is not what they were read from
	asked bool                   // they are to be read, whether they changed or not
	told  bool                   // it was logged that this has to wait
	doubt []blog.Problem         // what they wait for
	facts status.Settings
}

// rest is how long the files of the settings must have been left alone.
const rest = 500 * time.Millisecond

// due reports whether the settings are to be read now; if not, it says when to ask
// again, 0 for no need. Files that are gone may come back, as posts may, and
// without them ids and addresses would change: they are waited for. Now skips all
// waiting: a tree that took the place of another brings its own settings. The
// folder was looked at since looked.
func (f *follower) due(looked time.Time, now bool) (read bool, again time.Duration) {
	f.doubt = nil
	at := time.Now()
	marks, err := f.marks()
	if err != nil {
		f.doubt = []blog.Problem{{Severity: blog.Warning, Message: "the settings stay as they were: " + err.Error()}}
		return false, rootRetry
	}
	if f.read != nil && maps.Equal(marks, f.read) && !f.asked {
		f.seen = nil
		return false, 0
	}
	if f.seen == nil {
		f.began = looked
	}
	if f.seen == nil || !maps.Equal(marks, f.seen) {
		f.seen, f.since = marks, looked
	}
	if now || f.asked {
		return true, 0
	}
	left := rest - at.Sub(f.since)
	if name := f.missing(); name != "" {
		left = emptyGrace - at.Sub(f.since)
		f.doubt = []blog.Problem{{File: filepath.ToSlash(name), Severity: blog.Warning,
			Message: "the settings that were here are missing; they stay for " + emptyGrace.String() + " in case that is an accident"}}
	}
	return left <= 0, max(left, 0)
}

// resting reports whether settings that changed wait for a moment: what changed
// together with them, such as posts of the same commit, is to be published together.
func (f *follower) resting() bool {
	return f.seen != nil && f.missing() == "" && time.Since(f.began) < patience
}

// marks tells what there is now.
func (f *follower) marks() (map[string]source.Mark, error) {
	marks := map[string]source.Mark{}
	for _, name := range f.Files() {
		mark, err := source.MarkOf(name)
		if err != nil {
			return nil, err
		}
		if mark.Exists() {
			marks[name] = mark
		}
	}
	return marks, nil
}

// missing returns the first file that was there when the settings were read, and
// is gone.
func (f *follower) missing() string {
	for _, name := range slices.Sorted(maps.Keys(f.read)) {
		if !f.seen[name].Exists() {
			return name
		}
	}
	return ""
}

// same reports whether what was seen is still there.
func (f *follower) same() bool {
	marks, err := f.marks()
	return err == nil && maps.Equal(marks, f.seen)
}

// folders are those that hold the files, without links.
func (f *follower) folders() []string {
	if f.Files == nil {
		return nil
	}
	var all []string
	for _, name := range f.Files() {
		all = append(all, filepath.Dir(name))
	}
	slices.Sort(all)
	var real []string
	for _, dir := range slices.Compact(all) {
		dir, err := filepath.EvalSymlinks(dir)
		if err != nil {
			continue // it does not exist: its parent will tell
		}
		dir, err = filepath.Abs(dir)
		if err == nil {
			real = append(real, dir)
		}
	}
	return real
}

// configure reads the settings, if there is reason to, from the tree that s shows.
// It returns what the folder is by them, and when to ask again, 0 for no need.
// Without a snapshot there is nothing to publish yet: the settings are missing, or
// just being changed, or the tree changed while it was looked at.
func (l *Live) configure(ctx context.Context, s *source.Snapshot, looked time.Time) (_ *source.Snapshot, again time.Duration) {
	f := &l.follower
	if f.Read == nil || s.Waits() {
		return s, 0
	}
	swapped := l.snapshot != nil && !s.SameTree(l.snapshot)
	read, again := f.due(looked, swapped || f.read == nil && !l.arrived)
	defer l.tellSettings()
	if !read && (f.read == nil || f.resting()) {
		return nil, again
	}
	if !read {
		return s, again
	}
	r := f.Read()
	if !s.Current(l.root) || !f.same() {
		return nil, rest
	}
	return l.adopt(ctx, s, r)
}

// adopt makes settings those in force, unless something is wrong with them.
func (l *Live) adopt(ctx context.Context, s *source.Snapshot, r Reading) (*source.Snapshot, time.Duration) {
	f := &l.follower
	first := f.read == nil
	f.read, f.seen, f.asked, f.told = f.seen, nil, false, false
	f.facts.Problems = r.Problems
	if r.broken() {
		for _, p := range r.Problems {
			l.log.Error("the settings stay as they were", slog.String("error", p.Error()))
		}
		if first {
			f.read, s = nil, nil
		}
		return s, rootRetry
	}
	before := l.settings.Made
	l.settings = r.Settings
	f.facts.Read, f.facts.Files, f.facts.Restart = instant(time.Now()), l.settingsFiles(), r.Restart
	if !first {
		l.log.Info("settings read")
	}
	if len(r.Restart) > 0 {
		l.log.Warn("a restart is needed for settings that changed", slog.Any("settings", r.Restart))
	}
	if reflect.DeepEqual(before, l.settings.Made) {
		return s, 0
	}
	return l.rescan(ctx, before.Kind != l.settings.Made.Kind)
}

// settingsFiles are the files that settings were read from.
func (l *Live) settingsFiles() []string {
	files := []string{}
	for _, name := range slices.Sorted(maps.Keys(l.follower.read)) {
		if l.follower.read[name].Regular() {
			files = append(files, filepath.ToSlash(name))
		}
	}
	return files
}

// rescan looks at the folder by new settings; anew, if all is read by other rules.
func (l *Live) rescan(ctx context.Context, anew bool) (*source.Snapshot, time.Duration) {
	if anew {
		l.snapshot = nil
	}
	round := l.watcher.Round()
	o := l.sourceOptions()
	o.Visit, o.Trust = round.Add, true
	s, err := source.Scan(ctx, l.root, l.snapshot, o)
	round.End()
	if err != nil {
		return nil, rootRetry
	}
	return s, 0
}

// tellSettings hands out what is known of the settings.
func (l *Live) tellSettings() {
	facts := l.follower.facts
	facts.Problems = slices.Concat(facts.Problems, l.follower.doubt)
	l.configured.Store(&facts)
}

// postpone says, once, that settings that are to be read have to wait.
func (l *Live) postpone() {
	if l.follower.asked && !l.follower.told {
		l.log.Info("the settings are read when the folder is there")
		l.follower.told = true
	}
}

// Reread reads the settings anew as soon as the folder is there.
func (l *Live) Reread() {
	select {
	case l.asked <- struct{}{}:
	default: // it is to be done already
	}
}
