package pages

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/page"
)

// Index returns the first page and those that follow it.
func (w *Writer) Index(posts []*blog.Post) []Document {
	return w.lists(&term.Term{Posts: posts}, page.Index)
}

// Term returns the pages that list the posts of a term.
func (w *Writer) Term(t *term.Term) []Document {
	kind := page.Term
	if t.Kind == "authors" {
		kind = page.Author
	}
	return w.lists(t, kind)
}

// CountOfList returns on how many pages so many posts are listed.
func CountOfList(posts, onPage int) int { return max(1, (posts+onPage-1)/onPage) }

// lists returns the pages that list the posts of a term. Where posts have no pages there
// is the first alone.
func (w *Writer) lists(t *term.Term, kind page.Kind) []Document {
	size, last := w.Site.Settings.Items, 1
	if w.Site.Settings.Pages {
		last = CountOfList(len(t.Posts), size)
	}
	all := make([]Document, last)
	for i := range all {
		posts := t.Posts[min(len(t.Posts), i*size):min(len(t.Posts), (i+1)*size)]
		all[i] = w.list(list{t.Key, t.Name, posts, i + 1, last}, kind)
	}
	return all
}

// list is one page of a list of posts.
type list struct {
	term       term.Key
	name       string
	posts      []*blog.Post
	number, of int
}

func (w *Writer) list(l list, kind page.Kind) Document {
	var k blog.Keyer
	k.Text(l.name).Int(int64(l.number), int64(l.of))
	leadsOn := kind == page.Index && l.number == 1
	if leadsOn {
		k.Key(w.Catalogue.Key)
	}
	root := l.term.Root()
	return w.document(content{paths.Numbered(root, l.number), kind, l.posts, k.Sum(), func(values *page.Page) error {
		entries, err := w.entries(l.posts)
		if err != nil {
			return err
		}
		values.Posts, values.Number, values.Of, values.Title = entries, l.number, l.of, l.name
		if l.term.Kind != "" {
			values.Term = page.Listed{Kind: term.Singular(l.term.Kind), Name: l.name, URL: w.Site.Absolute(root)}
			values.Feeds = feedsOf(w.Site, l.term, l.name)
		}
		w.linkNeighbours(values, root)
		if leadsOn && w.Site.Settings.Pages {
			values.Lists = w.biggest()
		}
		return nil
	}})
}

// linkNeighbours links a page of a list to the one before and the one after it.
func (w *Writer) linkNeighbours(values *page.Page, root string) {
	if values.Number > 1 {
		values.Newer.URL = w.Site.Absolute(paths.Numbered(root, values.Number-1))
	}
	if values.Number < values.Of {
		values.Older.URL = w.Site.Absolute(paths.Numbered(root, values.Number+1))
	}
}

const (
	// maxListed is how many terms of a kind the first page and the page to subscribe
	// lead to. Pages of their own list the others.
	maxListed = 100
	// onPage is how many terms one of these pages lists.
	onPage = 500
)

// biggest returns the lists of terms on the first page. A list of one is none.
func (w *Writer) biggest() []page.List {
	var lists []page.List
	for _, kind := range term.Kinds {
		list := page.List{Kind: kind.Folder, Total: len(w.Catalogue.Of(kind.Folder))}
		for _, l := range w.Catalogue.Biggest(kind.Folder, maxListed) {
			list.Items = append(list.Items, w.listed(l.Key, l.Name, l.Count))
		}
		if list.Total > len(list.Items) {
			list.URL = w.Site.Absolute(paths.Kind(kind.Folder))
		}
		if len(list.Items) > 1 {
			lists = append(lists, list)
		}
	}
	return lists
}

func (w *Writer) listed(k term.Key, name string, count int) page.Listed {
	l := page.Listed{Kind: term.Singular(k.Kind), Name: name, Count: count}
	if w.Site.Settings.Pages && k.Slug != "" {
		l.URL = w.Site.Absolute(k.Root())
	}
	return l
}

// Terms returns the pages that list all terms of a kind, for the kinds of which the
// first page leads to some only. They show the newest posts nowhere, but are dated by
// them.
func (w *Writer) Terms(newest []*blog.Post) []Document {
	var all []Document
	for _, kind := range term.Kinds {
		count := len(w.Catalogue.Of(kind.Folder))
		if count <= maxListed {
			continue
		}
		last := CountOfList(count, onPage)
		for n := 1; n <= last; n++ {
			all = append(all, w.terms(kind.Folder, n, last, newest))
		}
	}
	return all
}

// terms is page n of the list of the terms of a kind.
func (w *Writer) terms(kind string, n, last int, newest []*blog.Post) Document {
	var k blog.Keyer
	k.Int(int64(n), int64(last)).Key(w.Catalogue.Key)
	root := paths.Kind(kind)
	return w.document(content{paths.Numbered(root, n), page.Listing, newest, k.Sum(), func(values *page.Page) error {
		all := w.Catalogue.Of(kind)
		list := page.List{Kind: kind, Total: len(all)}
		for _, l := range all[(n-1)*onPage : min(len(all), n*onPage)] {
			list.Items = append(list.Items, w.listed(l.Key, l.Name, l.Count))
		}
		values.Lists, values.Number, values.Of = []page.List{list}, n, last
		w.linkNeighbours(values, root)
		return nil
	}})
}
