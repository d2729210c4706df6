package library

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/source"
)

// claim is a post that asks for an id.
type claim struct {
	*parsed
	file  source.File
	id    string
	given bool // the id was given to this file before
}

// identify gives each post the id that it keeps for good. One that stands in
// the front matter goes before one given earlier, and that before the default.
// No two posts get the same: a later claim to an id that is taken gets a suffix
// made of its file's path.
func (l *Library) identify(prev *Library, files []source.File, o Options) {
	claims := l.claims(prev, files, o)
	slices.SortStableFunc(claims, inOrder)
	taken := make(map[string]*blog.Post, len(claims))
	for _, c := range claims {
		if first := taken[c.id]; first != nil {
			l.warnOfCopy(c, first)
		}
		for taken[c.id] != nil {
			c.id += "-" + short(c.file.Path)
		}
		c.settle()
		taken[c.id] = c.final
		l.ids[c.file.Path] = c.id
	}
}

func (l *Library) claims(prev *Library, files []source.File, o Options) []claim {
	var claims []claim
	for _, f := range files {
		p := l.parsed[f.Path]
		if p.post == nil {
			continue
		}
		c := claim{parsed: p, file: f, id: p.post.ID}
		if known := knownID(prev, f, o.IDs); known != "" && !p.explicit {
			c.id, c.given = known, true
		}
		claims = append(claims, c)
	}
	return claims
}

// knownID returns the id that the file was given before, under its present
// name or the one it was moved from.
func knownID(prev *Library, f source.File, ids map[string]string) string {
	if prev == nil {
		return ids[f.Path]
	}
	return cmp.Or(prev.ids[f.Path], prev.ids[f.MovedFrom], ids[f.Path])
}

// inOrder sorts claims: those that were fulfilled before come first, so that a
// new post never takes an id away; then the older post.
func inOrder(a, b claim) int {
	return cmp.Or(
		cmp.Compare(rank(a), rank(b)),
		a.post.Published.Compare(b.post.Published),
		cmp.Compare(a.file.Path, b.file.Path),
	)
}

func rank(c claim) int {
	if c.given || c.explicit {
		return 0
	}
	return 1
}

// settle makes the post with its id, once for as long as both stay.
func (c *claim) settle() {
	if c.final != nil && c.final.ID == c.id {
		return
	}
	post := c.post
	if post.ID != c.id {
		renamed := *post
		renamed.ID = c.id
		post = &renamed
	}
	c.final = post
}

// warnOfCopy names a post whose front matter claims another's id. Two default
// ids that meet are nobody's mistake.
func (l *Library) warnOfCopy(c claim, first *blog.Post) {
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
