// Package check judges a feed before it is published.
//
// In goes a whole document; out comes nil, or the first fault found: it is not
// well-formed, an element that the format requires is missing, an id is blank
// or that of an earlier entry, a link is not an absolute URL in canonical form,
// a date cannot be read. The error says which entry, by number and id, and
// why. It is a last line of defence against mistakes of the writer, not a
// validator: it looks at nothing but what is named here, and no document makes
// it panic.
package check

import (
	"errors"
	"fmt"
	"time"

	"broadsheet/internal/feed/clean"
)

// entry is what the checks know of one entry, whatever the format.
type entry struct {
	id, missing  string // missing names a required element that is not there
	links, dates []string
}

// document checks what the formats have in common. Layout is that of the
// entries' dates, as in package time.
func document(links []string, entries []entry, layout string) error {
	if err := checkLinks(links); err != nil {
		return err
	}
	seen := make(map[string]int, len(entries))
	for i, e := range entries {
		err := e.check(layout)
		if first, ok := seen[e.id]; ok && err == nil {
			err = fmt.Errorf("entry %d has the same id", first+1)
		}
		if err != nil {
			return fmt.Errorf("entry %d (%s): %w", i+1, e.id, err)
		}
		seen[e.id] = i
	}
	return nil
}

func (e entry) check(layout string) error {
	if blank(e.id) {
		return errors.New("no id")
	}
	if e.missing != "" {
		return fmt.Errorf("no %s", e.missing)
	}
	for _, d := range e.dates {
		if _, err := time.Parse(layout, d); err != nil {
			return fmt.Errorf("date %q is not of the form %q", d, layout)
		}
	}
	return checkLinks(e.links)
}

func checkLinks(links []string) error {
	for _, l := range links {
		if l == "" || clean.URL(l) != l {
			return fmt.Errorf("link %q is not an absolute URL in canonical form", l)
		}
	}
	return nil
}

func blank(s string) bool { return clean.Line(s) == "" }

// given returns the values that are not empty.
func given(values ...string) []string {
	var out []string
	for _, v := range values {
		if v != "" {
			out = append(out, v)
		}
	}
	return out
}
