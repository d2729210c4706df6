package pages

import (
	"cmp"
	"strconv"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/page"
)

// maxOnePage is up to how many posts the archive lists them all on one page.
const maxOnePage = 300

// onYear is how many posts a page of a year lists. A year has as many pages as it needs.
const onYear = 500

// year is a year and which of the posts, newest first, are of it.
type year struct{ year, from, to int }

// yearsOf returns the years of posts, which are in the order of their dates.
func yearsOf(posts []*blog.Post, zone *time.Location) []year {
	var years []year
	for i, p := range posts {
		y := p.Published.In(zone).Year()
		if n := len(years); n == 0 || years[n-1].year != y {
			years = append(years, year{year: y, from: i})
		}
		years[len(years)-1].to = i + 1
	}
	return years
}

// Archive returns the pages of each year, and the one that leads to them.
func (w *Writer) Archive(posts []*blog.Post) []Document {
	years := yearsOf(posts, cmp.Or(w.Site.Zone, time.UTC))
	all := make([]Document, 0, len(years)+1)
	for _, y := range years {
		all = append(all, w.yearPages(y.year, posts[y.from:y.to])...)
	}
	if len(posts) > maxOnePage {
		posts = nil
	}
	return append(all, w.years(years, posts))
}

// yearPages returns the pages that list the posts of a year.
func (w *Writer) yearPages(y int, posts []*blog.Post) []Document {
	all := make([]Document, CountOfList(len(posts), onYear))
	for i := range all {
		all[i] = w.yearPage(y, posts, i+1, len(all))
	}
	return all
}

// yearPage is page n of those of a year, which are so many.
func (w *Writer) yearPage(y int, posts []*blog.Post, n, last int) Document {
	var k blog.Keyer
	k.Int(int64(y), int64(n), int64(last), int64(len(posts)))
	root, shown := paths.Year(y), posts[(n-1)*onYear:min(len(posts), n*onYear)]
	return w.document(content{paths.Numbered(root, n), page.Archive, shown, k.Sum(), func(values *page.Page) error {
		entries, err := w.entries(shown)
		values.Title, values.Number, values.Of = strconv.Itoa(y), n, last
		values.Years = []page.Year{{Year: y, Count: len(posts), Posts: entries}}
		w.linkNeighbours(values, root)
		return err
	}})
}

// years is the page that leads to those of the years, and lists the posts if they are
// few.
func (w *Writer) years(years []year, posts []*blog.Post) Document {
	var k blog.Keyer
	for _, y := range years {
		k.Int(int64(y.year), int64(y.from), int64(y.to))
	}
	return w.document(content{paths.Archive, page.Archive, posts, k.Sum(), func(values *page.Page) error {
		for _, y := range years {
			one := page.Year{Year: y.year, URL: w.Site.Absolute(paths.Year(y.year)), Count: y.to - y.from}
			if len(posts) > 0 {
				entries, err := w.entries(posts[y.from:y.to])
				if err != nil {
					return err
				}
				one.Posts = entries
			}
			values.Years = append(values.Years, one)
		}
		return nil
	}})
}
