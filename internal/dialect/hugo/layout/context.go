package layout

import (
	"fmt"
	"html/template"
	"strings"
	"time"
)

// Args are the arguments of a shortcode: named ones, or others by position. Those
// that are not in quotes may be numbers and booleans.
type Args struct {
	Named map[string]any // by name in lower case
	List  []any
}

// Call is one use of a shortcode, as its layout sees it.
type Call struct {
	Args    Args
	Inner   template.HTML // what it encloses
	Name    string
	Ordinal int   // how many stand before it in what holds it
	Parent  *Call // the one that encloses it; nil: none
	Page    *Page
	Site    *Site

	scratch *Scratch
}

// Get returns an argument, by name or by position; an empty text where there is none.
func (c *Call) Get(key any) (any, error) {
	switch key := key.(type) {
	case string:
		if c.IsNamedParams() {
			if v, ok := c.Args.Named[strings.ToLower(key)]; ok {
				return v, nil
			}
		}
		return "", nil
	default:
		at, err := toInt(key)
		if err != nil {
			return nil, fmt.Errorf("%v is neither the name nor the position of an argument", key)
		}
		if at < 0 || at >= len(c.Args.List) {
			return "", nil
		}
		return c.Args.List[at], nil
	}
}

// Params are the arguments as a list, or by name.
func (c *Call) Params() any {
	if c.IsNamedParams() {
		return c.Args.Named
	}
	return c.Args.List
}

// IsNamedParams reports whether the arguments have names.
func (c *Call) IsNamedParams() bool { return len(c.Args.Named) > 0 }

// InnerDeindent is Inner without the white space that all of its lines begin with.
func (c *Call) InnerDeindent() template.HTML {
	return template.HTML(deindent(string(c.Inner))) //nolint:gosec // the sanitiser comes later
}

// Position is where the call stands; only messages ask for it.
func (c *Call) Position() string { return c.Page.File.Path }

// Scratch keeps values while the shortcode is shown.
func (c *Call) Scratch() *Scratch {
	if c.scratch == nil {
		c.scratch = &Scratch{values: map[string]any{}}
	}
	return c.scratch
}

// Store is Scratch.
func (c *Call) Store() *Scratch { return c.Scratch() }

// deindent takes away the white space that all lines begin with.
func deindent(text string) string {
	lines, common := strings.Split(text, "\n"), -1
	for _, line := range lines {
		if body := strings.TrimLeft(line, " \t"); body != "" {
			if width := len(line) - len(body); common < 0 || width < common {
				common = width
			}
		}
	}
	for i, line := range lines {
		lines[i] = line[min(max(common, 0), len(line)-len(strings.TrimLeft(line, " \t"))):]
	}
	return strings.Join(lines, "\n")
}

// Scratch is a place for values.
type Scratch struct{ values map[string]any }

// Set keeps a value.
func (s *Scratch) Set(key string, value any) string { s.values[key] = value; return "" }

// Get returns a value.
func (s *Scratch) Get(key string) any { return s.values[key] }

// Delete forgets a value.
func (s *Scratch) Delete(key string) string { delete(s.values, key); return "" }

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
	return p.Render(toString(args[len(args)-1]))
}

// Ref is the address of another page.
func (p *Page) Ref(v any) string {
	if m, ok := v.(map[string]any); ok {
		return p.Reference(toString(m["path"]), toString(m["lang"]))
	}
	return p.Reference(toString(v), "")
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

// Site is what the settings say.
type Site struct {
	Title, BaseURL, LanguageCode, Copyright string
	Params                                  map[string]any // keys in lower case
	Language                                Language
	IsServer, IsMultiLingual                bool
	root                                    string
}

// Language is one of the site.
type Language struct {
	Lang, LanguageName, LanguageCode, LanguageDirection, Title string

	Folder string // of its pages; empty: the top
}

// String is its short name.
func (l Language) String() string { return l.Lang }

// Param is a parameter of the site. Dots lead into maps.
func (s *Site) Param(key string) any { return at(s.Params, key) }

// at follows a path of keys into maps.
func at(m map[string]any, key string) any {
	var v any = m
	for part := range strings.SplitSeq(strings.ToLower(key), ".") {
		inside, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = inside[part]
	}
	return v
}

// relative is an address without the host.
func relative(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return address
	}
	_, rest, _ = strings.Cut(rest, "/")
	return "/" + rest
}
