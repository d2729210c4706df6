package live

import (
	"fmt"
	"time"
)

// overdue is how much too late a step may end or begin before that is reported. A system call on
// a folder of a network that is gone may take for ever.
const overdue = 2 * time.Minute

// course is what the loop is doing: a step, or waiting for the next one.
type course struct {
	step bool
	from time.Time // when the step began, or when the next is due at the latest
}

// late says what is overdue, empty if nothing is.
func (c *course) late(now time.Time) string {
	switch {
	case c == nil || now.Sub(c.from) < overdue:
		return ""
	case c.step:
		return fmt.Sprintf("a scan of the folder has been under way since %s", c.from.UTC().Format(time.RFC3339))
	}
	return fmt.Sprintf("a scan of the folder has been due since %s", c.from.UTC().Format(time.RFC3339))
}

// since returns when the step under way began, the zero time when none is.
func (c *course) since() time.Time {
	if c == nil || !c.step {
		return time.Time{}
	}
	return c.from
}
