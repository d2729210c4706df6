package library

import (
	"cmp"
	"path"
	"slices"
)

// matching finds out which of the posts known from before the new claims are.
type matching struct {
	free  []*claim // those whose file is not known to be the same
	pasts []*past
}

// edge is evidence that a claim is that of a past post.
type edge struct {
	past  *past
	claim *claim
	evidence
	alike int
}

// run gives each free claim the past that it matches best. Nobody gets two, and no
// past goes to two; the better evidence comes first, then the past that is nearer.
func (m *matching) run() {
	if len(m.free) == 0 || len(m.pasts) == 0 {
		return
	}
	onAllProcessors(len(m.free), func(n int) { m.free[n].sketch = sketchFrom(m.free[n].parsed.sketch) })
	edges := m.edges()
	slices.SortFunc(edges, nearest)
	for _, e := range edges {
		switch {
		case e.past.heir != nil || e.claim.past != nil || e.doubtful() || e.mistaken():
		case e.early():
			e.claim.early = true
		default:
			e.past.heir, e.claim.past = e.claim, e.past
		}
	}
}

// edges returns all evidence that counts, and marks the claims that look like copies
// of living posts.
func (m *matching) edges() []edge {
	var found, edges []edge
	index := indexOf(m.free)
	for _, k := range m.pasts {
		k.sketch = sketchFrom(k.Text)
		for _, c := range index.near(k) {
			e := edge{past: k, claim: c}
			e.evidence, e.alike = k.evidence(c)
			if e.alike > 0 {
				c.like = append(c.like, likeness{k, e.alike})
			}
			if k.standing == living {
				c.copies = c.copies || e.evidence < none
			} else {
				found = append(found, e)
			}
		}
	}
	for _, e := range found {
		if e.evidence == ownText && !e.common() {
			e.evidence = ownTitle // what no other says tells as much as date and title do
		}
		if e.past.admits(e.evidence) {
			edges = append(edges, e)
		}
	}
	return edges
}

// likeness is how much a claim's text is that of a past.
type likeness struct {
	past  *past
	alike int
}

// common reports whether another post has as much of the text.
func (e edge) common() bool {
	return slices.ContainsFunc(e.claim.like, func(l likeness) bool { return l.past != e.past && l.alike >= e.alike })
}

// doubtful reports whether nothing but the text speaks for it, and a post that is there
// has nearly as much of that: the file may as well be made of that one.
func (e edge) doubtful() bool {
	return e.evidence == sameText && slices.ContainsFunc(e.claim.like, func(l likeness) bool {
		there := l.past.standing == living || l.past.heir != nil
		return l.past != e.past && there && 3*l.past.text().alike(e.claim.sketch) >= 2*e.alike
	})
}

// mistaken reports whether a copy that waited beside the original asks for its id, whose
// file is there: it was saved anew, whatever it says now.
func (e edge) mistaken() bool {
	return e.claim.waited && e.past.standing == replaced && e.evidence != statedID && e.claim.file.Path != e.past.path
}

// early reports whether it is not clear yet that the post goes on in that file. Its own
// has just gone, and may be being saved anew; and this one was a copy beside it, or may
// have been, since it says something else.
func (e edge) early() bool {
	return e.past.away && e.claim.fresh && (e.evidence == sameText || e.claim.waited && e.evidence != statedID)
}

// nearest sorts edges, the one to be taken first.
func nearest(a, b edge) int {
	return cmp.Or(
		cmp.Compare(order(a.late()), order(b.late())),
		cmp.Compare(a.evidence, b.evidence),
		cmp.Compare(order(a.past.path != a.claim.file.Path), order(b.past.path != b.claim.file.Path)),
		cmp.Compare(b.alike, a.alike),
		cmp.Compare(order(path.Base(a.past.path) != path.Base(a.claim.file.Path)), order(path.Base(b.past.path) != path.Base(b.claim.file.Path))),
		cmp.Compare(a.past.path, b.past.path),
		cmp.Compare(a.past.ID, b.past.ID),
		cmp.Compare(a.claim.file.Path, b.claim.file.Path),
	)
}

// late reports whether all other evidence comes before this: posts that departed
// long since are asked last.
func (e edge) late() bool { return e.past.standing == departed && e.evidence != statedID }

func order(last bool) int {
	if last {
		return 1
	}
	return 0
}

// index finds the claims that may match a past post, without looking at all.
type index struct {
	byMark map[mark][]*claim
	byText map[uint32][]*claim
}

// mark is something that a claim and a past post may have in common.
type mark struct {
	kind       rune
	text, name string // name: the last element of the file's, where many may have the rest in common
}

// mostAlike is how many claims with the same mark are looked at; more of them are
// alike in all that matters.
const mostAlike = 64

func indexOf(free []*claim) index {
	x := index{map[mark][]*claim{}, map[uint32][]*claim{}}
	for _, c := range free {
		add := func(m mark) { x.byMark[m] = append(x.byMark[m], c) }
		for _, id := range append([]string{c.id}, c.also...) {
			add(mark{kind: 'i', text: id})
		}
		for _, m := range marksOf(c.hash, c.title, c.file.Path, c.at) {
			add(m)
		}
		for _, piece := range c.sketch {
			x.byText[piece] = append(x.byText[piece], c)
		}
	}
	return x
}

func marksOf(hash, title, file, at string) []mark {
	name := path.Base(file)
	return []mark{{'f', file, ""}, {'h', hash, ""}, {'h', hash, name}, {'t', title, ""}, {'t', title, name}, {'u', at, ""}}
}

// near returns each claim that has anything in common with a past post, once.
func (x index) near(k *past) []*claim {
	var all []*claim
	add := func(claims []*claim) {
		for _, c := range claims[:min(len(claims), mostAlike)] {
			if c.nearTo != k {
				c.nearTo = k
				all = append(all, c)
			}
		}
	}
	add(x.byMark[mark{kind: 'i', text: k.ID}])
	for _, m := range marksOf(k.Hash, k.Title, k.path, k.Path) {
		add(x.byMark[m])
	}
	for _, piece := range k.sketch {
		add(x.byText[piece])
	}
	return all
}
