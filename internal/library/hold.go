package library

import (
	"reflect"
	"slices"
	"time"
)

// displacedGrace is how long a post is waited for whose name another has now.
const displacedGrace = 2 * time.Second

// displaces reports whether a file that is new bears the name of a public post, and goes
// on with another one, so that nothing is left of the first: it may be about to come
// under a third name.
func (m *matching) displaces(prev *Library) bool {
	return prev != nil && slices.ContainsFunc(m.pasts, func(k *past) bool {
		return k.standing == replaced && k.heir == nil && prev.linked[k.path] != nil &&
			slices.ContainsFunc(m.free, func(c *claim) bool { return c.file.Path == k.path && c.past != nil })
	})
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
