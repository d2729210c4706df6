package edition

import (
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/page"
)

const (
	// maxListed is how many slices of a kind the first page and the page to subscribe
	// lead to. Pages of their own list the others.
	maxListed = 100
	// termsOnPage is how many slices one of these pages lists.
	termsOnPage = 500
	// maxOffered is how many slices of a kind the list of feeds has. No reader imports
	// more, and the list is made as a whole.
	maxOffered = 10_000
)

// termsPath is where the list of the slices of a kind begins.
func termsPath(kind string) string { return "/" + kind + "/" }

// pagesOfTerms takes the pages that list all slices of a kind, for the kinds of which
// the first page leads to some only.
func (p *planner) pagesOfTerms() {
	w := p.writer()
	for _, kind := range kinds {
		count := len(p.names.of(kind.folder))
		if count <= maxListed {
			continue
		}
		last := (count + termsOnPage - 1) / termsOnPage
		for n := 1; n <= last; n++ {
			at := place{names: p.names, number: n, of: last}
			p.page(numbered(termsPath(kind.folder), n), p.newest(), at, page.Listing, w.terms(kind.folder, at))
		}
	}
}

// terms fills page n of the list of the slices of a kind.
func (w writer) terms(kind string, at place) func([]*blog.Post) (page.Page, error) {
	return func([]*blog.Post) (page.Page, error) {
		all := at.names.of(kind)
		list := page.List{Kind: kind, Total: len(all)}
		for _, s := range all[(at.number-1)*termsOnPage : min(len(all), at.number*termsOnPage)] {
			list.Items = append(list.Items, w.listed(s.key, s.name, s.count))
		}
		values := page.Page{Lists: []page.List{list}, Number: at.number, Of: at.of}
		w.turn(&values, termsPath(kind))
		return values, nil
	}
}

// turn links a page of a list to the one before and the one after it.
func (w writer) turn(values *page.Page, root string) {
	if values.Number > 1 {
		values.Newer.URL = absolute(w.in.site, numbered(root, values.Number-1))
	}
	if values.Number < values.Of {
		values.Older.URL = absolute(w.in.site, numbered(root, values.Number+1))
	}
}

// lists are the ways on from the first page. A list of one is none.
func (w writer) lists(all *names) []page.List {
	var lists []page.List
	for _, kind := range kinds {
		list := page.List{Kind: kind.folder, Total: len(all.of(kind.folder))}
		for _, s := range all.biggest(kind.folder, maxListed) {
			list.Items = append(list.Items, w.listed(s.key, s.name, s.count))
		}
		if list.Total > len(list.Items) {
			list.URL = absolute(w.in.site, termsPath(kind.folder))
		}
		if len(list.Items) > 1 {
			lists = append(lists, list)
		}
	}
	return lists
}

// of returns the slices of a kind in their order.
func (n *names) of(kind string) []named {
	from := slices.IndexFunc(n.list, func(s named) bool { return s.kind == kind })
	if from < 0 {
		return nil
	}
	of := n.list[from:]
	if to := slices.IndexFunc(of, func(s named) bool { return s.kind != kind }); to >= 0 {
		of = of[:to]
	}
	return of
}

// biggest returns the slices of a kind in their order: at most so many, those with
// the most posts, and of those with as many the first ones.
func (n *names) biggest(kind string, most int) []named {
	of := n.of(kind)
	if len(of) <= most {
		return of
	}
	counts := make([]int, len(of))
	for i := range of {
		counts[i] = of[i].count
	}
	slices.Sort(counts)
	least := counts[len(counts)-most]
	bigger, _ := slices.BinarySearch(counts, least+1)
	ofLeast := most - (len(counts) - bigger)
	list := make([]named, 0, most)
	for _, s := range of {
		if s.count == least {
			ofLeast--
		}
		if s.count > least || s.count == least && ofLeast >= 0 {
			list = append(list, s)
		}
	}
	return list
}
