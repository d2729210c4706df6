package live

import "time"

// pace keeps steps from taking more than a tenth of the time if changes come without end. A few
// changes in a row are published at once.
type pace struct {
	spent time.Duration // on steps, less a tenth of the time that has passed
	at    time.Time     // when that was
}

const (
	share     = 10                      // steps may use 1/share of the time
	credit    = time.Second             // what may be spent in a row
	longPause = 1500 * time.Millisecond // however long a step takes
)

// spend counts a step that has just ended.
func (p *pace) spend(took time.Duration) {
	now := time.Now()
	if !p.at.IsZero() {
		p.spent = max(0, p.spent-now.Sub(p.at)/share)
	}
	p.spent, p.at = p.spent+took, now
}

// next returns the time before which no further change should be published.
func (p *pace) next() time.Time {
	return p.at.Add(min(share*max(0, p.spent-credit), longPause))
}
