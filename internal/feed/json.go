package feed

import (
	"bytes"
	"encoding/json"
	"fmt"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed/clean"
	"github.com/gorilla/feeds"
)

const jsonVersion = "https://jsonfeed.org/version/1.1"

// jsonFeed and jsonItem embed gorilla's structs; a field with the name of one
// of gorilla's replaces it.
type jsonFeed struct {
	feeds.JSONFeed
	channelExtensions
	Items []*jsonItem `json:"items"` // required even when there are none
}

type jsonItem struct {
	feeds.JSONItem
	ContentText *string `json:"content_text,omitempty"` // may be the empty text, where there is no HTML
	Language    string  `json:"language,omitempty"`

	Attachments []jsonAttachment `json:"attachments,omitempty"`
	itemExtensions
}

// jsonAttachment is written anew rather than embedded: gorilla's has a method
// that would take over, a size of 32 bits, and another name for it.
type jsonAttachment struct {
	URL      string `json:"url"`
	Type     string `json:"mime_type"`
	Title    string `json:"title,omitempty"`
	Size     int64  `json:"size_in_bytes,omitempty"`
	Duration int64  `json:"duration_in_seconds,omitempty"` // whole: there are readers that refuse the feed otherwise
}

func renderJSON(c *channel) ([]byte, error) {
	f := &jsonFeed{
		JSONFeed: feeds.JSONFeed{
			Version: jsonVersion, Title: c.Title, Language: c.Language,
			HomePageUrl: c.HomeURL, FeedUrl: c.SelfURL, NextUrl: c.History.Previous, Description: c.Description,
			Icon: c.Icon, Favicon: c.Icon, Authors: jsonAuthors(c.Authors),
		},
		Items: make([]*jsonItem, 0, len(c.entries)),
	}
	var none namespaces // JSON has no name spaces: the names of extensions begin with "_"
	f.fill(c, jsonType, &none)
	for _, e := range c.entries {
		item := newJSONItem(e)
		item.fill(c, e, jsonType, &none)
		f.Items = append(f.Items, item)
	}
	return writeJSON(f, c.size())
}

func newJSONItem(e Entry) *jsonItem {
	item := &jsonItem{
		JSONItem: feeds.JSONItem{
			Id: e.Post.ID, Url: e.Post.URL, ExternalUrl: e.Post.ExternalURL(), Title: e.Post.Title,
			ContentHTML: e.HTML, Summary: e.Summary, Image: e.Post.Image().URL,
			PublishedDate: &e.Post.Published, ModifiedDate: &e.Post.Updated,
			Authors: jsonAuthors(e.Post.Authors), Tags: clean.Names(e.Post.Terms),
		},
		Language: e.Post.Language(),
	}
	switch {
	case e.Markdown != "":
		item.ContentText = &e.Markdown
	case e.HTML == "":
		item.ContentText = &e.Summary
	}
	for _, a := range e.Post.Enclosures() {
		item.Attachments = append(item.Attachments, jsonAttachment{a.URL, a.Type, a.Title, a.Size, a.Seconds()})
	}
	return item
}

func jsonAuthors(authors []blog.Author) []*feeds.JSONAuthor {
	var out []*feeds.JSONAuthor
	for _, a := range authors {
		if a.URL == "" && a.Email != "" {
			a.URL = "mailto:" + a.Email
		}
		out = append(out, &feeds.JSONAuthor{Name: a.Name, Url: a.URL})
	}
	return out
}

// writeJSON leaves <, > and & as they are: escapes make HTML a third longer and
// guard against nothing, as no feed is part of a page. It does not indent: that
// takes three times as long as all the rest.
func writeJSON(f *jsonFeed, size int) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(size)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(f); err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	return b.Bytes(), nil
}
