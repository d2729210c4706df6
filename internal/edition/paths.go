package edition

import (
	"cmp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
)

// plan lists the documents of the edition, the main feeds first.
func (e *Edition) plan(main *slice) []*Document {
	all := sliceAll(e.Posts, e.in.site, e.texts.estimate)
	documents := make([]*Document, 0, (1+len(all))*len(feed.Formats)+2)
	documents = append(documents, e.feedsOf(main)...)
	documents = append(documents, e.home(main, all), e.feedList(all))
	for _, s := range all {
		documents = append(documents, e.feedsOf(s)...)
	}
	return documents
}

// feedsOf lists the documents of a slice: its feed in every format, then its
// archives.
func (e *Edition) feedsOf(s *slice) []*Document {
	var documents []*Document
	for _, p := range s.parts(e.in.settings) {
		for _, f := range feed.Formats {
			documents = append(documents, e.feedOf(s, p, f))
		}
	}
	return documents
}

// feedOf is one part of a slice as a feed. What it needs is taken out of the
// edition here: the document may outlive it.
func (e *Edition) feedOf(s *slice, p part, f feed.Format) *Document {
	posts, texts, channel := p.posts, e.texts, channelOf(s, p, e.in, f)
	return &Document{
		Path:        p.root + f.File,
		ContentType: f.ContentType,
		Link:        links(p.root, e.in.site, f),
		root:        p.root,
		eager:       s.kind == "" && !p.archive,
		posts:       posts,
		in:          e.in,
		place:       p.place(),
		check:       f.Check,
		date:        f.Redate,
		render: func() ([]byte, error) {
			entries, err := texts.entries(posts)
			if err != nil {
				return nil, err
			}
			return f.Render(channel, entries)
		},
	}
}

// channelOf returns what a part of a slice says of itself in format f.
func channelOf(s *slice, p part, in *inputs, f feed.Format) feed.Channel {
	site := in.site
	if s.kind != "" {
		site.Podcast.GUID = "" // that is the identity of the main feed
	}
	return feed.Channel{
		ID:          feedID(s, in),
		Title:       s.title(site),
		Description: site.Description,
		Language:    site.Language,
		Copyright:   site.Copyright,
		HomeURL:     site.URL + "/",
		SelfURL:     address(site, p.root+f.File),
		Updated:     noEntries, // until Redate
		Authors:     site.Authors,
		Icon:        site.Icon,
		Logo:        site.Logo,
		Image:       site.Image,
		Categories:  site.Categories,
		TTL:         in.settings.TTL,
		Podcast:     site.Podcast,
		History:     p.history(site, f),
	}
}

// feedID returns the id of a slice's feed: the address of its folder. The main
// feed of a Jekyll site keeps the one that jekyll-feed gave it.
func feedID(s *slice, in *inputs) string {
	if s.kind == "" && in.settings.Dialect == "jekyll" {
		return address(in.site, "/"+strings.TrimPrefix(cmp.Or(in.settings.FeedPath, "feed.xml"), "/"))
	}
	return address(in.site, s.root())
}

// links is the Link header field (RFC 8288) of the feed in format f below root:
// the document itself, and the same in other formats. The zero Format stands for
// a page, which is none of them.
func links(root string, site blog.Site, f feed.Format) string {
	var all []string
	for _, other := range feed.Formats {
		relation := "alternate"
		if other.Name == f.Name {
			relation = "self"
		}
		all = append(all, "<"+address(site, root+other.File)+`>; rel="`+relation+`"; type="`+other.MediaType+`"`)
	}
	return strings.Join(all, ", ")
}

// Find returns the document of a request's path, be it a canonical one or an
// alias; letter case, doubled and trailing slashes do not matter. It returns
// nil for a path that the edition does not have.
func (e *Edition) Find(path string) *Document {
	if d := e.spelled(path); d != nil {
		return d
	}
	return e.aliases[fold(path)]
}

// spelled returns the document of a path that is written as the tables have it,
// which nearly every one is.
func (e *Edition) spelled(path string) *Document {
	if d := e.documents[path]; d != nil {
		return d
	}
	return e.aliases[path]
}

// In returns the document that says what d says in the format of that name, such
// as "atom": another format of the same feed, or the main feed for the page. Where
// there is none it returns d.
func (e *Edition) In(d *Document, format string) *Document {
	for _, f := range feed.Formats {
		if other := e.documents[d.root+f.File]; other != nil && strings.EqualFold(f.Name, format) {
			return other
		}
	}
	return d
}

// fold gives all spellings of a path that Find takes for the same one form.
func fold(path string) string {
	if len(path) > 1024 {
		return ""
	}
	segments := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' })
	return "/" + strings.Join(segments, "/")
}
