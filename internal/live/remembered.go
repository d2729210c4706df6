package live

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"maps"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/library"
)

// remembered is what outlives the process, as the snapshot has it.
type remembered struct {
	Posts map[string]library.Identity `json:"posts"` // by path
	Dates edition.Dates               `json:"dates"`

	// For how many days posts and documents have been gone, as far as anybody looked.
	Gone   gone      `json:"gone,omitzero"`
	Looked time.Time `json:"looked,omitzero"`

	// Begun is when the state was begun anew although there had been one. What was
	// handed out before is unknown.
	Begun time.Time `json:"begun,omitzero"`
}

type gone struct {
	Posts map[string]int `json:"posts,omitempty"`
	Dates map[string]int `json:"dates,omitempty"`
}

// IsZero reports whether nothing is gone; encoding/json asks.
func (g gone) IsZero() bool { return len(g.Posts)+len(g.Dates) == 0 }

const (
	keptDays = 90             // what is gone for longer is forgotten
	day      = 24 * time.Hour // how often is looked for that
	maxDays  = 30             // that a single look may count: the clock may have jumped
)

func newRemembered() remembered {
	return remembered{
		Posts: map[string]library.Identity{}, Dates: edition.Dates{}, Gone: gone{map[string]int{}, map[string]int{}},
	}
}

// decode takes what can be read of a snapshot, and reports whether that is all.
func (r *remembered) decode(data []byte) bool {
	var file struct {
		Posts, Dates  map[string]json.RawMessage
		Gone          gone
		Looked, Begun time.Time
	}
	err := json.Unmarshal(data, &file)
	whole := err == nil && (file.Posts != nil || file.Dates != nil)
	for path, raw := range file.Posts {
		if post, ok := decodeAs(raw, path, validPost); ok {
			r.Posts[path] = post
		} else {
			whole = false
		}
	}
	for path, raw := range file.Dates {
		if date, ok := decodeAs(raw, path, validDate); ok {
			r.Dates[path] = date
		} else {
			whole = false
		}
	}
	if file.Gone.valid() {
		maps.Copy(r.Gone.Posts, file.Gone.Posts)
		maps.Copy(r.Gone.Dates, file.Gone.Dates)
	} else {
		whole = false
	}
	r.Looked, r.Begun = file.Looked, file.Begun
	return whole
}

func decodeAs[V any](raw json.RawMessage, path string, valid func(string, V) bool) (v V, ok bool) {
	return v, json.Unmarshal(raw, &v) == nil && valid(path, v)
}

func validPost(path string, p library.Identity) bool { return path != "" && p.ID != "" }

// validDate is wary of what this program never wrote: its dates begin in 2000.
func validDate(path string, r edition.Record) bool {
	return path != "" && path[0] == '/' && len(r.Hash) == 32 && r.Modified.Year() >= 2000
}

func (g gone) valid() bool {
	for _, days := range []map[string]int{g.Posts, g.Dates} {
		for _, n := range days {
			if n < 0 {
				return false
			}
		}
	}
	return true
}

// replay makes the changes of a journal. It reports whether they are all there: a
// crash may cost the end of it, and nothing before that.
func (r *remembered) replay(journal []byte) bool {
	torn, whole := false, true
	for line := range bytes.Lines(journal) {
		c, ok := parseChange(line)
		if !ok {
			torn = true
			continue
		}
		whole = whole && !torn
		r.apply(c)
	}
	return whole
}

func parseChange(line []byte) (c change, ok bool) {
	sum, data, found := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
	if !found || string(sum) != fmt.Sprintf("%08x", crc32.ChecksumIEEE(data)) {
		return change{}, false
	}
	return c, json.Unmarshal(data, &c) == nil
}

func (r *remembered) apply(c change) {
	for path, post := range c.Posts {
		if post == nil {
			delete(r.Posts, path)
		} else {
			r.Posts[path] = *post
		}
	}
	for path, date := range c.Dates {
		if date != nil {
			r.Dates[path] = *date
		}
	}
}

// clamp brings dates back that lie in the future, both of the clock and of the
// moment when the state was written: where only the clock says so, it is wrong.
func (r *remembered) clamp(now, written time.Time) {
	limit := now
	if written.After(limit) {
		limit = written
	}
	for path, date := range r.Dates {
		if date.Modified.After(limit.Add(time.Minute)) {
			date.Modified = now.UTC().Truncate(time.Second)
			r.Dates[path] = date
		}
	}
}

// age counts the days since the last look, one at the least, for what is not among the
// documents, and the posts that are marked as gone; and forgets what is gone for too
// long. It reports whether it looked.
func (r *remembered) age(now time.Time, here map[string]bool) bool {
	since := now.Sub(r.Looked)
	if since >= 0 && since < day {
		return false
	}
	days := min(int(since/day), maxDays)
	if since < 0 || r.Looked.IsZero() {
		days = 0
	}
	r.Looked = now.UTC().Truncate(time.Second)
	isGone := func(path string) bool { return r.Posts[path].Gone }
	forget(r.Posts, r.Gone.Posts, days, isGone)
	forget(r.Dates, r.Gone.Dates, days, func(path string) bool { return !here[path] })
	if !r.Begun.IsZero() && now.Sub(r.Begun) > keptDays*day {
		r.Begun = time.Time{}
	}
	return true
}

// forget adds days to those that each has been gone for.
func forget[V any](known map[string]V, counts map[string]int, days int, isGone func(path string) bool) {
	for path := range known {
		count, counted := counts[path]
		switch {
		case !isGone(path):
			delete(counts, path)
		case !counted:
			counts[path] = 0
		case count+days > keptDays:
			delete(known, path)
			delete(counts, path)
		default:
			counts[path] = count + days
		}
	}
	for path := range counts {
		if _, is := known[path]; !is {
			delete(counts, path)
		}
	}
}
