// Package feeds fills the feeds of a site.
//
// In go a segment of the posts of a term and a format; out come the channel, the path
// and the Link of that feed.
package feeds

import (
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/dates"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/segment"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
)

// Feed is one document: a segment in a format.
type Feed struct {
	Site    *paths.Site
	Segment segment.Segment
	Format  feed.Format
}

// Path returns the canonical path of the feed.
func (d Feed) Path() string { return d.pathIn(d.Format) }

// pathIn returns the canonical path of the same segment in another format.
func (d Feed) pathIn(f feed.Format) string {
	if d.Segment.Archive {
		return d.Segment.Root + f.File
	}
	return d.Site.Feed(d.Segment.Term, f)
}

// OwnPath returns the path of the feed by its segment and format, of which the path of a
// generator may take the place.
func (d Feed) OwnPath() string { return d.Segment.Root + d.Format.File }

// OtherPaths returns the paths of the feed besides its canonical one; none for no feed.
func (d *Feed) OtherPaths() []string {
	switch {
	case d == nil:
		return nil
	case d.Segment.Archive:
		return []string{d.OwnPath()}
	}
	return d.Site.Others(d.Segment.Term, d.Format, d.Segment.Names)
}

// Link returns the Link header field (RFC 8288) of the feed: itself, and the same in
// other formats.
func (d Feed) Link() string {
	var all []string
	for _, f := range feed.Formats {
		relation := "alternate"
		if f.Name == d.Format.Name {
			relation = "self"
		}
		all = append(all, "<"+d.Site.Absolute(d.pathIn(f))+`>; rel="`+relation+`"; type="`+f.MediaType+`"`)
	}
	return strings.Join(all, ", ")
}

// LinkOfPage returns the Link header field of a page that shows a term: its feeds in all
// formats.
func LinkOfPage(site *paths.Site, k term.Key) string {
	return Feed{Site: site, Segment: segment.Segment{Term: k}}.Link()
}

// Key returns the key of what the feed says besides its posts and the settings.
func (d Feed) Key() blog.Key {
	var k blog.Keyer
	s := d.Segment
	return k.Text(d.Format.Name).Bool(s.Archive).Bool(s.Complete()).Text(s.Previous, s.Next, s.Name).Sum()
}

// Channel returns what the feed says of itself.
func (d Feed) Channel() feed.Channel {
	site, term := d.Site.Site, d.Segment.Term
	if term.Kind != "" {
		site.Podcast.GUID = "" // that is the identity of the main feed
	}
	return feed.Channel{
		ID:          d.Site.FeedID(term),
		Title:       term.Title(d.Segment.Name, site),
		Description: site.Description,
		Language:    site.Language,
		Copyright:   site.Copyright,
		HomeURL:     d.Site.Home(term),
		ShowURL:     d.Site.Absolute(term.Root() + "rss.xml"), // whatever path the generator has its feed at
		SelfURL:     d.Site.Absolute(d.Path()),
		Updated:     dates.Newest(d.Segment.Posts),
		Authors:     site.Authors,
		Icon:        site.Icon,
		Logo:        site.Logo,
		Image:       site.Image,
		Categories:  site.Categories,
		TTL:         d.Site.Settings.TTL,
		Podcast:     site.Podcast,
		History:     d.history(),
		Stylesheet:  d.Site.Rooted(paths.FeedStyle),
	}
}

// history returns where the other segments are.
func (d Feed) history() feed.History {
	at := func(root string) string {
		if root == "" {
			return ""
		}
		return d.Site.Absolute(root + d.Format.File)
	}
	s := d.Segment
	h := feed.History{Complete: s.Complete(), Archive: s.Archive, Previous: at(s.Previous), Next: at(s.Next)}
	if s.Current != "" {
		h.Current = d.Site.Absolute(d.Site.Feed(s.Term, d.Format))
	}
	return h
}
