package edition

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"maps"
	"slices"

	"broadsheet/internal/blog"
)

// faults is what is known of posts whose texts cannot be rendered. The lock of
// texts guards it.
type faults struct {
	former map[*blog.Post]*blog.Post // the version before of posts that were not yet rendered
	latter map[*blog.Post]*blog.Post // the other way round
	held   int                       // bytes of the bodies of these versions
	failed map[*blog.Post]error      // posts that cannot be rendered, and why
	mended map[*blog.Post]bool       // posts that documents lack, though they may be rendered now
	slow   map[[sha256.Size]byte]bool
	late   int // texts that nobody waits for any more and that are still at work
}

// maxSlow is how many bodies are remembered that took too long.
const maxSlow = 1000

func newFaults() faults {
	return faults{
		former: map[*blog.Post]*blog.Post{}, latter: map[*blog.Post]*blog.Post{}, failed: map[*blog.Post]error{}, mended: map[*blog.Post]bool{},
		slow: map[[sha256.Size]byte]bool{},
	}
}

// succeed remembers the version before of each post that was edited, until the new
// one has been rendered. It does not take one that is known to be no better. The
// caller holds the lock.
func (t *texts) succeed(d difference) {
	gone := make(map[string]*blog.Post, len(d.gone))
	for _, p := range d.gone {
		gone[p.ID] = p
	}
	for _, p := range d.added {
		before := gone[p.ID]
		if before == nil || before == p {
			continue
		}
		if x := t.kept[before]; x == nil || !x.made() || x.err != nil {
			before = cmp.Or(t.former[before], before)
		}
		if t.failed[before] == nil && t.held+len(before.Body) <= t.limit {
			t.hold(p, before)
		}
	}
}

// hold makes before the version of p to show while its present one cannot be
// rendered. The caller holds the lock.
func (t *texts) hold(p, before *blog.Post) {
	if heir := t.latter[before]; heir != nil {
		t.release(heir)
	}
	t.former[p], t.latter[before] = before, p
	t.held += len(before.Body)
}

// release lets go of the version before p, and returns it; nil: there is none. The
// caller holds the lock.
func (t *texts) release(p *blog.Post) *blog.Post {
	before := t.former[p]
	if before != nil {
		delete(t.former, p)
		delete(t.latter, before)
		t.held -= len(before.Body)
	}
	return before
}

// before returns the version of p to show while its present one cannot be
// rendered; nil: none.
func (t *texts) before(p *blog.Post) *blog.Post {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.former[p]
}

// versions returns the versions before of posts, to begin other texts with.
func (t *texts) versions() (former, latter map[*blog.Post]*blog.Post, held int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.former), maps.Clone(t.latter), t.held
}

// note keeps what became of the text of p. One that was rendered needs no version
// before it. The caller holds the lock.
func (t *texts) note(p *blog.Post, x *text) {
	if x.err != nil {
		t.failed[p] = x.err
		return
	}
	delete(t.failed, p)
	if before := t.release(p); before != nil {
		t.forget(before)
	}
}

// giveUp notes that nobody waits for x any longer. The caller holds the lock.
func (t *texts) giveUp(x *text) {
	x.late = true
	t.late++
	if t.kept[x.source] == x {
		t.failed[x.source] = tooSlow(x.source, t.patience)
	}
	if len(t.slow) >= maxSlow {
		clear(t.slow)
	}
	t.slow[sha256.Sum256(x.source.Body)] = true
}

// arrive notes that a text came after all: the next edition shows it. The caller
// holds the lock.
func (t *texts) arrive(p *blog.Post, x *text, current bool) {
	t.late--
	if x.err == nil {
		delete(t.slow, sha256.Sum256(p.Body))
		if current {
			t.mended[p] = true
		}
	}
}

// takeMended returns the posts whose texts the documents lack, or have an earlier
// version of, and that may be rendered now. The caller holds the lock.
func (t *texts) takeMended() map[*blog.Post]bool {
	mended := t.mended
	t.mended = map[*blog.Post]bool{}
	return mended
}

// failures returns which texts cannot be rendered, and what is shown for them.
func (t *texts) failures() []blog.Problem {
	t.mu.Lock()
	defer t.mu.Unlock()
	problems := make([]blog.Problem, 0, len(t.failed))
	for p, err := range t.failed {
		if t.latter[p] != nil {
			continue // its successor says so
		}
		var problem blog.Problem
		if !errors.As(err, &problem) {
			problem = problemOf(p, err)
		}
		before := t.former[p]
		if before != nil && t.failed[before] == nil {
			problem.Message += "; the last good version of it stays"
		} else {
			problem.Message += "; the post is left out"
		}
		problem.File = p.Path
		problems = append(problems, problem)
	}
	blog.SortProblems(problems)
	return slices.Compact(problems)
}
