package edition

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
)

// Renderer turns the body of a post into HTML. It is safe for concurrent use.
// Where it panics, fails or takes too long, that post alone is the worse for it.
type Renderer interface {
	Render(s markdown.Source) (markdown.Content, error)
}

const (
	// maxPatience is how much processor time a text may take. No post that somebody
	// wrote takes a tenth of it.
	maxPatience = 2 * time.Second

	// delay is by how much longer a text is waited for on a machine that is busy
	// with other things: what is published should not depend on them.
	delay = 5

	// maxLate is how many texts that nobody waits for any more may still be at work.
	// Nothing can end them, and each takes a processor.
	maxLate = 4

	// smallBody is how many bytes a body may have to be rendered even then.
	smallBody = 64 << 10
)

// body is the text of a post, rendered once.
type body struct {
	item
	key     blog.Key
	post    *blog.Post    // whose text it is
	done    chan struct{} // closed once the content or the error is there
	began   time.Time
	clock   atomic.Pointer[func() (time.Duration, bool)] // of the processor time that it took so far
	late    bool                                         // nobody waits for it any more; guarded by the lock of the cache
	content markdown.Content
	source  string // the Markdown that it was made from, where the settings want it
	err     error
}

// made reports whether the content or the error is there.
func (x *body) made() bool {
	select {
	case <-x.done:
		return true
	default:
		return false
	}
}

// sayOf reports whether the body is that of p as it is now.
func (x *body) sayOf(p *blog.Post) bool { return x.post == p || textKeyOf(x.post) == textKeyOf(p) }

// left returns how long x is to be waited for at the least, given the processor
// time that it may take.
func (x *body) left(patience time.Duration) time.Duration {
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

// problems returns what the text of p was found to hold.
func (x *body) problems(p *blog.Post) []blog.Problem {
	problems := slices.Clone(x.content.Problems)
	for i := range problems {
		problems[i].File = p.Path
	}
	return problems
}

// attempt returns the rendered body of p. This is the one place where a post is
// rendered: off the caller's goroutine, for a bounded time, and so that a panic
// is an error like others. What failed is not tried again while the bytes are the
// same, unless it may yet succeed.
func (t *texts) attempt(p *blog.Post) (*body, error) {
	text := t.keyOfText(p)
	x, err := t.start(text, p)
	switch {
	case err != nil:
		return nil, err
	case !t.wait(text, x):
		return nil, tooSlow(t.patience)
	case x.err != nil:
		return nil, x.err
	}
	return x, nil
}

// start returns the body of p from the cache, or has it rendered.
func (t *texts) start(text blog.Key, p *blog.Post) (*body, error) {
	c := t.cache
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.failed[text]; err != nil {
		return nil, err
	}
	if n := c.needs[text]; n != nil {
		n.used.Store(true)
		if x := c.bodies[t.keyOfBody(text, p, n.refs)]; x != nil {
			x.used.Store(true)
			return x, nil
		}
	}
	at := job{text, t.book}
	if x := c.jobs[at]; x != nil {
		return x, nil
	}
	if c.late >= maxLate && max(p.Length, len(p.Body)) > smallBody {
		return nil, fmt.Errorf("it waits for %d other posts that take too long to render", c.late)
	}
	x := &body{item: item{used: new(atomic.Bool)}, post: p, done: make(chan struct{}), began: time.Now()}
	c.jobs[at] = x
	go t.run(text, p, x)
	return x, nil
}

// run renders the body of p, which others wait for.
func (t *texts) run(text blog.Key, p *blog.Post, x *body) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	clock := threadClock()
	x.clock.Store(&clock)
	content, source, refs, err := t.render(p)
	c := t.cache
	c.mu.Lock()
	defer c.mu.Unlock()
	defer close(x.done)
	delete(c.jobs, job{text, t.book})
	x.content, x.source, x.err = content, source, err
	if x.late {
		c.late--
		c.mends++
	}
	switch {
	case isPassing(err):
		return
	case err != nil:
		c.fail(text, err)
		return
	}
	delete(c.failed, text)
	t.take(text, x, refs)
}

// take puts a body that was rendered into the cache. The caller holds its lock.
func (t *texts) take(text blog.Key, x *body, refs []string) {
	c := t.cache
	if c.needs[text] == nil {
		n := &needs{item: item{used: new(atomic.Bool)}, refs: refs}
		n.size = n.weigh()
		n.forget = func() { delete(c.needs, text) }
		c.needs[text] = n
		c.add(&n.item)
	}
	x.key = t.keyOfBody(text, x.post, refs)
	if c.bodies[x.key] != nil { // rendered for two books at once, which say the same of it
		return
	}
	x.size = len(x.content.HTML) + len(x.content.Summary) + len(x.source) + 512
	x.forget = func() {
		delete(c.bodies, x.key)
		if c.good[x.post.ID] == x.key {
			delete(c.good, x.post.ID)
		}
	}
	c.bodies[x.key], c.good[x.post.ID] = x, x.key
	c.add(&x.item)
}

// maxFailed is how many texts are remembered that cannot be rendered.
const maxFailed = 1000

// fail notes that a text cannot be rendered. The caller holds the lock.
func (c *Cache) fail(text blog.Key, err error) {
	if len(c.failed) >= maxFailed {
		clear(c.failed)
	}
	c.failed[text] = err
}

// wait returns true once x is made, and false when it has taken too long.
func (t *texts) wait(text blog.Key, x *body) bool {
	for left := x.left(t.patience); left > 0 && !t.isLate(x); left = x.left(t.patience) {
		timer := time.NewTimer(left)
		select {
		case <-x.done:
			timer.Stop()
			return true
		case <-timer.C:
		}
	}
	t.cache.mu.Lock()
	defer t.cache.mu.Unlock()
	if x.made() {
		return true
	}
	if !x.late {
		x.late = true
		t.cache.late++
		t.cache.fail(text, tooSlow(t.patience))
	}
	return false
}

func (t *texts) isLate(x *body) bool {
	t.cache.mu.Lock()
	defer t.cache.mu.Unlock()
	return x.late
}

// render renders the text of p. It returns the Markdown, where the settings want it, and the
// addresses in it too.
func (t *texts) render(p *blog.Post) (content markdown.Content, source string, refs []string, err error) {
	defer recovered(&err)
	if p, err = t.whole(p); err != nil {
		return markdown.Content{}, "", nil, err
	}
	if t.settings.Markdown && p.Markup == blog.Markdown {
		source = string(p.Body)
	}
	type answer struct {
		address string
		found   bool
	}
	known := map[string]answer{}
	in := markdown.Source{
		Text: p.Body, Line: p.BodyLine, HTML: p.Markup == blog.HTML, Base: p.URL,
		Find: func(ref string) (string, bool) {
			a, asked := known[ref]
			if !asked {
				a.address, a.found = t.book.Find(p.Path, ref)
				known[ref] = a
				refs = append(refs, ref)
			}
			return a.address, a.found
		},
	}
	content, err = t.renderer.Render(in)
	switch {
	case err != nil:
	case p.Excerpt != nil:
		in.Text, in.Find = p.Excerpt, nil
		var excerpt markdown.Content
		excerpt, err = t.renderer.Render(in)
		content.Summary = cmp.Or(markdown.Plain(excerpt.HTML, 0), excerpt.Summary)
	case p.SummaryWords > 0:
		content.Summary = cmp.Or(markdown.Plain(beginning(content.HTML, p.SummaryWords), 0), content.Summary)
	}
	return content, source, refs, err
}

// recovered makes an error of a panic, with the place where it came from. It is
// to be deferred.
func recovered(err *error) {
	v := recover()
	if v == nil {
		return
	}
	*err = fmt.Errorf("a fault of this program, please report it: %v%s", v, panicked())
}

// panicked names the function that panicked.
func panicked() string {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers)])
	for below := false; ; {
		f, more := frames.Next()
		if below && !strings.HasPrefix(f.Function, "runtime.") {
			return " in " + f.Function
		}
		below = below || f.Function == "runtime.gopanic"
		if !more {
			return ""
		}
	}
}
