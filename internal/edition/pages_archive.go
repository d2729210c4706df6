package edition

import (
	"cmp"
	"strconv"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/page"
)

// wholeArchive is up to how many posts the archive lists them all on one page.
const wholeArchive = 300

// archive takes a page for each year, and one that leads to them.
func (p *planner) archive() {
	w, zone := p.writer(), cmp.Or(p.in.site.Zone, time.UTC)
	var years []yearOf
	for i, post := range p.main.posts {
		year := post.Published.In(zone).Year()
		if n := len(years); n == 0 || years[n-1].year != year {
			years = append(years, yearOf{year: year, from: i})
		}
		years[len(years)-1].to = i + 1
	}
	for _, y := range years {
		p.page(yearPath(y.year), p.main.posts[y.from:y.to], place{number: y.year}, page.Archive, w.year(y))
	}
	posts := p.main.posts
	if len(posts) > wholeArchive {
		posts = nil
	}
	p.page(archivePath, posts, place{counts: &counts{years}}, page.Archive, w.years(years))
}

// yearOf is a year, and which of the posts are of it.
type yearOf struct{ year, from, to int }

// counts is how many posts each year has.
type counts struct{ years []yearOf }

func yearPath(year int) string { return "/years/" + strconv.Itoa(year) + "/" }

func (w writer) year(y yearOf) func([]*blog.Post) (page.Page, error) {
	return func(posts []*blog.Post) (page.Page, error) {
		return page.Page{Title: strconv.Itoa(y.year), Years: []page.Year{{Year: y.year, Count: len(posts), Posts: w.entries(posts)}}}, nil
	}
}

func (w writer) years(years []yearOf) func([]*blog.Post) (page.Page, error) {
	return func(posts []*blog.Post) (page.Page, error) {
		var values page.Page
		for _, y := range years {
			one := page.Year{Year: y.year, URL: absolute(w.in.site, yearPath(y.year)), Count: y.to - y.from}
			if len(posts) > 0 {
				one.Posts = w.entries(posts[y.from:y.to])
			}
			values.Years = append(values.Years, one)
		}
		return values, nil
	}
}
