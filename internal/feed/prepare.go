package feed

import (
	"cmp"
	"errors"
	"fmt"

	"broadsheet/internal/feed/clean"
)

// channel is a Channel with its entries, every text and link of them fit for
// any format, so that the renderers only have to place them.
type channel struct {
	Channel
	entries   []Entry
	generator string
}

func prepare(c Channel, entries []Entry) (*channel, error) {
	home := c.HomeURL
	c.ID, c.Title, c.Description = clean.Line(c.ID), clean.Line(c.Title), clean.Text(c.Description)
	c.Language, c.Copyright = clean.Language(c.Language), clean.Line(c.Copyright)
	c.HomeURL, c.SelfURL = clean.URL(c.HomeURL), clean.URL(c.SelfURL)
	c.Icon, c.Logo, c.Image = clean.URL(c.Icon), clean.URL(c.Logo), clean.URL(c.Image)
	c.Categories, c.Podcast, c.TTL = clean.Lines(c.Categories), clean.Podcast(c.Podcast), max(c.TTL, 0)
	c.Authors, c.History = clean.People(c.Authors), c.History.clean()
	c.Title = cmp.Or(c.Title, c.HomeURL)
	if c.ID == "" {
		return nil, errors.New("channel: no id")
	}
	if c.HomeURL == "" {
		return nil, fmt.Errorf("channel: home URL %q is not an absolute http or https URL", home)
	}
	var err error
	if c.Updated, err = clean.Moment(c.Updated); err != nil {
		return nil, fmt.Errorf("channel: %w", err)
	}
	p := &channel{Channel: c, entries: make([]Entry, 0, len(entries)), generator: generator}
	return p, p.addAll(entries)
}

func (c *channel) addAll(entries []Entry) error {
	seen := make(map[string]int, len(entries))
	for i, e := range entries {
		if e.Post == nil {
			return fmt.Errorf("entry %d: no post", i+1)
		}
		post, err := clean.Post(e.Post)
		if err != nil {
			return fmt.Errorf("entry %d (%s): %w", i+1, e.Post.Path, err)
		}
		if first, ok := seen[post.ID]; ok {
			return fmt.Errorf("entry %d (%s): id %q is that of entry %d (%s)",
				i+1, post.Path, post.ID, first+1, entries[first].Post.Path)
		}
		seen[post.ID] = i
		if post.Language() == c.Language {
			post.Extra().Language = "" // goes without saying
		}
		c.entries = append(c.entries, Entry{
			Post: post, Summary: clean.Text(e.Summary), Opening: clean.Line(e.Opening),
			HTML: clean.Text(e.HTML), Markdown: clean.Text(e.Markdown), Link: clean.URL(e.Link),
		})
	}
	return nil
}

// size estimates the bytes of the document, to spare the buffer its growth.
func (c *channel) size() int {
	n := 4096
	for _, e := range c.entries {
		n += len(e.HTML) + len(e.Summary) + len(e.Markdown) + 1536
	}
	return n
}
