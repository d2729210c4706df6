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
	onAllProcessors(len(m.free), func(n int) { m.free[n].sketch = sketchOf(m.free[n].post.Body) })
	edges := m.edges()
	slices.SortFunc(edges, nearest)
	for _, e := range edges {
		if e.past.heir == nil && e.claim.past == nil {
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
			c.likest.note(e)
			if k.standing == living {
				c.copies = c.copies || e.evidence < none
			} else {
				found = append(found, e)
			}
		}
	}
	for _, e := range found {
		if e.weigh(); e.past.admits(e.evidence) {
			edges = append(edges, e)
		}
	}
	return edges
}

// weigh judges likeness of texts by what else the text is like. What other posts
// say too tells nothing; what no other says tells as much as date and title do.
func (e *edge) weigh() {
	common := e.claim.likest.besides(e.past) >= e.alike
	switch {
	case e.evidence == ownText && !common:
		e.evidence = ownTitle
	case e.evidence == sameText && e.claim.likest.living >= e.alike:
		e.evidence = none
	}
}

// likest is what a claim's text is most like.
type likest struct {
	first         *past
	alike, second int // of the first, and of any other
	living        int // of those that live
}

func (l *likest) note(e edge) {
	switch {
	case e.alike > l.alike:
		l.first, l.alike, l.second = e.past, e.alike, l.alike
	case e.alike > l.second:
		l.second = e.alike
	}
	if e.past.standing == living {
		l.living = max(l.living, e.alike)
	}
}

// besides returns how much the text is like any but that past.
func (l *likest) besides(k *past) int {
	if l.first == k {
		return l.second
	}
	return l.alike
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
