package edition

import (
	"cmp"
	"crypto/sha256"
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

// text is a body, rendered once.
type text struct {
	serial  uint64        // of its own: another text of the same post has another
	source  *blog.Post    // whose body it is
	done    chan struct{} // closed once the content or the error is there
	began   time.Time
	clock   atomic.Pointer[func() (time.Duration, bool)] // of the processor time that it took so far
	late    bool                                         // nobody waits for it any more; guarded by the lock of texts
	content markdown.Content
	err     error
	size    int // about the bytes that it takes
}

// made reports whether the content or the error is there.
func (x *text) made() bool {
	select {
	case <-x.done:
		return true
	default:
		return false
	}
}

// sayOf reports whether the text is that of p as it is now.
func (x *text) sayOf(p *blog.Post) bool { return x.source == p }

// left returns how long x is to be waited for at the least, given the processor
// time that it may take.
func (x *text) left(patience time.Duration) time.Duration {
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
func (x *text) problems(p *blog.Post) []blog.Problem {
	problems := slices.Clone(x.content.Problems)
	for i := range problems {
		problems[i].File = p.Path
	}
	return problems
}

// attempt returns the rendered body of p. This is the one place where a post is
// rendered: off the caller's goroutine, for a bounded time, and so that a panic
// is an error like others. What failed is not tried again while the bytes are the
// same, unless it may yet succeed. An error is a blog.Problem.
func (t *texts) attempt(p *blog.Post) (*text, error) {
	t.mu.Lock()
	x := t.kept[p]
	if x == nil {
		x = t.begin(p)
	}
	late := x.late
	t.mu.Unlock()
	if !late && !t.wait(x) || late && !x.made() {
		return nil, tooSlow(p, t.patience)
	}
	if x.err != nil {
		return nil, x.err
	}
	return x, nil
}

// begin has the body of p rendered. The caller holds the lock.
func (t *texts) begin(p *blog.Post) *text {
	t.serial++
	x := &text{serial: t.serial, source: p, done: make(chan struct{}), began: time.Now()}
	if x.err = t.refuse(p); x.err != nil {
		t.failed[p] = x.err
		close(x.done)
		return x
	}
	t.kept[p] = x
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		clock := threadClock()
		x.clock.Store(&clock)
		content, lookups, err := t.render(p)
		if err != nil {
			err = problemOf(p, err)
		}
		t.finish(p, x, func() { x.content, x.err = content, err }, lookups)
	}()
	return x
}

// refuse returns why the body of p must not be rendered now; nil: it may be. The
// caller holds the lock.
func (t *texts) refuse(p *blog.Post) error {
	if len(p.Body) <= smallBody {
		return nil
	}
	if t.slow[sha256.Sum256(p.Body)] {
		return tooSlow(p, t.patience)
	}
	if t.late >= maxLate {
		t.mended[p] = true // it is to be tried again
		return problemOf(p, fmt.Errorf("it waits for %d other posts that take too long to render", t.late))
	}
	return nil
}

// wait returns true once x is made, and false when it has taken too long.
func (t *texts) wait(x *text) bool {
	for left := x.left(t.patience); left > 0; left = x.left(t.patience) {
		timer := time.NewTimer(left)
		select {
		case <-x.done:
			timer.Stop()
			return true
		case <-timer.C:
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !x.late && !x.made() {
		t.giveUp(x)
	}
	return x.made()
}

// finish notes what a text came to.
func (t *texts) finish(p *blog.Post, x *text, set func(), lookups []lookup) {
	t.mu.Lock()
	defer t.mu.Unlock()
	set()
	x.size = len(x.content.HTML) + len(x.content.Summary) + 512
	current := t.kept[p] == x
	if x.late {
		t.arrive(p, x, current)
	}
	if current {
		t.note(p, x)
		if lookups != nil && x.err == nil {
			t.lookups[p] = lookups
		}
	}
	close(x.done)
	t.count(p, x)
}

// render renders the body of p. If an edition came meanwhile for which something
// else was found, it begins again.
func (t *texts) render(p *blog.Post) (markdown.Content, []lookup, error) {
	for {
		t.mu.Lock()
		find, generation := t.find, t.generation
		t.mu.Unlock()
		content, lookups, err := t.renderWith(p, find)
		t.mu.Lock()
		current := t.generation == generation || !slices.ContainsFunc(lookups, func(l lookup) bool { return l != t.lookUp(p, l.ref) })
		t.mu.Unlock()
		if current {
			return content, lookups, err
		}
	}
}

func (t *texts) renderWith(p *blog.Post, find func(*blog.Post, string) (string, bool)) (content markdown.Content, lookups []lookup, err error) {
	defer recovered(&err)
	known := map[string]lookup{}
	in := markdown.Source{
		Text: p.Body, Line: p.BodyLine, HTML: p.Markup == blog.HTML, Base: p.URL,
		Find: func(ref string) (string, bool) {
			l, asked := known[ref]
			if !asked {
				l.ref = ref
				l.address, l.found = find(p, ref)
				known[ref] = l
				lookups = append(lookups, l)
			}
			return l.address, l.found
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
	return content, lookups, err
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

func tooSlow(p *blog.Post, limit time.Duration) blog.Problem {
	return problemOf(p, fmt.Errorf("its text took longer than %v to render", limit))
}

// problemOf says that the text of p cannot be rendered, and why.
func problemOf(p *blog.Post, why error) blog.Problem {
	return blog.Problem{File: p.Path, Severity: blog.Error, Message: fmt.Sprintf("the text cannot be rendered: %v", why)}
}
