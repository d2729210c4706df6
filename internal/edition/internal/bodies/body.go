package bodies

import (
	"cmp"
	"slices"
	"sync/atomic"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/lru"
	"broadsheet/internal/markdown"
)

const (
	// maxPatience is how much processor time a text may take. No post that somebody wrote
	// takes a tenth of it.
	maxPatience = 2 * time.Second

	// delay is how many times longer a text is waited for on a machine that is busy with
	// other things: what is published should not depend on them.
	delay = 5
)

// Body is the text of a post, rendered once. Its exported fields do not change once Get
// has returned it.
type Body struct {
	Content markdown.Content
	Source  string   // the Markdown that it was made from, if the settings want it
	Key     blog.Key // of all that it is made of

	item  lru.Item
	post  *blog.Post    // whose text it is
	done  chan struct{} // closed once the content or the error is there
	err   error
	began time.Time
	clock atomic.Pointer[func() (time.Duration, bool)] // of the processor time that it took so far
	late  bool                                         // nobody waits for it any more; guarded by the store's lock
}

func newBody(p *blog.Post) *Body {
	return &Body{item: lru.Item{Used: new(atomic.Bool)}, post: p, done: make(chan struct{}), began: time.Now()}
}

// size returns about how many bytes the body takes.
func (x *Body) size() int {
	return len(x.Content.HTML) + len(x.Content.Summary) + len(x.Source) + 512
}

// made reports whether the content or the error is there.
func (x *Body) made() bool {
	select {
	case <-x.done:
		return true
	default:
		return false
	}
}

// isOf reports whether the body is that of a post as it is now.
func (x *Body) isOf(p *blog.Post) bool { return x.post == p || textKeyOf(x.post) == textKeyOf(p) }

// left returns how long the body is to be waited for at the least, given the processor
// time that it may take.
func (x *Body) left(patience time.Duration) time.Duration {
	passed := time.Since(x.began)
	left := patience - passed
	if clock := x.clock.Load(); clock != nil && left <= 0 {
		if used, ok := (*clock)(); ok {
			left = min(max(patience-used, 0), max(delay*patience-passed, 0))
		}
	}
	if left <= 0 {
		return 0
	}
	return max(left, 10*time.Millisecond)
}

// Summary returns the summary of a post, in its own words or those of its text.
func (x *Body) Summary(p *blog.Post) string {
	return cmp.Or(p.Summary(), x.Content.Summary, p.Description())
}

// problems returns what the text of a post was found to hold.
func (x *Body) problems(p *blog.Post) []blog.Problem {
	problems := slices.Clone(x.Content.Problems)
	for i := range problems {
		problems[i].File = p.Path
	}
	return problems
}
