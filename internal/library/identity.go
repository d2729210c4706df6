package library

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/library/internal/templated"
	"broadsheet/internal/source"
)

// identify gives each post the id that it keeps for good. No two posts get the
// same: a later claim to an id that is taken gets a suffix made of its file's
// path. A new post never takes an id away from one that has it.
func (l *Library) identify(prev *Library, claims []*claim, o Options) {
	claims = slices.DeleteFunc(claims, func(c *claim) bool {
		c.parsed = l.parsed[c.file.Path] // rendering may have come to another version, or to none
		return c.parsed.Post == nil
	})
	slices.SortStableFunc(claims, inOrder)
	l.measureEnclosures(claims, o)
	l.disambiguate(claims)
	assignments := make([]assigned, min(len(claims), assignedAtOnce))
	for some := range slices.Chunk(claims, assignedAtOnce) {
		onAllProcessors(len(some), func(n int) { assignments[n] = l.assignment(prev, some[n], o.Now) })
		for n, c := range some {
			l.assign(c, assignments[n], o)
		}
	}
}

// assignedAtOnce is how many assignments are made before any of them is remembered: enough for all
// processors, and few enough to need little memory.
const assignedAtOnce = 1024

// disambiguate gives each claim after the first to an id a suffix.
func (l *Library) disambiguate(claims []*claim) {
	taken := make(map[string]*blog.Post, len(claims))
	for _, c := range claims {
		if first := taken[c.ID]; first != nil {
			l.hasConflicts = true
			l.warnOfCopy(c, first)
		}
		for taken[c.ID] != nil {
			c.ID += "-" + short(c.file.Path)
		}
		taken[c.ID] = c.parsed.Post
	}
}

// assigned is what a claim comes to: the post with its id, and what is remembered of it.
type assigned struct {
	settled
	identity Identity
}

// assignment gives the post of a claim its id. It changes nothing.
func (l *Library) assignment(prev *Library, c *claim, now time.Time) assigned {
	g := assigned{settled: l.settle(prev, c, now)}
	was := c.Was()
	g.identity = was
	g.identity.Gone = false
	if was.Hash != c.Hash || was.Title == "" && was.Text == "" {
		g.identity.Text = c.parsed.Sketch
	}
	g.identity.ID, g.identity.Hash, g.identity.Title = c.ID, c.Hash, c.Title
	return g
}

// assign remembers what was assigned. A change that is dated in the future has not happened yet,
// and a post that is not public keeps no address.
func (l *Library) assign(c *claim, g assigned, o Options) {
	if updated := c.parsed.Post.Updated; updated.After(o.Now) {
		l.noteChangeAt(updated)
	}
	if l.classify(c.parsed).IsPublic() {
		g.identity = g.identity.At(c.At)
	}
	if g.settled == asParsed(c.parsed) {
		l.odd.Remove(c.file.Path)
	} else {
		l.odd.Set(c.file.Path, g.settled)
	}
	k := g.identity
	if known := o.Known[c.file.Path]; known.Value() == k {
		l.ids.Set(c.file.Path, known) // one copy is enough
		return
	}
	l.ids.Set(c.file.Path, &k)
}

// inOrder sorts claims: the better one first, then that of the older post.
func inOrder(a, b *claim) int {
	return cmp.Or(
		cmp.Compare(a.Rank, b.Rank),
		a.parsed.Post.Published.Compare(b.parsed.Post.Published),
		cmp.Compare(a.file.Path, b.file.Path),
	)
}

// settled is a post as it is given out, and the parsed one that it was made
// from.
type settled struct {
	raw, post *blog.Post
	text      *templated.Text // nil: the post holds no template text
}

// settle makes the post with its id and with what it refers to, once for as
// long as all of that stays. Where that is what the file asks for, the post is
// the parsed one. A change that is dated in the future has not happened yet.
func (l *Library) settle(prev *Library, c *claim, now time.Time) settled {
	found, updated := l.folder().To(c.parsed.Post), c.parsed.Post.Updated
	if updated.After(now) {
		updated = c.parsed.Post.Published
	}
	text, mark := l.rendered[c.file.Path], l.rules().Mark(c.parsed)
	says := func(p *blog.Post) bool {
		return p.ID == c.ID && p.Mark() == mark && p.Updated.Equal(updated) && found.Same(p)
	}
	if before := prev.settled(c.file); before.raw == c.parsed.Post && before.text == text && says(before.post) {
		return before
	}
	if text == nil && says(c.parsed.Post) {
		return asParsed(c.parsed)
	}
	post := c.parsed.Post.Copy()
	extras := post.Extra()
	post.ID, post.Updated, extras.Mark = c.ID, updated, mark
	extras.Image, extras.Enclosures = found.Image, found.Enclosures
	if extras.Episode != nil {
		extras.Episode = &found.Episode
	}
	if text != nil {
		post.Body, extras.Excerpt, post.Length = text.Body, text.Excerpt, len(text.Body)
		post.Text = post.TextKey()
	}
	post.Trim()
	post.Key = blog.KeyOf(post)
	return settled{c.parsed.Post, post, text}
}

// settled returns the post that l gave out of the file under its present or
// former path.
func (l *Library) settled(f *source.File) settled {
	if l == nil {
		return settled{}
	}
	if from, known := l.keys.Get(f.Key); known {
		return l.settledAt(from)
	}
	return l.settledAt(f.Path)
}

// settledAt returns the post that l gives out of the file of a path; the zero value: it holds none.
func (l *Library) settledAt(path string) settled {
	if odd, ok := l.odd.Get(path); ok {
		return odd
	}
	return asParsed(l.parsed[path])
}

// asParsed is a post that is given out as it was parsed, as nearly all are.
func asParsed(p *parse.File) settled {
	if p == nil {
		return settled{}
	}
	return settled{p.Post, p.Post, nil}
}

// warnOfCopy names a post whose front matter claims another's id. Two default
// ids that meet are nobody's mistake.
func (l *Library) warnOfCopy(c *claim, first *blog.Post) {
	if !c.Explicit {
		return
	}
	l.Problems = append(l.Problems, blog.Problem{File: c.file.Path, Severity: blog.Warning,
		Message: fmt.Sprintf("the id %q is that of %s already; this post gets one of its own", c.ID, first.Path)})
}

func short(path string) string {
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:4])
}
