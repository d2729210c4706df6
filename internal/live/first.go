package live

import (
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source"
)

// unfinished reports whether the first edition should wait for files that are
// being written: without them, it would take posts away that were served before a
// restart. A folder that has just come may be being filled: its files must be the
// same for a while, and for longer if there are none.
func (l *Live) unfinished(s *source.Snapshot, now time.Time) bool {
	if l.published != nil {
		return false
	}
	if l.firstTried.IsZero() {
		l.firstTried = now
	}
	if l.snapshot == nil || s.Differs(l.snapshot) {
		l.sameSince = now
	}
	l.snapshot = s
	calm, limit := time.Duration(0), patience
	if l.arrived {
		calm, limit = rest, emptyGrace
		if len(s.Files) == 0 {
			calm = 4 * rest
		}
	}
	if left := calm - now.Sub(l.sameSince); left > 0 && (s.Again == 0 || s.Again > left) {
		s.Again = left
	}
	return (len(s.Held) > 0 || now.Sub(l.sameSince) < calm) && now.Sub(l.firstTried) < limit
}

// unsettled waits for settings; before the first edition it says so.
func (l *Live) unsettled(again time.Duration) time.Duration {
	if l.published == nil {
		p := blog.Problem{Severity: blog.Warning, Message: "the settings are waited for"}
		l.facts.Store(&facts{rootProblem: &p})
	}
	return max(again, time.Millisecond)
}
