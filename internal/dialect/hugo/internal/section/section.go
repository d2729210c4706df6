// Package section reads what the page of a section of Hugo's says of the publication of what lies
// in it. What cannot be read keeps that back.
//
// In goes front matter; out comes a Hold, and the values that nobody can read. All functions are
// pure.
package section

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/state"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// Reader reads the front matter of sections by the settings of their site.
type Reader struct {
	Keys               meta.Keys
	Zone               *time.Location // nil: UTC
	Published, Expires []string       // keys of dates, the first of which counts

	Drafts, Future, Expired bool // whether the site publishes such pages
}

// Hold is what keeps back a section, and with it what lies in it.
type Hold struct {
	Draft bool
	Told  bool      // why it is one is told where it is written
	From  time.Time // nothing is public before
	Until time.Time // nor from then on; zero: for ever
}

// And is what two holds of one page come to.
func (x Hold) And(y Hold) Hold {
	x.Draft, x.Told = x.Draft || y.Draft, x.Told || y.Told
	if y.From.After(x.From) {
		x.From = y.From
	}
	x.Until = Earlier(x.Until, y.Until)
	return x
}

// Earlier is the earlier of two moments, of which the zero one never comes.
func Earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Hold is what the front matter of a section says.
func (r Reader) Hold(m meta.Pairs) Hold {
	var x Hold
	x.Told = len(r.Unread(m)) > 0
	x.Draft = x.Told || r.saysDraft(m) && !r.Drafts
	x.From = r.dateIn(m, r.Published)
	if !r.Expired {
		x.Until = r.dateIn(m, r.Expires)
	}
	return x
}

// saysDraft reports whether any switch makes a section a draft.
func (r Reader) saysDraft(m meta.Pairs) bool {
	for _, s := range state.Switches {
		if s.Field != meta.Draft && s.Field != meta.Public {
			continue
		}
		for _, v := range r.Keys.All(m, s.Field) {
			if said, _ := s.Read(v.Value); said == rules.Draft {
				return true
			}
		}
	}
	return false
}

// dateIn is the first date under one of these keys; zero: there is none.
func (r Reader) dateIn(m meta.Pairs, names []string) time.Time {
	v, _, ok := r.firstDate(m, names)
	if !ok {
		return time.Time{}
	}
	d, _ := r.readDate(v)
	return d
}

// firstDate is the value that says the date, by the first of these keys that has one. That
// published may hold a switch is for others to judge.
func (r Reader) firstDate(m meta.Pairs, names []string) (meta.Value, string, bool) {
	for _, name := range names {
		v, key, ok := r.Keys.FindKey(m, meta.Any, name)
		if !ok || strings.HasPrefix(v.Text, "0001-01-01") { // which is how Hugo writes that there is none
			continue
		}
		if _, err := dates.Parse(v.Text, nil); err != nil && slices.Contains(r.Keys.Names[meta.Public], name) {
			continue
		}
		return v, key, true
	}
	return meta.Value{}, "", false
}

// readDate reads the date of a section, in more forms than posts are written in.
func (r Reader) readDate(v meta.Value) (time.Time, error) {
	if seconds, err := strconv.ParseInt(v.Text, 10, 64); v.Kind == meta.Number && err == nil && seconds > 9999 { // else it may be a year
		return time.Unix(seconds, 0), nil
	}
	d, err := dates.Parse(v.Text, r.Zone)
	if err == nil {
		return d.Time, nil
	}
	for _, form := range []string{time.RFC850, "2006-01-02 15:04:05.999999999 -0700 MST"} {
		if d, err := time.Parse(form, v.Text); err == nil {
			return d, nil
		}
	}
	return time.Time{}, err
}

// Is reports whether a file is the page of a section, in any case of letters: Hugo 0.123
// does not tell them apart.
func Is(name string) bool {
	base, ext := strings.ToLower(path.Base(name)), strings.ToLower(path.Ext(name))
	return strings.HasPrefix(base, "_index.") && (paths.IsPage(name) || slices.Contains(Formats, ext))
}
