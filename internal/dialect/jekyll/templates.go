package jekyll

import (
	"bytes"
	"path"
	"strings"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/jekyll/internal/vars"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/liquid"
	"broadsheet/internal/markdown"

	"golang.org/x/text/unicode/norm"
)

// templates renders what posts hold of a generator's template language. It is
// safe for concurrent use.
type templates struct {
	liquid *liquid.Renderer
	base   string         // of addresses, which templates put in front themselves
	data   []blog.Problem // of the data files
}

// hasTemplates reports whether a text may hold template text of Jekyll.
func hasTemplates(text []byte) bool {
	return bytes.Contains(text, []byte("{{")) || bytes.Contains(text, []byte("{%"))
}

// newTemplates returns the templates of a Jekyll site.
func newTemplates(src rules.Source, files rules.Addresses) rules.Templates {
	base := strings.Trim(src.Settings.Text("baseurl"), "/")
	if base != "" {
		base = "/" + base
	}
	a := addresses{
		Addresses: files, base: base, origin: strings.TrimSuffix(src.Site.URL, base),
		named: byName(files.Posts), composed: composedNames(files.Posts),
	}
	s := liquid.Site{
		Vars: vars.Of(src.Settings.Values), Includes: map[string]string{}, URL: a.origin, BaseURL: base, Zone: src.Site.Zone,
		PostURL: a.post, LinkURL: a.link, Markdown: toHTML(src.Site.URL+"/", syntax(src.Settings)),
	}
	data, wrong := vars.OfData(src.Data)
	s.Vars = append(s.Vars, liquid.Pair{Key: "data", Value: data})
	for name, text := range src.Data {
		if below, ok := strings.CutPrefix(name, "_includes/"); ok {
			s.Includes[norm.NFC.String(below)] = string(text)
		}
	}
	return &templates{liquid.New(s), src.Site.URL, wrong}
}

// toHTML returns what renders Markdown for templates. The renderer is expensive; it is
// built on first use.
func toHTML(base string, syntax markdown.Syntax) func(text string) string {
	renderer := sync.OnceValue(func() *markdown.Renderer { return markdown.New(markdown.Options{Syntax: syntax}) })
	return func(text string) string {
		content, err := renderer().Render(markdown.Source{Text: []byte(text), Base: base})
		if err != nil {
			return text
		}
		return content.HTML
	}
}

// Render renders the body of a post, and its excerpt.
func (t *templates) Render(p *blog.Post, pairs meta.Pairs) (body, excerpt []byte, problems []blog.Problem) {
	page := vars.Of(pairs)
	page = append(page,
		liquid.Pair{Key: "title", Value: p.Title}, liquid.Pair{Key: "url", Value: strings.TrimPrefix(p.URL, t.base)},
		liquid.Pair{Key: "path", Value: p.Path}, liquid.Pair{Key: "slug", Value: p.Slug},
		liquid.Pair{Key: "id", Value: strings.TrimPrefix(p.ID, t.base)}, liquid.Pair{Key: "date", Value: p.Published},
		liquid.Pair{Key: "relative_path", Value: p.Path}, liquid.Pair{Key: "name", Value: path.Base(p.Path)},
		liquid.Pair{Key: "ext", Value: path.Ext(p.Path)}, liquid.Pair{Key: "collection", Value: "posts"}, liquid.Pair{Key: "draft", Value: false},
		liquid.Pair{Key: "categories", Value: notNil(categoriesOf(p.Path, pairs))}, liquid.Pair{Key: "tags", Value: notNil(tagsOf(pairs))},
	)
	body, problems = t.liquid.Render(p.Body, page, p.Path, p.BodyLine)
	if bytes.Contains(p.Body, []byte("site.data")) {
		problems = append(problems, t.data...)
	}
	if p.Excerpt() != nil {
		excerpt, _ = t.liquid.Render(p.Excerpt(), page, p.Path, p.BodyLine)
		excerpt = afterTemplates(p, excerpt)
	}
	return afterTemplates(p, body), excerpt, problems
}

// notNil returns a list that templates see as one though it is empty.
func notNil(list []string) []string { return append([]string{}, list...) }

// afterTemplates takes out what nobody is to read: templates may have brought more of it.
func afterTemplates(p *blog.Post, text []byte) []byte {
	text, _ = markdown.WithoutUnseen(text, markdown.Languages{Kramdown: true, HTML: p.Markup == blog.HTML})
	return text
}
