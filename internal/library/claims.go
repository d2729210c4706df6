package library

import (
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/source"
)

// claim is a post that asks for an id.
type claim struct {
	*parsed
	file *source.File
	hash string // of the file, in hexadecimal
	at   string // path of the permalink
	id   string
	was  Identity // what was known of the post
	rank rank

	// What it is matched by; see matching.
	title  string
	sketch sketch
	past   *past      // the post that it goes on with; nil: none that is known
	like   []likeness // what its text is like
	nearTo *past
	fresh  bool // nothing was known under its name
	copies bool // a living post looks the same
	waited bool // it did so at the last look, and has waited
	early  bool // it may come to go on with a post whose file has just gone
}

// states reports whether the front matter states an id, now or by the rules of
// versions before this one.
func (c *claim) states(id string) bool {
	return c.explicit && c.post.ID == id || slices.Contains(c.also, id)
}

// settleClaims finds out which of the posts known before each file holds, and returns
// the claims of those that are shown. A missing file whose post goes on elsewhere has
// none, nor has a new one that looks like the copy of a file that is there: it may be
// about to take its place, and waits until it is clear that both stay. At the start
// there is nothing to show instead, and no telling which of two is the copy.
func (l *Library) settleClaims(g lineage, files []source.File, o Options) (shown []*claim, dropped map[string]bool) {
	claims := l.claims(files)
	m := g.matching(claims, o.Known)
	m.run()
	l.displaced = m.displaces(g.prev)
	var changed []*claim
	dropped = map[string]bool{}
	for _, c := range claims {
		c.settle()
		switch {
		case c.file.Missing:
		case l.waits(g, c, o.Now):
			dropped[c.file.Path] = true
		case c.parsed != g.parsed(c.file):
			changed = append(changed, c)
		}
	}
	shown = slices.DeleteFunc(claims, func(c *claim) bool {
		if c.file.Missing && (c.past != nil && c.past.heir != nil || c.overtaken(changed)) {
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
		if p := l.parsed[files[n].Path]; p.post != nil {
			all[n] = l.claim(p, &files[n])
		}
	})
	return slices.DeleteFunc(all, func(c *claim) bool { return c == nil })
}

func (l *Library) claim(p *parsed, f *source.File) *claim {
	return &claim{
		parsed: p, file: f, hash: hex.EncodeToString(f.Hash[:]), at: strings.TrimPrefix(p.post.URL, l.site.URL),
		id: p.post.ID, rank: derived, title: titleMark(p.post),
	}
}

// matching sorts what is known from before: the posts of files that are the same, and
// what is to be found out.
func (g lineage) matching(claims []*claim, known map[string]Identity) *matching {
	m := &matching{}
	before := layeredOf(known)
	if g.prev != nil {
		before = g.prev.ids
	}
	pasts := make(map[string]*past, before.count)
	for path, k := range before.all() {
		if k.ID != "" && !k.Gone {
			pasts[path] = &past{Identity: k, path: path, standing: vacant}
		}
	}
	for _, c := range claims {
		k, same := g.past(c, pasts)
		c.fresh, c.waited = k == nil, g.waited(c.file)
		switch {
		case c.file.Missing:
			if c.past = k; k != nil {
				k.away = true
			}
		case k == nil:
			m.free = append(m.free, c)
		case same:
			c.past, k.heir, k.path, k.standing = k, c, c.file.Path, living
		default:
			k.standing = replaced
			m.free = append(m.free, c)
		}
	}
	m.pasts = slices.AppendSeq(m.pasts, maps.Values(pasts))
	m.addDeparted(pasts, known)
	return m
}

// past returns the past of the file that a claim's file is, and whether it is known
// to be the same; nil: it is not known at all.
func (g lineage) past(c *claim, pasts map[string]*past) (k *past, same bool) {
	if g.prev == nil {
		k = pasts[c.file.Path]
		return k, k != nil && k.Hash == c.hash
	}
	path, same := g.former(c.file)
	return pasts[path], same
}

// addDeparted adds the posts that were gone at the last look already.
func (m *matching) addDeparted(pasts map[string]*past, known map[string]Identity) {
	for path, k := range known {
		if k.ID != "" && pasts[path] == nil {
			m.pasts = append(m.pasts, &past{Identity: k, path: path, standing: departed})
		}
	}
}

// settle gives a claim what is known of its post.
func (c *claim) settle() {
	if c.past != nil {
		c.was = c.past.Identity
	}
	switch {
	case c.explicit && !c.states(c.was.ID):
		c.rank = explicit
	case c.was.ID == "":
	case c.past.standing == departed:
		c.id, c.rank = c.was.ID, remembered
	default:
		c.id, c.rank = c.was.ID, held
	}
}

// overtaken reports whether one of the files that changed came to claim the id or the
// permalink of this missing one, or to say its date and title.
func (c *claim) overtaken(changed []*claim) bool {
	return slices.ContainsFunc(changed, func(other *claim) bool {
		return other.states(c.id) || other.at == c.at || c.title != "" && other.title == c.title
	})
}

// waits reports whether the post has to wait, as a copy.
func (l *Library) waits(g lineage, c *claim, now time.Time) bool {
	if g.prev == nil || c.past != nil || !c.copies && !c.early {
		return false
	}
	since := g.waitingSince(c.file, now)
	if !now.Before(since.Add(copyGrace)) && !c.early {
		return false
	}
	l.waiting[c.file.Path] = since
	if !c.early { // else it ends with the grace of a file
		l.wakeAt(since.Add(copyGrace))
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
		return f.Missing && (l == nil || l.parsed[f.Path] == nil)
	})
}

// without forgets the dropped files, and returns the others.
func (l *Library) without(dropped map[string]bool, files []source.File) []source.File {
	if len(dropped) == 0 {
		return files
	}
	maps.DeleteFunc(l.parsed, func(path string, _ *parsed) bool { return dropped[path] })
	return slices.DeleteFunc(slices.Clone(files), func(f source.File) bool { return dropped[f.Path] })
}
