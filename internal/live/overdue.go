package live

import (
	"fmt"
	"time"
)

// overdue is how much later than it should a turn may end, or begin: a folder on a
// network that is gone may keep a system call for ever.
const overdue = 2 * time.Minute

// course is what the loop is doing: a turn, or waiting for the next one.
type course struct {
	turn bool
	from time.Time // when the turn began, or when the next is due at the latest
}

// late says what is overdue, empty if nothing is.
func (c *course) late(now time.Time) string {
	switch {
	case c == nil || now.Sub(c.from) < overdue:
		return ""
	case c.turn:
		return fmt.Sprintf("a scan of the folder has been under way since %s", c.from.UTC().Format(time.RFC3339))
	}
	return fmt.Sprintf("a scan of the folder has been due since %s", c.from.UTC().Format(time.RFC3339))
}

// since returns when the turn under way began, the zero time when none is.
func (c *course) since() time.Time {
	if c == nil || !c.turn {
		return time.Time{}
	}
	return c.from
}
