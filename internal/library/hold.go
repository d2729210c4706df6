package library

import (
	"reflect"
	"time"

	"broadsheet/internal/identity"
)

// displacedGrace is how long a post is waited for whose name another has now.
const displacedGrace = 2 * time.Second

// displaces reports whether a public post is displaced; see identity.Matching.
func (g lineage) displaces(m *identity.Matching, o Options) bool {
	return g.prev != nil && m.Displaces(func(file string) bool { return g.prev.linked[file] != nil }, o.Awaits)
}

// held returns what prev holds, while a post that another displaced is waited for;
// nil: nothing is waited for, or it has been for long enough.
func (l *Library) held(prev *Library, o Options) *Library {
	if !l.displaced || !reflect.DeepEqual(prev.site, o.Site) || !reflect.DeepEqual(prev.made, o.Generator) {
		return nil
	}
	since := prev.heldSince
	if since.IsZero() || since.After(o.Now) {
		since = o.Now
	}
	if !o.Now.Before(since.Add(displacedGrace)) {
		return nil
	}
	held := *prev
	held.heldSince, held.Next = since, since.Add(displacedGrace)
	held.number, held.patched = prev.after(), &patch{}
	return &held
}
