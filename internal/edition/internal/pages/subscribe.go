package pages

import (
	"cmp"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/page"
)

// Subscribe returns the page that offers all feeds.
func (w *Writer) Subscribe(newest []*blog.Post) Document {
	return w.document(content{paths.Subscribe, page.Subscribe, newest, w.Catalogue.Key, func(values *page.Page) error {
		offer := page.Feeds{OPML: w.Site.Absolute(paths.OPML), Count: w.Catalogue.Posts}
		if len(newest) > 0 {
			offer.Newest = newest[0].Published
		}
		for _, kind := range term.Kinds {
			group := w.group(kind.Folder)
			if group.Rows != nil {
				offer.Groups = append(offer.Groups, group)
			}
		}
		values.Subscribe = offer
		return nil
	}})
}

// group offers the feeds of the terms of a kind.
func (w *Writer) group(kind string) page.FeedGroup {
	group := page.FeedGroup{Kind: kind, Total: len(w.Catalogue.Of(kind))}
	for _, l := range w.Catalogue.Biggest(kind, maxListed) {
		group.Rows = append(group.Rows, page.FeedRow{
			Listed: w.listed(l.Key, l.Name, l.Count), Newest: time.Unix(l.Newest, 0).In(cmp.Or(w.Site.Zone, time.UTC)),
			Feeds: feedsOf(w.Site, l.Key, l.Name),
		})
	}
	if group.Total > len(group.Rows) && w.Site.Settings.Pages {
		group.URL = w.Site.Absolute(paths.Kind(kind))
	}
	return group
}
