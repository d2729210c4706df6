package memory

import (
	"maps"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/identity"
	"broadsheet/internal/library"
)

// remembered is what outlives the process. The names of its fields are those of the file
// that earlier versions kept it in.
type remembered struct {
	Posts identity.Table // by path
	Dates edition.Dates

	// For how many days posts and documents have been gone, as far as anybody looked.
	Gone   gone
	Looked time.Time

	// Begun is when the state was begun anew although there had been one. What was
	// handed out before is unknown.
	Begun time.Time

	since time.Time // when the database was made; zero: there is none, or nothing was written to it
}

type gone struct{ Posts, Dates map[string]int }

func (g gone) clone() gone { return gone{maps.Clone(g.Posts), maps.Clone(g.Dates)} }

const (
	keptDays = 90             // what is gone for longer is forgotten
	day      = 24 * time.Hour // how often is looked for that
	maxDays  = 30             // that a single look may count: the clock may have jumped
)

func newRemembered() remembered {
	return remembered{
		Posts: identity.Table{}, Dates: edition.Dates{}, Gone: gone{map[string]int{}, map[string]int{}},
	}
}

func validPost(path string, p library.Identity) bool { return path != "" && p.ID != "" }

// validDate is wary of what this program never wrote: its dates begin in 2000.
func validDate(path string, r edition.Record) bool {
	return path != "" && path[0] == '/' && len(r.Hash) == 32 && r.Modified.Year() >= 2000
}

// clamp brings dates back that lie in the future, both of the clock and of the
// moment when the state was written: where only the clock says so, it is wrong. It returns
// their paths.
func (r *remembered) clamp(now, written time.Time) (changed []string) {
	limit := now
	if written.After(limit) {
		limit = written
	}
	for path, date := range r.Dates {
		if date.Modified.After(limit.Add(time.Minute)) {
			date.Modified = now.UTC().Truncate(time.Second)
			r.Dates[path] = date
			changed = append(changed, path)
		}
	}
	return changed
}

// age counts the days since the last look, one at the least, for what is not among the
// documents, and the posts that are marked as gone; and forgets what is gone for too
// long.
func (r *remembered) age(now time.Time, has func(path string) bool, n *news) {
	since := now.Sub(r.Looked)
	days := min(int(since/day), maxDays)
	if since < 0 || r.Looked.IsZero() {
		days = 0
	}
	r.Looked, n.facts = now.UTC().Truncate(time.Second), true
	isGone := func(path string) bool { return r.Posts.At(path).Gone }
	forget(r.Posts, r.Gone.Posts, days, isGone, n.post)
	forget(r.Dates, r.Gone.Dates, days, func(path string) bool { return !has(path) }, n.date)
	if !r.Begun.IsZero() && now.Sub(r.Begun) > keptDays*day {
		r.Begun = time.Time{}
	}
}

// forget adds days to those that each has been gone for, and tells of what changed.
func forget[V any](known map[string]V, counts map[string]int, days int, isGone func(path string) bool, tell func(path string)) {
	for path := range known {
		count, counted := counts[path]
		switch {
		case !isGone(path):
			if !counted {
				continue
			}
			delete(counts, path)
		case !counted:
			counts[path] = 0
		case count+days > keptDays:
			delete(known, path)
			delete(counts, path)
		case days == 0:
			continue
		default:
			counts[path] = count + days
		}
		tell(path)
	}
	for path := range counts {
		if _, is := known[path]; !is {
			delete(counts, path)
		}
	}
}
