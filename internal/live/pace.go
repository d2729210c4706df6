package live

import "time"

// pace keeps the answering of changes from using more than a tenth of the time,
// if they come without end. A few in a row are answered at once.
type pace struct {
	spent time.Duration // on turns, less a tenth of the time that has passed
	at    time.Time     // when that was
}

const (
	share     = 10                      // one part of so many
	credit    = time.Second             // what may be spent in a row
	longPause = 1500 * time.Millisecond // however long a turn takes
)

// spend counts a turn that has just ended.
func (p *pace) spend(took time.Duration) {
	now := time.Now()
	if !p.at.IsZero() {
		p.spent = max(0, p.spent-now.Sub(p.at)/share)
	}
	p.spent, p.at = p.spent+took, now
}

// next returns the time before which no further change should be answered.
func (p *pace) next() time.Time {
	return p.at.Add(min(share*max(0, p.spent-credit), longPause))
}
