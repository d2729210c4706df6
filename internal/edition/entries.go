package edition

import (
	"cmp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/pages"
	"broadsheet/internal/feed"
	"broadsheet/internal/markdown"
)

// entry chooses among the texts. A post without text of its own keeps its
// summary whatever the setting: an entry that says nothing helps nobody.
func (t *texts) entry(p *blog.Post, x *body) feed.Entry {
	e := feed.Entry{Post: p, Summary: pages.Summary(p, x.content), HTML: x.content.HTML}
	if p.Title == "" {
		e.Opening = markdown.Cut(e.Summary, openingLength)
	}
	extent := t.extent(p)
	switch {
	case extent == blog.Full && e.HTML != "":
		e.Summary = ""
	case extent == blog.Summary && e.Summary != "":
		e.HTML = ""
	}
	if e.HTML != "" {
		e.Markdown = x.source
	}
	if t.settings.ExternalLinks {
		e.Link = p.ExternalURL
	}
	return e
}

func (t *texts) extent(p *blog.Post) blog.Extent { return cmp.Or(p.Carry, t.settings.Content) }

// openingLength is how many characters of an untitled post stand for its title.
const openingLength = 80

// overhead is about what an entry takes besides its texts, in bytes.
const overhead = 1536

// weigh returns how many bytes the entry of a post takes in the largest of the
// formats, JSON Feed, which escapes line ends and quotation marks.
func (t *texts) weigh(p *blog.Post) int {
	x, err := t.text(p)
	if err != nil {
		return 0
	}
	e := t.entry(p, x)
	n := overhead
	for _, s := range []string{e.HTML, e.Summary, e.Markdown} {
		n += len(s) + strings.Count(s, "\n") + strings.Count(s, `"`) + strings.Count(s, `\`)
	}
	return n
}

// estimate is about what weigh returns, without rendering anything.
func (t *texts) estimate(p *blog.Post) int {
	n, length := overhead+len(p.Summary), max(p.Length, len(p.Body))
	if t.extent(p) != blog.Summary {
		n += length * 4 / 3
	}
	if t.settings.Markdown {
		n += length
	}
	return n
}

// beginning returns the content up to the end of the paragraph with which it
// holds so many words; all of it if it has not so many.
func beginning(html string, words int) string {
	for end := 0; ; {
		length := strings.Index(html[end:], "</p>")
		if length < 0 {
			return html
		}
		part := html[end : end+length]
		end += length + len("</p>")
		if words -= len(strings.Fields(markdown.Plain(part, 0))); words <= 0 {
			return html[:end]
		}
	}
}
