package feed

import (
	"cmp"
	"encoding/xml"
	"slices"

	"broadsheet/internal/feed/mediarss"
	"broadsheet/internal/feed/podcast"
)

// itemExtensions are the elements that several formats have in their items, and none defines
// itself. They appear in the order of the fields. A field stays empty where a format lacks it; the
// custom objects of JSON Feed have names that begin with "_".
type itemExtensions struct {
	mediarss.Elements `json:"-"`
}

// channelExtensions are the same for what a feed says of itself.
type channelExtensions struct {
	podcast.Channel `json:"-"`
}

// extension fills fields. Its functions return true if they said anything: the document then
// declares the name spaces. Each may be nil.
type extension struct {
	formats    []string // media types of the formats that have it
	namespaces []xml.Attr
	channel    func(x *channelExtensions, c *channel) bool
	item       func(x *itemExtensions, c *channel, e Entry) bool
	rssItem    func(x *rssItem, c *channel, e Entry) bool // for what RSS alone has: other formats pay for every field
}

// extensions holds all of them. A new element takes a file with its fields and its extension, a
// line above that embeds the fields, and a row here.
var extensions = []extension{sourceMarkdown, pictures, episodes}

var sourceMarkdown = extension{
	formats:    []string{rssType},
	namespaces: []xml.Attr{namespace("source", "http://source.scripting.com/")},
	rssItem: func(x *rssItem, _ *channel, e Entry) bool {
		x.Markdown = e.Markdown
		return x.Markdown != ""
	},
}

var pictures = extension{
	formats:    []string{rssType, atomType},
	namespaces: []xml.Attr{namespace("media", mediarss.Namespace)},
	item: func(x *itemExtensions, _ *channel, e Entry) bool {
		x.Elements = mediarss.Of(e.Post)
		return x.Elements != mediarss.Elements{}
	},
}

var episodes = extension{
	formats:    []string{rssType},
	namespaces: []xml.Attr{namespace("itunes", podcast.ITunes), namespace("podcast", podcast.Namespace)},
	channel: func(x *channelExtensions, c *channel) bool {
		x.Channel = podcast.Show(c.Podcast, c.Authors, cmp.Or(c.ShowURL, c.History.Current, c.SelfURL, c.HomeURL))
		return c.Podcast.Is()
	},
	rssItem: func(x *rssItem, c *channel, e Entry) bool {
		if c.Podcast.Is() {
			x.Item = podcast.Of(e.Post)
		}
		return c.Podcast.Is()
	},
}

// fill says of an entry what a format can say, and declares the name spaces of that.
func (x *itemExtensions) fill(c *channel, e Entry, mediaType string, used *namespaces) {
	for i := range extensions {
		row := &extensions[i]
		if row.item != nil && slices.Contains(row.formats, mediaType) && row.item(x, c, e) {
			used.add(row.namespaces...)
		}
	}
}

// fill does the same for the feed itself.
func (x *channelExtensions) fill(c *channel, mediaType string, used *namespaces) {
	for i := range extensions {
		row := &extensions[i]
		if row.channel != nil && slices.Contains(row.formats, mediaType) && row.channel(x, c) {
			used.add(row.namespaces...)
		}
	}
}

// extend fills an item of RSS.
func (x *rssItem) extend(c *channel, e Entry, used *namespaces) {
	x.fill(c, e, rssType, used)
	for i := range extensions {
		if row := &extensions[i]; row.rssItem != nil && row.rssItem(x, c, e) {
			used.add(row.namespaces...)
		}
	}
}
