package feed

import (
	"broadsheet/internal/feed/clean"
	"github.com/gorilla/feeds"
)

// History places a document within the history of its feed (RFC 5005). The
// zero value says nothing of it. Links are absolute URLs; empty ones are left
// out.
type History struct {
	Complete bool   // the document holds every entry that there is (section 2)
	Archive  bool   // the document will not change any more, or holds what is older than the current feed (section 4)
	Previous string // document with the next older entries
	Next     string // archive document with the next newer entries
	Current  string // the feed that an archive document belongs to
}

// marks are the elements that say what kind of document this is. They stand in
// the channel of RSS and in the feed of Atom.
type marks struct {
	Complete *struct{} `xml:"fh:complete"`
	Archive  *struct{} `xml:"fh:archive"`
}

func (h History) marks() marks {
	var m marks
	if h.Complete {
		m.Complete = &struct{}{}
	}
	if h.Archive {
		m.Archive = &struct{}{}
	}
	return m
}

// marked tells whether there are marks, whose name space is to be declared.
func (h History) marked() bool { return h.Complete || h.Archive }

// links returns the way to the other documents, for formats of this media type.
func (h History) links(mediaType string) []feeds.AtomLink {
	var links []feeds.AtomLink
	for _, l := range []feeds.AtomLink{
		{Rel: "prev-archive", Href: h.Previous},
		{Rel: "next-archive", Href: h.Next},
		{Rel: "current", Href: h.Current},
	} {
		if l.Href != "" {
			l.Type = mediaType
			links = append(links, l)
		}
	}
	return links
}

func (h History) clean() History {
	h.Previous, h.Next, h.Current = clean.URL(h.Previous), clean.URL(h.Next), clean.URL(h.Current)
	return h
}
