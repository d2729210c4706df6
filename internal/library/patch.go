package library

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/identity"
	"broadsheet/internal/library/internal/changes"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/library/internal/schedule"
	"broadsheet/internal/source"
)

// patch lists the files that changed since the library before, if few did.
type patch struct{ changed, gone []string } // paths, sorted

// after returns the number of the library that follows.
func (l *Library) after() uint64 {
	if l == nil {
		return 0
	}
	return l.number + 1
}

// patch returns what build would, at the cost of what changed; nil where that
// does not follow from the changed files alone: when a file went on under
// another name, or may have, when posts claim the same id or permalink, when
// anything else changed that posts are made from, or when the clock has brought a
// change.
func (l *Library) patch(files []source.File, o Options) *Library {
	if l == nil || l.hasConflicts || o.Now.Before(l.now) || !l.Next.IsZero() && !o.Now.Before(l.Next) || !l.sameWorld(o) {
		return nil
	}
	d, ok := l.before().To(files)
	switch {
	case !ok:
		return nil
	case d.IsNone():
		return l
	case d.MayMove():
		return nil
	case len(d.Gone) > 0 && len(l.rendered) > 0: // templates may ask for them
		return nil
	}
	next := *l
	next.parsed, next.odd, next.linked = maps.Clone(l.parsed), l.odd.Copy(), maps.Clone(l.linked)
	next.ids, next.Posts, next.Problems = l.ids.Copy(), slices.Clone(l.Posts), slices.Clone(l.Problems)
	next.Unlisted, next.keys, next.shows = slices.Clone(l.Unlisted), l.before().KeysAfter(d), maps.Clone(l.shows)
	next.read = files
	next.Counts.Files = len(files)
	next.now, next.heldSince, next.number, next.patched = o.Now, time.Time{}, l.after(), &patch{gone: d.Gone}
	if !next.apply(l, d, files, o) {
		return nil
	}
	next.read = changes.Understood(files, next.parsed)
	next.former = next.formerOf(slices.Values(slices.Concat(l.former, next.patched.changed)))
	if len(next.addressed().HandedOver()) > 0 { // more than what changed has to be remembered
		return nil
	}
	next.measureShown(next.patched.changed, o)
	next.book = next.bookAfter(l)
	blog.SortProblems(next.Problems)
	return &next
}

// before is what the library that follows is told of the files of this one.
func (l *Library) before() changes.Before {
	return changes.Before{Read: l.read, Parsed: l.parsed, Keys: l.keys, Waiting: l.waiting, Media: l.media, Generator: l.made}
}

// apply makes the change. It returns false where more than that follows from it.
func (l *Library) apply(old *Library, d changes.Change, files []source.File, o Options) bool {
	g := lineage{prev: old} // no file goes on under another name
	for _, path := range d.Gone {
		if !l.remove(old, path) {
			return false
		}
	}
	x := o.parser(files, old.data)
	for i := range d.Files {
		l.patched.changed = append(l.patched.changed, d.Files[i].Path)
		if !l.replace(g, &d.Files[i], len(d.Files) == 1, x, o) {
			return false
		}
	}
	return true
}

// sameWorld reports whether all is as it was that posts are made from, but the
// files.
func (l *Library) sameWorld(o Options) bool {
	return l.media == o.Media && l.drafts == o.Drafts && l.future == o.Future && slices.Equal(l.exclude, o.Exclude) &&
		slices.Equal(l.folders, o.Folders) && slices.Equal(l.named, o.Named) &&
		reflect.DeepEqual(l.site, o.Site) && reflect.DeepEqual(l.made, o.Generator) && reflect.DeepEqual(l.reserved, o.Reserved)
}

// remove deletes what old derived from a file; l is a copy of old. It returns false if Next may
// depend on the file.
func (l *Library) remove(old *Library, path string) bool {
	p := old.parsed[path]
	if p == nil {
		return true
	}
	if p.Post != nil && !old.Next.IsZero() && (p.Due().Equal(old.Next) || p.Post.Expires().Equal(old.Next) || p.Post.Updated.Equal(old.Next)) {
		return false
	}
	class := l.classify(p)
	*l.Counts.Of(class)--
	if class == schedule.Listed {
		if i, ok := slices.BinarySearchFunc(l.Posts, old.settledAt(path).post, newestFirst); ok {
			l.Posts = slices.Delete(l.Posts, i, i+1)
		}
	}
	l.Unlisted = slices.DeleteFunc(l.Unlisted, func(p *blog.Post) bool { return p.Path == path })
	l.Problems = slices.DeleteFunc(l.Problems, func(p blog.Problem) bool { return p.File == path })
	delete(l.parsed, path)
	delete(l.shows, path)
	l.odd.Remove(path)
	delete(l.linked, path)
	l.ids.Remove(path)
	return true
}

// replace makes anew what follows from a file, the only one that changed or not. It
// returns false where more than that follows from it.
func (l *Library) replace(g lineage, f *source.File, only bool, x *parse.Parser, o Options) bool {
	old, before := g.prev, g.prev.parsed[f.Path]
	p := x.Parse(f, before)
	template := p.Meta() != nil || before != nil && before.Meta() != nil || len(old.rendered) > 0
	if template && !sameURL(before, p) { // other posts may ask for it
		return false
	}
	if !l.remove(old, f.Path) {
		return false
	}
	l.parsed[f.Path] = p
	l.Problems = append(l.Problems, p.Problems()...)
	if p.Post != nil {
		if p.Meta() != nil || before != nil && before.Meta() != nil {
			return false
		}
		c := l.claim(p, f)
		if !g.settleOne(c, only, o) || c.Rank != identity.Held && l.idTaken(c.ID) {
			return false
		}
		l.measureEnclosures([]*claim{c}, o)
		l.assign(c, l.assignment(old, c, o.Now), o)
	}
	if p.Post != nil {
		l.shows[f.Path] = l.shown(f.Path)
		l.mentions.Add(f.Path, l.shows[f.Path])
	}
	given := l.settledAt(f.Path).post
	return l.insert(given, l.classify(p), given != nil && old.lists(f.Path, given.URL))
}

// settleOne settles the claim of a file where no other one is missing, gone or moved.
// It returns false where the claim may depend on others.
func (g lineage) settleOne(c *claim, only bool, o Options) bool {
	former, same := g.former(c.file)
	k, known := g.prev.ids.Get(c.File)
	switch {
	case known && (same || k.Title != "" && k.Title == c.Title && !c.Explicit):
		c.Keep(k)
	case !only:
		return false
	default:
		c.Waited = g.waited(c.file)
		if g.displaces(identity.MatchOne(&c.Claim, former, g.prev.ids, o.Known), o) {
			return false
		}
	}
	c.Settle()
	return !c.Copies()
}

// insert counts a post, and publishes it if its class is public. It returns false if another post
// has its address; own is true if it had that address before.
func (l *Library) insert(given *blog.Post, as schedule.Class, own bool) bool {
	*l.Counts.Of(as)++
	switch as {
	case schedule.Listed:
		if !own && slices.ContainsFunc(l.Posts, func(other *blog.Post) bool { return other.URL == given.URL }) {
			return false
		}
		i, _ := slices.BinarySearchFunc(l.Posts, given, newestFirst)
		l.Posts = slices.Insert(l.Posts, i, given)
		l.linked[given.Path] = given
	case schedule.Unlisted:
		i, _ := slices.BinarySearchFunc(l.Unlisted, given, func(a, b *blog.Post) int { return strings.Compare(a.Path, b.Path) })
		l.Unlisted = slices.Insert(l.Unlisted, i, given)
		l.linked[given.Path] = given
	}
	return true
}

// lists reports whether the post of a file is a public one, at this address.
func (l *Library) lists(path, url string) bool {
	p := l.settledAt(path).post
	if p == nil || p.URL != url {
		return false
	}
	_, found := slices.BinarySearchFunc(l.Posts, p, newestFirst)
	return found
}

func (l *Library) idTaken(id string) bool {
	for _, known := range l.ids.All() {
		if known.ID == id {
			return true
		}
	}
	return false
}

// sameURL reports whether both versions of a file are a post at the same
// address, or none.
func sameURL(a, b *parse.File) bool {
	return a != nil && (a.Post == nil) == (b.Post == nil) && (a.Post == nil || a.Post.URL == b.Post.URL)
}

// Since returns the files that this library and prev make something else of,
// and those that are gone; false where that is not known.
func (l *Library) Since(prev *Library) (changed, gone []string, known bool) {
	switch {
	case l == prev:
		return nil, nil, true
	case prev != nil && l.patched != nil && l.number == prev.number+1:
		return l.patched.changed, l.patched.gone, true
	}
	return nil, nil, false
}
