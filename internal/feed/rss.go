package feed

import (
	"cmp"
	"encoding/xml"
	"path"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/feed/clean"
	"github.com/gorilla/feeds"
)

const rssDocs = "https://www.rssboard.org/rss-specification"

// rssDocument and the types below embed gorilla's structs. A field that bears
// the XML name of one of gorilla's replaces it, and elements appear in the
// order of the fields.
type rssDocument struct {
	feeds.RssFeedXml
	AtomNS    string      `xml:"xmlns:atom,attr,omitempty"`
	ContentNS string      `xml:"xmlns:content,attr,omitempty"`
	DublinNS  string      `xml:"xmlns:dc,attr,omitempty"`
	HistoryNS string      `xml:"xmlns:fh,attr,omitempty"`
	MediaNS   string      `xml:"xmlns:media,attr,omitempty"`
	Channel   *rssChannel `xml:"channel"`
}

// FeedXml hands WriteXML the whole document, not the embedded part of it.
func (d *rssDocument) FeedXml() any { return d } //nolint:revive // the name that feeds.XmlFeed asks for

type rssChannel struct {
	Title       rssText `xml:"title"`
	Description rssText `xml:"description"`
	feeds.RssFeed
	Links []rssLink `xml:"atom:link"`
	marks
	Items []*rssItem `xml:"item"` // last: readers that stream want the metadata first
}

type rssItem struct {
	Title       *rssText `xml:"title"`
	Link        string   `xml:"link,omitempty"`
	Description *rssText `xml:"description"` // before content:encoded, for readers that take the last they see
	feeds.RssItem
	Creators   []string   `xml:"dc:creator"` // not author, which must be an e-mail address
	Language   string     `xml:"dc:language,omitempty"`
	Categories []string   `xml:"category"`
	Picture    *picture   `xml:"media:content"`
	Thumbnail  *thumbnail `xml:"media:thumbnail"`
}

var xmlText = strings.NewReplacer("&", "&#x26;", "<", "&#x3C;", ">", "&gt;")

// rssText is character data with the references that the RSS Advisory Board's
// best practices recommend, read correctly even by those who decode it twice.
type rssText struct {
	XML string `xml:",innerxml"`
}

// rasterImage tells by its name whether a picture is of a type that RSS allows
// in its image element.
func rasterImage(link string) bool {
	switch strings.ToLower(path.Ext(link)) {
	case ".png", ".jpg", ".jpeg", ".gif":
		return true
	}
	return false
}

func newRSSText(s string) *rssText {
	if s == "" {
		return nil
	}
	return &rssText{xmlText.Replace(s)}
}

type rssLink struct {
	XMLName xml.Name `xml:"atom:link"`
	feeds.AtomLink
}

func renderRSS(c *channel) ([]byte, error) {
	d := &rssDocument{Channel: newRSSChannel(c), HistoryNS: c.History.namespace()}
	d.Version = "2.0"
	if len(d.Channel.Links) > 0 {
		d.AtomNS = atomNS
	}
	for _, e := range c.entries {
		d.add(e)
	}
	return writeXML(d, c.size())
}

func newRSSChannel(c *channel) *rssChannel {
	out := &rssChannel{
		Title:       *newRSSText(clean.HTML(c.Title)),
		Description: *newRSSText(clean.HTML(cmp.Or(c.Description, c.Title))),
		RssFeed: feeds.RssFeed{
			Link: c.HomeURL, Language: c.Language, Copyright: clean.HTML(c.Copyright),
			Generator: generator, Docs: rssDocs,
		},
		marks: c.History.marks(),
		Items: make([]*rssItem, 0, len(c.entries)),
	}
	if !c.Updated.IsZero() {
		out.LastBuildDate = c.Updated.Format(time.RFC1123Z)
	}
	if logo := cmp.Or(c.Logo, c.Icon); rasterImage(logo) {
		out.Image = &feeds.RssImage{Url: logo, Title: clean.HTML(c.Title), Link: c.HomeURL}
	}
	if c.SelfURL != "" {
		out.Links = []rssLink{{AtomLink: feeds.AtomLink{Href: c.SelfURL, Rel: "self", Type: rssType}}}
	}
	for _, l := range c.History.links(rssType) {
		out.Links = append(out.Links, rssLink{AtomLink: l})
	}
	return out
}

// add appends an item and declares the name spaces that it uses.
func (d *rssDocument) add(e Entry) {
	item := newRSSItem(e)
	if item.Content != nil {
		d.ContentNS = contentNS
	}
	if len(item.Creators) > 0 || item.Language != "" {
		d.DublinNS = dublinNS
	}
	if item.Picture != nil {
		d.MediaNS = mediaNS
	}
	d.Channel.Items = append(d.Channel.Items, item)
}

func newRSSItem(e Entry) *rssItem {
	item := &rssItem{
		Title:       newRSSText(clean.HTML(e.Post.Title)),
		Link:        e.Post.URL,
		Description: newRSSText(clean.HTML(e.Summary)),
		Language:    e.Post.Language,
		Categories:  clean.Names(e.Post.Terms),
	}
	item.PubDate = e.Post.Published.Format(time.RFC1123Z)
	item.Guid = &feeds.RssGuid{Id: e.Post.ID, IsPermaLink: strconv.FormatBool(e.Post.ID == e.Post.URL)}
	switch {
	case e.HTML != "" && item.Title == nil && item.Description == nil:
		item.Description = newRSSText(e.HTML)
	case e.HTML != "":
		item.Content = &feeds.RssContent{Content: e.HTML}
	case item.Title == nil && item.Description == nil:
		item.Description = newRSSText(cmp.Or(e.Post.URL, e.Post.ID))
	}
	for _, a := range e.Post.Authors {
		item.Creators = append(item.Creators, a.Name)
	}
	item.Picture, item.Thumbnail = media(e.Post.Image)
	return item
}
