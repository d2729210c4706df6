package identity

import (
	"cmp"
	"iter"
	"maps"
	"path"
	"slices"
)

// Matching finds out which of the posts known from before the new claims are.
type Matching struct {
	free   []*Claim // those whose file is not known to be the same
	pasts  []*past
	byPath map[string]*past // those whose file was there at the last look
}

// Known is what is remembered of posts, by the paths of their files.
type Known interface {
	Len() int
	Get(file string) (*Identity, bool)
	All() iter.Seq2[string, *Identity]
}

// NewMatching returns a matching of no claims yet, given what was known at the last look.
func NewMatching(before Known) *Matching {
	m := &Matching{byPath: make(map[string]*past, before.Len())}
	for path, k := range before.All() {
		if k.ID != "" && !k.Gone {
			m.byPath[path] = &past{Identity: k, path: path, standing: vacant}
		}
	}
	return m
}

// Add adds a claim, given the former path of its file, and whether that is known to be the
// same file.
func (m *Matching) Add(c *Claim, former string, same bool) {
	k := m.byPath[former]
	c.fresh = k == nil
	switch {
	case c.Missing && k != nil && (same || k.Hash == c.Hash):
		c.past, k.away = k, true
	case k == nil:
		m.free = append(m.free, c)
	case same:
		c.past, k.heir, k.path, k.standing = k, c, c.File, living
	default:
		k.standing = replaced
		m.free = append(m.free, c)
	}
}

// Run gives each free claim the past that it matches best, once all claims are added.
// Known has the posts, too, that were gone at the last look already. Nobody gets two, and
// no past goes to two; the better evidence comes first, then the past that is nearer.
func (m *Matching) Run(known Table) {
	m.pasts = slices.AppendSeq(m.pasts, maps.Values(m.byPath))
	for path, k := range known {
		if k.ID != "" && m.byPath[path] == nil {
			m.pasts = append(m.pasts, &past{Identity: k, path: path, standing: departed})
		}
	}
	m.run()
}

// edge is evidence that a claim is that of a past post.
type edge struct {
	past  *past
	claim *Claim
	evidence
	alike int
}

func (m *Matching) run() {
	if len(m.free) == 0 || len(m.pasts) == 0 {
		return
	}
	for _, c := range m.free {
		c.sketch = sketchFrom(c.Text)
	}
	edges := m.edges()
	slices.SortFunc(edges, nearest)
	for _, e := range edges {
		switch {
		case e.past.heir != nil || e.claim.past != nil || e.doubtful() || e.mistaken():
		case e.early():
			e.claim.early = true
		default:
			e.past.heir, e.claim.past, e.claim.by = e.claim, e.past, e.evidence
		}
	}
}

// Displaces reports whether nothing is left of a post, which public knows, since a file bears
// its name that goes on with another one, or that has nothing but its name or address while a
// new file is awaited: it may be about to come under a third name.
func (m *Matching) Displaces(public func(file string) bool, awaits bool) bool {
	borne := m.exchanged(awaits)
	return slices.ContainsFunc(m.pasts, func(k *past) bool {
		switch {
		case !public(k.path):
			return false
		case k.heir != nil:
			return awaits && k.standing != departed && k.heir.by >= ownName
		case k.standing == replaced:
			return slices.ContainsFunc(m.free, func(c *Claim) bool { return c.File == k.path && c.past != nil })
		}
		return k.standing == vacant && borne[k.path]
	})
}

// exchanged returns the names that files have now which had others, if a new file is awaited, or
// one of which nothing was known has one of those others: it may hold the post of one of them.
func (m *Matching) exchanged(awaits bool) map[string]bool {
	left := func(c *Claim) bool {
		k := m.byPath[c.File]
		return c.fresh && k != nil && k.path != c.File
	}
	if !awaits && !slices.ContainsFunc(m.free, left) {
		return nil
	}
	names := map[string]bool{}
	for former, k := range m.byPath {
		names[k.path] = names[k.path] || k.path != former
	}
	return names
}

// edges returns all evidence that counts, and marks the claims that look like copies
// of living posts.
func (m *Matching) edges() []edge {
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
	return e.claim.Waited && e.past.standing == replaced && e.evidence != statedID && e.claim.File != e.past.path
}

// early reports whether it is not clear yet that the post goes on in that file. Its own
// has just gone, and may be being saved anew; and this one was a copy beside it, or may
// have been, since it says something else.
func (e edge) early() bool {
	return e.past.away && e.claim.fresh && (e.evidence == sameText || e.claim.Waited && e.evidence != statedID)
}

// nearest sorts edges, the one to be taken first.
func nearest(a, b edge) int {
	return cmp.Or(
		cmp.Compare(order(a.claim.Missing), order(b.claim.Missing)),
		cmp.Compare(order(a.late()), order(b.late())),
		cmp.Compare(a.evidence, b.evidence),
		cmp.Compare(order(a.past.path != a.claim.File), order(b.past.path != b.claim.File)),
		cmp.Compare(b.alike, a.alike),
		cmp.Compare(order(path.Base(a.past.path) != path.Base(a.claim.File)), order(path.Base(b.past.path) != path.Base(b.claim.File))),
		cmp.Compare(a.past.path, b.past.path),
		cmp.Compare(a.past.ID, b.past.ID),
		cmp.Compare(a.claim.File, b.claim.File),
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
