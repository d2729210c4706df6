package feed

import (
	"cmp"
	"encoding/xml"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/feed/clean"
	"broadsheet/internal/feed/podcast"
	"github.com/gorilla/feeds"
	"golang.org/x/net/html/atom"
)

const rssDocs = "https://www.rssboard.org/rss-specification"

// rssDocument and the types below embed gorilla's structs. A field that bears
// the XML name of one of gorilla's replaces it, and elements appear in the
// order of the fields.
type rssDocument struct {
	feeds.RssFeedXml
	Undeclared string      `xml:"xmlns:content,attr,omitempty"` // stays empty: gorilla's, which it replaces, is always written
	Namespaces namespaces  `xml:",any,attr"`
	Channel    *rssChannel `xml:"channel"`
}

// FeedXml hands WriteXML the whole document, not the embedded part of it.
func (d *rssDocument) FeedXml() any { return d } //nolint:revive // the name that feeds.XmlFeed asks for

type rssChannel struct {
	Title       rssText   `xml:"title"`
	Description rssText   `xml:"description"`
	Links       []rssLink `xml:"atom:link"` // before link, for readers that take the last of that local name
	feeds.RssFeed
	Categories []string `xml:"category"`
	channelExtensions
	marks
	Items []*rssItem `xml:"item"` // last: readers that stream want the metadata first
}

type rssItem struct {
	Title       *rssText        `xml:"title"`
	Link        string          `xml:"link,omitempty"`
	Description *rssDescription `xml:"description"` // before content:encoded, for readers that take the last they see
	feeds.RssItem
	Creators   []string `xml:"dc:creator"` // not author, which must be an e-mail address
	Language   string   `xml:"dc:language,omitempty"`
	Categories []string `xml:"category"`
	Markdown   string   `xml:"source:markdown,omitempty"`
	itemExtensions
	podcast.Item
}

var xmlText = strings.NewReplacer("&", "&#x26;", "<", "&#x3C;", ">", "&gt;")

// rssText is character data with the references that the RSS Advisory Board's
// best practices recommend, read correctly even by those who decode it twice.
type rssText struct {
	XML string `xml:",innerxml"`
}

// rssDescription is the HTML of an item: of a summary as rssText, of content as
// a CDATA section.
type rssDescription struct {
	XML  string `xml:",innerxml"`
	HTML string `xml:",cdata"`
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

// tagLike matches what HTML takes for a tag, or for a comment.
var tagLike = regexp.MustCompile(`<(?:[!?]|/?([A-Za-z][A-Za-z0-9:-]*)([\s/]?))`)

// newRSSPhrase is a text for an element that some readers take for HTML and some for
// text, as the description of a channel: RSS does not say. It is text, but where that
// would be elements of HTML to the former, it is HTML that shows the text to them.
func newRSSPhrase(s string) *rssText {
	for _, m := range tagLike.FindAllStringSubmatch(s, -1) {
		if m[1] == "" || m[2] != "" || atom.Lookup([]byte(strings.ToLower(m[1]))) != 0 {
			return newRSSText(clean.HTML(s))
		}
	}
	return newRSSText(s)
}

type rssLink struct {
	XMLName xml.Name `xml:"atom:link"`
	feeds.AtomLink
}

func renderRSS(c *channel) ([]byte, error) {
	d := &rssDocument{Channel: newRSSChannel(c), Namespaces: make(namespaces, 0, 8)}
	d.Version = "2.0"
	if len(d.Channel.Links) > 0 {
		d.Namespaces.add(atomNS)
	}
	if c.History.marked() {
		d.Namespaces.add(historyNS)
	}
	d.Channel.fill(c, rssType, &d.Namespaces)
	for _, e := range c.entries {
		item := newRSSItem(e)
		item.extend(c, e, &d.Namespaces)
		d.add(item)
	}
	return writeXML(d, c)
}

func newRSSChannel(c *channel) *rssChannel {
	out := &rssChannel{
		Title:       *newRSSText(c.Title),
		Description: *newRSSPhrase(cmp.Or(c.Description, c.Title)),
		RssFeed: feeds.RssFeed{
			Link: c.HomeURL, Language: c.Language, Copyright: c.Copyright,
			Generator: c.generator, Docs: rssDocs, Ttl: c.TTL,
		},
		Categories: c.Categories,
		marks:      c.History.marks(),
		Items:      make([]*rssItem, 0, len(c.entries)),
	}
	if !c.Updated.IsZero() {
		out.LastBuildDate = c.Updated.Format(time.RFC1123Z)
	}
	for _, picture := range []string{c.Image, c.Logo, c.Icon} {
		if rasterImage(picture) {
			out.Image = &feeds.RssImage{Url: picture, Title: c.Title, Link: c.HomeURL}
			break
		}
	}
	if c.SelfURL != "" {
		out.Links = []rssLink{{AtomLink: feeds.AtomLink{Href: c.SelfURL, Rel: "self", Type: rssType}}}
	}
	for _, l := range c.History.links(rssType) {
		out.Links = append(out.Links, rssLink{AtomLink: l})
	}
	return out
}

// add appends an item and declares the name spaces that it uses, but for those of extensions.
func (d *rssDocument) add(item *rssItem) {
	if item.Content != nil {
		d.Namespaces.add(contentNS)
	}
	if len(item.Creators) > 0 || item.Language != "" {
		d.Namespaces.add(dublinNS)
	}
	d.Channel.Items = append(d.Channel.Items, item)
}

func newRSSItem(e Entry) *rssItem {
	item := &rssItem{
		Title:      newRSSText(e.Post.Title),
		Link:       cmp.Or(e.Link, e.Post.URL),
		Language:   e.Post.Language(),
		Categories: clean.Names(e.Post.Terms),
	}
	item.PubDate = e.Post.Published.Format(time.RFC1123Z)
	item.Guid = &feeds.RssGuid{Id: e.Post.ID, IsPermaLink: strconv.FormatBool(e.Post.ID == e.Post.URL)}
	item.describe(e)
	for _, a := range e.Post.Authors {
		item.Creators = append(item.Creators, a.Name)
	}
	if len(e.Post.Enclosures()) > 0 {
		first := e.Post.Enclosures()[0]
		item.Enclosure = &feeds.RssEnclosure{Url: first.URL, Length: strconv.FormatInt(first.Size, 10), Type: first.Type}
	}
	return item
}

// describe places the texts. Many readers show the description alone, so that
// content without a summary is the description, once: none needs it twice.
func (item *rssItem) describe(e Entry) {
	switch {
	case e.Summary != "":
		item.Description = &rssDescription{XML: xmlText.Replace(clean.HTML(e.Summary))}
		if e.HTML != "" {
			item.Content = &feeds.RssContent{Content: e.HTML}
		}
	case e.HTML != "":
		item.Description = &rssDescription{HTML: e.HTML}
	case item.Title == nil: // an item has a title or a description
		item.Description = &rssDescription{XML: xmlText.Replace(clean.HTML(cmp.Or(e.Post.URL, e.Post.ID)))}
	}
}
