package term

import (
	"slices"

	"broadsheet/internal/blog"
)

// Catalogue lists terms as pages and lists of feeds show them.
type Catalogue struct {
	Posts int      // of the whole site
	All   []Listed // in the order of Compare
	Key   blog.Key // of all this
}

// Listed is a term in a list.
type Listed struct {
	Key
	Name   string
	Count  int   // of its posts
	Newest int64 // when the newest was published, Unix seconds
}

// NewCatalogue returns the catalogue of these terms of a site of so many posts.
func NewCatalogue(terms []*Term, posts int) *Catalogue {
	c := &Catalogue{Posts: posts, All: make([]Listed, len(terms))}
	var k blog.Keyer
	k.Int(int64(posts))
	for i, t := range terms {
		c.All[i] = Listed{t.Key, t.Name, len(t.Posts), t.Posts[0].Published.Unix()}
		k.Text(t.Kind, t.Slug, t.Name).Int(int64(len(t.Posts)), c.All[i].Newest)
	}
	c.Key = k.Sum()
	return c
}

// Of returns the terms of a kind in their order.
func (c *Catalogue) Of(kind string) []Listed {
	from := slices.IndexFunc(c.All, func(l Listed) bool { return l.Kind == kind })
	if from < 0 {
		return nil
	}
	of := c.All[from:]
	if to := slices.IndexFunc(of, func(l Listed) bool { return l.Kind != kind }); to >= 0 {
		of = of[:to]
	}
	return of
}

// Biggest returns the terms of a kind in their order: at most so many, those with the
// most posts. Of terms with as many posts it takes the first ones.
func (c *Catalogue) Biggest(kind string, most int) []Listed {
	of := c.Of(kind)
	switch {
	case len(of) <= most:
		return of
	case most <= 0:
		return nil
	}
	counts := make([]int, len(of))
	for i := range of {
		counts[i] = of[i].Count
	}
	slices.Sort(counts)
	least := counts[len(counts)-most]
	bigger, _ := slices.BinarySearch(counts, least+1)
	ofLeast := most - (len(counts) - bigger) // how many terms with the least count fit
	list := make([]Listed, 0, most)
	for _, l := range of {
		if l.Count == least {
			ofLeast--
		}
		if l.Count > least || l.Count == least && ofLeast >= 0 {
			list = append(list, l)
		}
	}
	return list
}
