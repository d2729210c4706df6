package feeds

import (
	"cmp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/feed"
	"broadsheet/internal/markdown"
)

// Entries makes the entries of feeds.
type Entries struct {
	Bodies   *bodies.Bodies
	Settings settings.Settings
}

// Load returns the entries of posts as they are now, with their keys by id. Posts whose
// texts cannot be rendered are not among them. The error IsTemporary: a text is not there
// any more.
func (e Entries) Load(posts []*blog.Post) ([]feed.Entry, map[string]blog.Key, error) {
	keys := make(map[string]blog.Key, len(posts))
	list := make([]feed.Entry, 0, len(posts))
	for _, p := range posts {
		x, err := e.Bodies.Get(p)
		switch {
		case bodies.IsTemporary(err):
			return nil, nil, err
		case err != nil:
			continue
		}
		list = append(list, e.entry(p, x))
		var k blog.Keyer
		keys[p.ID] = k.Key(bodies.KeyOf(p), x.Key).Sum()
	}
	return list, keys, nil
}

// Of returns the entry of a post. It renders the post if that is not done yet.
func (e Entries) Of(p *blog.Post) (feed.Entry, error) {
	x, err := e.Bodies.Get(p)
	if err != nil {
		return feed.Entry{}, err
	}
	return e.entry(p, x), nil
}

// entry chooses which texts an entry carries. A post without text of its own keeps its
// summary whatever the setting: an entry that says nothing helps nobody.
func (e Entries) entry(p *blog.Post, x *bodies.Body) feed.Entry {
	entry := feed.Entry{Post: p, Summary: x.Summary(p), HTML: x.Content.HTML}
	if p.Title == "" {
		entry.Opening = markdown.Cut(entry.Summary, openingLength)
	}
	extent := e.extent(p)
	switch {
	case extent == blog.Full && entry.HTML != "":
		entry.Summary = ""
	case extent == blog.Summary && entry.Summary != "":
		entry.HTML = ""
	}
	if entry.HTML != "" {
		entry.Markdown = x.Source
	}
	if e.Settings.ExternalLinks {
		entry.Link = p.ExternalURL()
	}
	return entry
}

// openingLength is how many characters of an untitled post stand for its title.
const openingLength = 80

func (e Entries) extent(p *blog.Post) blog.Extent { return cmp.Or(p.Carry(), e.Settings.Content) }

// overhead is about how many bytes an entry takes besides its texts.
const overhead = 1536

// Size returns how many bytes the entry of a post takes in the largest of the formats,
// JSON Feed, which escapes line ends and quotation marks. It renders the post.
func (e Entries) Size(p *blog.Post) int {
	entry, err := e.Of(p)
	if err != nil {
		return 0
	}
	n := overhead
	for _, s := range []string{entry.HTML, entry.Summary, entry.Markdown} {
		n += len(s) + strings.Count(s, "\n") + strings.Count(s, `"`) + strings.Count(s, `\`)
	}
	return n
}

// Estimate returns about what Size does. It renders nothing.
func (e Entries) Estimate(p *blog.Post) int {
	n, length := overhead+len(p.Summary()), bodies.LengthOf(p)
	if e.extent(p) != blog.Summary {
		n += length * 4 / 3
	}
	if e.Settings.Markdown {
		n += length
	}
	return n
}
