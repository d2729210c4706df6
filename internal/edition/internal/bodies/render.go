package bodies

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/fault"
	"broadsheet/internal/markdown"
)

const (
	// maxLate is how many texts that nobody waits for any more may still be at work.
	// Nothing can end them, and each takes a processor.
	maxLate = 4

	// smallText is how many bytes a text may have to be rendered even then.
	smallText = 64 << 10
)

// render returns the rendered body of a post. This is the one place where posts are
// rendered: off the caller's goroutine, for a bounded time. A text that failed is not
// tried again while its bytes are the same, unless it may yet succeed.
func (b *Bodies) render(p *blog.Post) (*Body, error) {
	text := b.keyOfText(p)
	x, err := b.start(text, p)
	switch {
	case err != nil:
		return nil, err
	case !b.wait(text, x):
		return nil, tooSlow(b.patience)
	case x.err != nil:
		return nil, x.err
	}
	return x, nil
}

// start returns the body of a post from the store, or has it rendered.
func (b *Bodies) start(text blog.Key, p *blog.Post) (*Body, error) {
	s := b.store
	s.cache.Lock()
	defer s.cache.Unlock()
	if err := s.failed[text]; err != nil {
		return nil, err
	}
	if n := s.needs[text]; n != nil {
		n.item.Used.Store(true)
		if x := s.bodies[b.keyOfBody(text, p, n.refs)]; x != nil {
			x.item.Used.Store(true)
			return x, nil
		}
	}
	at := job{text, b.book}
	if x := s.jobs[at]; x != nil {
		return x, nil
	}
	if s.late >= maxLate && LengthOf(p) > smallText {
		return nil, fmt.Errorf("it waits for %d other posts that take too long to render", s.late)
	}
	x := newBody(p)
	s.jobs[at] = x
	go b.run(text, p, x)
	return x, nil
}

// LengthOf returns how many bytes the text of a post has.
func LengthOf(p *blog.Post) int { return max(p.Length, len(p.Body)) }

// run renders the body of a post, which others wait for.
func (b *Bodies) run(text blog.Key, p *blog.Post, x *Body) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	clock := threadClock()
	x.clock.Store(&clock)
	made, err := b.convert(p)
	s := b.store
	s.cache.Lock()
	defer s.cache.Unlock()
	defer close(x.done)
	delete(s.jobs, job{text, b.book})
	x.Content, x.Source, x.err = made.content, made.source, err
	if x.late {
		s.late--
		s.mends++
	}
	var without noText
	switch {
	case errors.As(err, &without): // the text itself is not to blame, and may be there again
		delete(s.failed, text) // it may have been waited for in vain
		return
	case err != nil:
		s.fail(text, err)
		return
	}
	delete(s.failed, text)
	x.Key = b.keyOfBody(text, p, made.refs)
	s.add(text, x, made.refs)
}

// wait returns true once the body is made, and false when it has taken too long.
func (b *Bodies) wait(text blog.Key, x *Body) bool {
	left := x.left(b.patience)
	for left > 0 && !b.isLate(x) {
		timer := time.NewTimer(left)
		select {
		case <-x.done:
			timer.Stop()
			return true
		case <-timer.C:
		}
		left = x.left(b.patience)
	}
	s := b.store
	s.cache.Lock()
	defer s.cache.Unlock()
	if x.made() {
		return true
	}
	if !x.late {
		x.late = true
		s.late++
		s.fail(text, tooSlow(b.patience))
	}
	return false
}

func (b *Bodies) isLate(x *Body) bool {
	b.store.cache.Lock()
	defer b.store.cache.Unlock()
	return x.late
}

func tooSlow(limit time.Duration) error {
	return fmt.Errorf("its text took longer than %v to render", limit)
}

// converted is a text as HTML.
type converted struct {
	content markdown.Content
	source  string   // see Body
	refs    []string // the addresses in the text, as they are written
}

// noText says that there is no text to convert.
type noText struct{ error }

func (e noText) Unwrap() error { return e.error }

// convert converts the text of a post to HTML.
func (b *Bodies) convert(p *blog.Post) (made converted, err error) {
	defer fault.Recover(&err)
	p, err = b.whole(p)
	if err != nil {
		err = noText{err}
		return converted{}, err
	}
	if b.settings.Markdown && p.Markup == blog.Markdown {
		made.source = string(p.Body)
	}
	lookup := &lookup{book: b.book, file: p.Path, known: map[string]answer{}}
	in := markdown.Source{Text: p.Body, Line: p.BodyLine, HTML: p.Markup == blog.HTML, Base: p.URL, Find: lookup.find}
	made.content, err = b.renderer.Render(in)
	made.refs = lookup.refs
	switch {
	case err != nil:
	case p.Excerpt() != nil:
		in.Text, in.Find = p.Excerpt(), nil
		var excerpt markdown.Content
		excerpt, err = b.renderer.Render(in)
		made.content.Summary = cmp.Or(markdown.Plain(excerpt.HTML, 0), excerpt.Summary)
	case p.SummaryWords() > 0:
		summary := markdown.Plain(beginning(made.content.HTML, p.SummaryWords()), 0)
		made.content.Summary = cmp.Or(summary, made.content.Summary)
	}
	return made, err
}

// lookup asks a Book for the addresses in a text, each once, and notes them.
type lookup struct {
	book  *address.Book
	file  string
	known map[string]answer
	refs  []string
}

type answer struct {
	address string
	found   bool
}

func (l *lookup) find(ref string) (address string, found bool) {
	a, asked := l.known[ref]
	if !asked {
		a.address, a.found = l.book.Find(l.file, ref)
		l.known[ref] = a
		l.refs = append(l.refs, ref)
	}
	return a.address, a.found
}

// beginning returns the content up to the end of the paragraph with which it holds so
// many words; all of it if it has fewer.
func beginning(html string, words int) string {
	for end := 0; ; {
		length := strings.Index(html[end:], "</p>")
		if length < 0 {
			return html
		}
		part := html[end : end+length]
		end += length + len("</p>")
		words -= len(strings.Fields(markdown.Plain(part, 0)))
		if words <= 0 {
			return html[:end]
		}
	}
}
