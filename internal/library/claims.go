package library

import (
	"maps"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/identity"
	"broadsheet/internal/library/internal/layered"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/source"
)

// claim is a post that asks for an id, and the file that it is in.
type claim struct {
	identity.Claim
	parsed *parse.File
	file   *source.File
}

// settleClaims finds out which of the posts known before each file holds, and returns
// the claims of those that are shown. A missing file whose post goes on elsewhere has
// none, nor has a new one that looks like the copy of a file that is there: it may be
// about to take its place, and waits until it is clear that both stay. At the start
// there is nothing to show instead, and no telling which of two is the copy.
func (l *Library) settleClaims(g lineage, files []source.File, o Options) (shown []*claim, dropped map[string]bool) {
	claims := l.claims(files)
	l.displaced = g.displaces(g.match(claims, o.Known), o)
	var changed []*identity.Claim
	dropped = map[string]bool{}
	for _, c := range claims {
		c.Settle()
		switch {
		case c.file.Missing && (c.Known() || !g.waited(c.file)):
		case c.file.Missing:
			dropped[c.file.Path] = true
			l.waits(g, c, o.Now)
		case l.waits(g, c, o.Now):
			dropped[c.file.Path] = true
		case c.parsed != g.parsed(c.file):
			changed = append(changed, &c.Claim)
		}
	}
	shown = slices.DeleteFunc(claims, func(c *claim) bool {
		if c.file.Missing && (c.Replaced() || c.Overtaken(changed)) {
			dropped[c.file.Path] = true
		}
		return dropped[c.file.Path]
	})
	return shown, dropped
}

// claims returns those of all files that hold posts.
func (l *Library) claims(files []source.File) []*claim {
	all := make([]*claim, len(files))
	onAllProcessors(len(files), func(n int) {
		if p := l.parsed[files[n].Path]; p.Post != nil {
			all[n] = l.claim(p, &files[n])
		}
	})
	return slices.DeleteFunc(all, func(c *claim) bool { return c == nil })
}

func (l *Library) claim(p *parse.File, f *source.File) *claim {
	return &claim{parsed: p, file: f, Claim: identity.Claim{
		File: f.Path, Missing: f.Missing, Hash: string(f.Hash[:]), At: strings.TrimPrefix(p.Post.URL, l.site.URL),
		Asks: p.Post.ID, Explicit: p.Explicit, Also: p.Also(), Title: identity.TitleMark(p.Post.Published, p.Post.Title), Text: p.Sketch,
		ID: p.Post.ID, Rank: identity.Derived,
	}}
}

// match finds out which of the posts known from before the claims are.
func (g lineage) match(claims []*claim, known identity.Table) *identity.Matching {
	before := layered.Of(map[string]*Identity(known))
	if g.prev != nil {
		before = g.prev.ids
	}
	m := identity.NewMatching(before)
	for _, c := range claims {
		former, same := c.File, known.At(c.File).Hash == c.Hash
		if g.prev != nil {
			former, same = g.former(c.file)
		}
		c.Waited = g.waited(c.file)
		m.Add(&c.Claim, former, same)
	}
	m.Run(known)
	return m
}

// waits reports whether the post has to wait, as a copy.
func (l *Library) waits(g lineage, c *claim, now time.Time) bool {
	if g.prev == nil || !c.Copies() && !c.Early() {
		return false
	}
	since := g.waitingSince(c.file, now)
	if !now.Before(since.Add(copyGrace)) && !c.Early() {
		return false
	}
	l.waiting[c.file.Path] = since
	if !c.Early() { // else it ends with the grace of a file
		l.noteChangeAt(since.Add(copyGrace))
	}
	return true
}

// waited reports whether the file waited at the last look.
func (g lineage) waited(f *source.File) bool {
	if g.prev == nil {
		return false
	}
	_, waited := g.prev.waiting[g.nameOf(f)]
	return waited
}

// nameOf returns the name under which the library before knew a file, else the present
// one.
func (g lineage) nameOf(f *source.File) string {
	if path, _ := g.former(f); path != "" {
		return path
	}
	return f.Path
}

// waitingSince returns since when a copy waits whose file this is.
func (g lineage) waitingSince(f *source.File, now time.Time) time.Time {
	if since, known := g.prev.waiting[g.nameOf(f)]; known && !since.After(now) {
		return since
	}
	return now
}

// present returns the files without those that are missing and whose posts l has
// given up already.
func (l *Library) present(files []source.File) []source.File {
	if !slices.ContainsFunc(files, func(f source.File) bool { return f.Missing }) {
		return files
	}
	return slices.DeleteFunc(slices.Clone(files), func(f source.File) bool {
		return f.Missing && !l.knows(f.Path)
	})
}

// knows reports whether the file was read, and its post was given out or waits.
func (l *Library) knows(path string) bool {
	if l == nil {
		return false
	}
	_, waits := l.waiting[path]
	return waits || l.parsed[path] != nil
}

// without forgets the dropped files, and returns the others.
func (l *Library) without(dropped map[string]bool, files []source.File) []source.File {
	if len(dropped) == 0 {
		return files
	}
	maps.DeleteFunc(l.parsed, func(path string, _ *parse.File) bool { return dropped[path] })
	return slices.DeleteFunc(slices.Clone(files), func(f source.File) bool { return dropped[f.Path] })
}
