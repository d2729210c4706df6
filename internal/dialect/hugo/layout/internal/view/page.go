package view

import (
	"html/template"
	"time"

	"broadsheet/internal/dialect/hugo/layout/internal/value"
)

// Page is the page that the shortcodes stand in.
type Page struct {
	Title, Description, Section, Type, Slug, Lang, Kind string
	Params                                              map[string]any // keys in lower case
	Date, PublishDate, Lastmod, ExpiryDate              time.Time
	Draft, IsPage, IsHome, IsSection                    bool
	File                                                File
	Site                                                *Site
	Address                                             func() string // absolute; asked for late, since it may depend on the rest
	Render                                              func(text string) (template.HTML, error)
	Reference                                           func(path, language string) string

	scratch *Scratch
}

// File is where a page lies.
type File struct{ Path, Dir, LogicalName, BaseFileName, ContentBaseName, Ext, TranslationBaseName string }

// LinkTitle is the title as links have it.
func (p *Page) LinkTitle() any {
	if title, ok := p.Params["linktitle"]; ok {
		return title
	}
	return p.Title
}

// Permalink is the absolute address.
func (p *Page) Permalink() string { return p.Address() }

// RelPermalink is the address without the host.
func (p *Page) RelPermalink() string { return relative(p.Address()) }

// Language is that of the page.
func (p *Page) Language() Language { return p.Site.Language }

// Page is the page itself: layouts of both kinds ask for it.
func (p *Page) Page() *Page { return p }

// IsNode reports whether the page is a list of others.
func (p *Page) IsNode() bool { return false }

// Param is a parameter of the page, else of the site. Dots lead into maps.
func (p *Page) Param(key string) any {
	if v := at(p.Params, key); v != nil {
		return v
	}
	return at(p.Site.Params, key)
}

// RenderString converts Markdown; the options come before the text.
func (p *Page) RenderString(args ...any) (template.HTML, error) {
	if len(args) == 0 {
		return "", nil
	}
	return p.Render(value.String(args[len(args)-1]))
}

// Ref is the address of another page.
func (p *Page) Ref(v any) string {
	if m, ok := v.(map[string]any); ok {
		return p.Reference(value.String(m["path"]), value.String(m["lang"]))
	}
	return p.Reference(value.String(v), "")
}

// RelRef is Ref: what it comes to has its host once the page is shown.
func (p *Page) RelRef(v any) string { return p.Ref(v) }

// Scratch keeps values while the page is shown.
func (p *Page) Scratch() *Scratch {
	if p.scratch == nil {
		p.scratch = &Scratch{values: map[string]any{}}
	}
	return p.scratch
}

// Store is Scratch.
func (p *Page) Store() *Scratch { return p.Scratch() }

// String is the title of the page.
func (p Page) String() string { return p.Title }
