package pages

import (
	"cmp"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/page"
)

// Post is a post on its page.
type Post struct {
	Path     string
	Posts    []*blog.Post // nothing but the post
	Unlisted bool         // no list leads to it

	Newer, Older *blog.Post // that the page leads to; nil: none
}

// Post returns the page of a post.
func (w *Writer) Post(shown Post) Document {
	var k blog.Keyer
	k.Bool(shown.Unlisted)
	for _, p := range []*blog.Post{shown.Newer, shown.Older} {
		k.Bool(p != nil)
		if p != nil {
			k.Text(p.URL, nameOf(p))
		}
	}
	return w.document(content{shown.Path, page.Post, shown.Posts, k.Sum(), func(values *page.Page) error {
		return w.fillPost(values, shown)
	}})
}

func (w *Writer) fillPost(values *page.Page, shown Post) error {
	p := shown.Posts[0]
	entry, html, err := w.entry(p)
	if err != nil {
		return err
	}
	var pictures []string
	entry.Content = page.Content(html, p.URL, func(at string) (int, int) {
		pictures = append(pictures, at)
		return w.Bodies.Size(at)
	})
	w.Bodies.Shows(p, pictures)
	values.Post, values.URL, values.Title, values.Description = &entry, p.URL, p.Title, entry.Summary
	if shown.Unlisted {
		values.URL = ""
	}
	if shown.Newer != nil {
		values.Newer = page.Link{URL: shown.Newer.URL, Text: nameOf(shown.Newer)}
	}
	if shown.Older != nil {
		values.Older = page.Link{URL: shown.Older.URL, Text: nameOf(shown.Older)}
	}
	return nil
}

// nameOf returns the text of a link to a post.
func nameOf(p *blog.Post) string {
	return cmp.Or(p.Title, p.Published.Format(time.DateOnly))
}

// entries are posts as lists show them, without those whose texts cannot be rendered. It is
// an error if a text is not there any more.
func (w *Writer) entries(posts []*blog.Post) ([]page.Entry, error) {
	entries := make([]page.Entry, 0, len(posts))
	for _, p := range posts {
		e, _, err := w.entry(p)
		switch {
		case err == nil:
			entries = append(entries, e)
		case bodies.IsTemporary(err):
			return nil, err
		}
	}
	return entries, nil
}

// entry returns a post as lists show it, and the HTML of its content.
func (w *Writer) entry(p *blog.Post) (page.Entry, string, error) {
	x, err := w.Bodies.Get(p)
	if err != nil {
		return page.Entry{}, "", err
	}
	e := page.Entry{
		Title: p.Title, URL: p.URL, ExternalURL: p.ExternalURL(), Published: p.Published, Updated: p.Updated,
		Language: p.Language(), Summary: x.Summary(p), Enclosures: p.Enclosures(),
		Image: page.Image{URL: p.Image().URL, Alt: p.Image().Alt},
	}
	if w.Site.Settings.Preview {
		e.Mark = string(p.Mark())
	}
	e.Image.Width, e.Image.Height = w.Bodies.Size(p.Image().URL)
	for _, a := range p.Authors {
		l := w.listed(term.Key{Kind: "authors", Slug: term.Slug(a.Name)}, a.Name, 0)
		l.Home = a.URL
		e.Authors = append(e.Authors, l)
	}
	for _, t := range p.Terms {
		switch t.Kind {
		case blog.Category:
			e.Terms = append(e.Terms, w.listed(term.Key{Kind: "categories", Slug: term.Slug(t.Name)}, t.Name, 0))
		case blog.Tag:
			e.Terms = append(e.Terms, w.listed(term.Key{Kind: "tags", Slug: term.Slug(t.Name)}, t.Name, 0))
		}
	}
	return e, x.Content.HTML, nil
}
