package parse

import (
	"slices"
	"strings"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/source"
)

// words keeps one copy of each text that many posts have in common: names of terms, and
// authors. Any goroutine may use it.
type words struct {
	mu      sync.Mutex
	all     map[string]string
	authors map[string][]blog.Author // by all that the list says
}

// maxWords bounds how many are kept; the names of more are each post's own.
const maxWords = 1 << 16

// of returns the copy of a text.
func (w *words) of(text string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.own(text)
}

func (w *words) own(text string) string {
	if known, ok := w.all[text]; ok {
		return known
	}
	own := strings.Clone(text)
	if w.all == nil {
		w.all = map[string]string{}
	}
	if len(w.all) < maxWords {
		w.all[own] = own
	}
	return own
}

// list returns the copy of a list of authors.
func (w *words) list(authors []blog.Author) []blog.Author {
	var names strings.Builder
	for _, a := range authors {
		names.WriteString(a.Name + "\x00" + a.Email + "\x00" + a.URL + "\x00")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if known, ok := w.authors[names.String()]; ok {
		return known
	}
	own := slices.Clone(authors)
	for i, a := range own {
		own[i] = blog.Author{Name: w.own(a.Name), Email: w.own(a.Email), URL: w.own(a.URL)}
	}
	if w.authors == nil {
		w.authors = map[string][]blog.Author{}
	}
	if len(w.authors) < maxWords {
		w.authors[names.String()] = own
	}
	return own
}

// reading returns what reads files like that, and gives each post texts of its own: else it
// would keep the whole front matter of its file, which they are parts of.
func (w *words) reading(read Reader) Reader {
	return func(f source.File) (dialect.Result, error) {
		r, err := read(f)
		if r.Post != nil && r.Meta == nil { // else the front matter stays anyway
			w.detach(r.Post)
		}
		return r, err
	}
}

// detach gives a post texts of its own that nobody else knows yet.
func (w *words) detach(p *blog.Post) {
	p.Title, p.Slug = strings.Clone(p.Title), slugOf(p)
	p.Authors, p.Terms = w.list(p.Authors), slices.Clone(p.Terms)
	for i := range p.Terms {
		p.Terms[i].Name = w.of(p.Terms[i].Name)
	}
	if e := p.Extras; e != nil {
		e.Language, e.Summary, e.Description = w.of(e.Language), strings.Clone(e.Summary), strings.Clone(e.Description)
		e.ExternalURL, e.Image.URL, e.Image.Alt = strings.Clone(e.ExternalURL), strings.Clone(e.Image.URL), strings.Clone(e.Image.Alt)
	}
}

// slugOf returns the slug of a post, as a part of its path where it is one.
func slugOf(p *blog.Post) string {
	if i := strings.Index(p.Path, p.Slug); i >= 0 {
		return p.Path[i : i+len(p.Slug)]
	}
	return strings.Clone(p.Slug)
}
