package library

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source"
)

// claim is a post that asks for an id.
type claim struct {
	*parsed
	file source.File
	id   string
	was  Identity // what was known of the post
	rank rank
}

// rank says how good a claim is.
type rank uint8

const (
	held       rank = iota // the file has the id already
	remembered             // a file with these bytes had it once
	explicit               // the front matter asks for it
	derived                // it is the default
)

// identify gives each post the id that it keeps for good. No two posts get the
// same: a later claim to an id that is taken gets a suffix made of its file's
// path. A new post never takes an id away from one that has it.
func (l *Library) identify(prev *Library, files []source.File, o Options) {
	claims := l.claims(newHistory(prev, files, o.Known), files)
	slices.SortStableFunc(claims, inOrder)
	l.measure(claims)
	taken := make(map[string]*blog.Post, len(claims))
	for _, c := range claims {
		if first := taken[c.id]; first != nil {
			l.crowded = true
			l.warnOfCopy(c, first)
		}
		for taken[c.id] != nil {
			c.id += "-" + short(c.file.Path)
		}
		l.grant(prev, c, o.Now)
		taken[c.id] = l.posts[c.file.Path].post
	}
}

// grant gives the post of a claim the id, and remembers that.
func (l *Library) grant(prev *Library, c *claim, now time.Time) {
	l.settle(prev, c, now)
	id := c.was.at(strings.TrimPrefix(l.posts[c.file.Path].post.URL, l.site.URL))
	id.ID, id.Hash = c.id, hex.EncodeToString(c.file.Hash[:])
	l.ids[c.file.Path] = id
}

func (l *Library) claims(h history, files []source.File) []*claim {
	claims := make([]*claim, 0, len(files))
	for _, f := range files {
		if p := l.parsed[f.Path]; p.post != nil {
			claims = append(claims, h.claim(p, f))
		}
	}
	return claims
}

// claim is what the post of a file asks for.
func (h history) claim(p *parsed, f source.File) *claim {
	c := &claim{parsed: p, file: f, id: p.post.ID, rank: derived}
	known, rank := h.of(f)
	switch c.was = known; {
	case p.explicit && known.ID != c.id:
		c.rank = explicit
	case known.ID != "":
		c.id, c.rank = known.ID, rank
	}
	return c
}

// inOrder sorts claims: the better one first, then that of the older post.
func inOrder(a, b *claim) int {
	return cmp.Or(
		cmp.Compare(a.rank, b.rank),
		a.post.Published.Compare(b.post.Published),
		cmp.Compare(a.file.Path, b.file.Path),
	)
}

// settled is a post as it is given out, and the parsed one that it was made
// from.
type settled struct {
	raw, post *blog.Post
	text      *rendered // nil: the post holds no template text
}

// settle makes the post with its id and with what it refers to, once for as
// long as all of that stays. A change that is dated in the future has not
// happened yet.
func (l *Library) settle(prev *Library, c *claim, now time.Time) {
	found, updated := l.attached(c.post), c.post.Updated
	if updated.After(now) {
		l.wakeAt(updated)
		updated = c.post.Published
	}
	before, text := prev.settled(c.file), l.rendered[c.file.Path]
	if before.raw == c.post && before.text == text && before.post.ID == c.id && before.post.Updated.Equal(updated) && found.same(before.post) {
		l.posts[c.file.Path] = before
		return
	}
	post := *c.post
	post.ID, post.Updated = c.id, updated
	post.Image, post.Enclosures, post.Episode = found.image, found.enclosures, found.episode
	if text != nil {
		post.Body, post.Excerpt = text.body, text.excerpt
	}
	l.posts[c.file.Path] = settled{c.post, &post, text}
}

// settled returns the post that l gave out of the file under its present or
// former path.
func (l *Library) settled(f source.File) settled {
	switch {
	case l == nil:
		return settled{}
	case f.MovedFrom != "":
		return l.posts[f.MovedFrom]
	}
	return l.posts[f.Path]
}

// warnOfCopy names a post whose front matter claims another's id. Two default
// ids that meet are nobody's mistake.
func (l *Library) warnOfCopy(c *claim, first *blog.Post) {
	if !c.explicit {
		return
	}
	l.Problems = append(l.Problems, blog.Problem{File: c.file.Path, Severity: blog.Warning,
		Message: fmt.Sprintf("the id %q is that of %s already; this post gets one of its own", c.id, first.Path)})
}

func short(path string) string {
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:4])
}
