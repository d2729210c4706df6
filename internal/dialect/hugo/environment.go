package hugo

import (
	"cmp"
	"path"
	"strconv"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/hugo/internal/render"
	"broadsheet/internal/dialect/hugo/layout"
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"
)

// render shows the shortcodes of the body.
func (h hugo) render(r *rules.Reading, body []byte) []byte {
	if !render.Holds(body) {
		return body
	}
	return render.Body(body, render.Page{
		Layouts: h.layouts, Reference: h.reference,
		Env: layout.Env{Page: h.pageFor(r), Site: h.siteFor(r), Now: r.Post.Updated, Markdown: h.markdown},
		Report: func(tag, message string) {
			if tag == "" {
				r.Warn(0, message)
				return
			}
			r.Report(blog.Problem{File: r.File.Path, Line: r.LineOf(tag), Severity: blog.Warning, Message: message, Cause: message})
		},
	})
}

func (h hugo) siteFor(r *rules.Reading) *layout.Site {
	text := func(key string) string {
		language := "languages." + h.languageOf(r.File.Path) + "."
		return h.site.Text(language+key, key)
	}
	lang := h.languageOf(r.File.Path)
	params := h.params
	if own, ok := h.site.Value("languages." + lang + ".params"); ok {
		params = merged(params, asMap(own.Map))
	}
	return layout.NewSite(layout.Site{
		Title: text("title"), BaseURL: r.Site.URL + "/", LanguageCode: text("languageCode"), Copyright: text("copyright"), Params: params,
		Language:       layout.Language{Lang: lang, LanguageName: text("languageName"), LanguageCode: cmp.Or(text("languageCode"), lang), Title: text("title"), Folder: h.prefix(r.File.Path)},
		IsMultiLingual: len(h.languages) > 1,
	}, r.Site.URL)
}

func (h hugo) pageFor(r *rules.Reading) *layout.Page {
	p := h.contentPath(r)
	content := strings.TrimPrefix(r.File.Path, h.contentOf(r.File.Path).folder)
	name := strings.TrimSuffix(path.Base(content), path.Ext(content))
	page := &layout.Page{
		Title: r.Post.Title, Section: p.section(), Type: p.section(), Kind: "page", Slug: h.slug(r), IsPage: true,
		Lang: h.languageOf(r.File.Path), Params: asMap(r.Block.Meta), Date: r.Post.Published, PublishDate: r.Post.Published,
		Lastmod: r.Post.Updated, ExpiryDate: r.Post.Expires(),
		File: layout.File{Path: content, Dir: strings.TrimPrefix(path.Dir(content)+"/", "./"), LogicalName: path.Base(content), BaseFileName: name,
			ContentBaseName: p.name, TranslationBaseName: strings.TrimSuffix(name, path.Ext(name)), Ext: strings.TrimPrefix(path.Ext(content), ".")},
		Address: func() string { return h.address(r) },
	}
	if kind := values.TextIn(r.Block.Meta, "type"); kind != "" {
		page.Type = kind
	}
	if v, _, ok := r.Lookup(meta.Summary, "description"); ok {
		page.Description = values.First(v.Strings())
	}
	if date, ok := h.first(r, meta.PageDate); ok {
		page.Date = date
	}
	return page
}

// asMap are values as layouts see them: keys in lower case.
func asMap(pairs meta.Pairs) map[string]any {
	m := make(map[string]any, len(pairs))
	for _, pair := range pairs {
		v := asValue(pair.Value)
		m[strings.ToLower(pair.Key)] = v
	}
	return m
}

func asValue(v meta.Value) any {
	switch v.Kind {
	case meta.Null:
		return nil
	case meta.List:
		all := make([]any, len(v.List))
		for i := range v.List {
			all[i] = asValue(v.List[i])
		}
		return all
	case meta.Map:
		return asMap(v.Map)
	case meta.Bool:
		on, _ := v.Bool()
		return on
	case meta.Number:
		if n, err := strconv.Atoi(v.Text); err == nil {
			return n
		}
		if f, err := strconv.ParseFloat(v.Text, 64); err == nil {
			return f
		}
	}
	return v.Text
}

// merged are two maps, the second before the first.
func merged(a, b map[string]any) map[string]any {
	all := make(map[string]any, len(a)+len(b))
	for _, m := range []map[string]any{a, b} {
		for key, v := range m {
			all[key] = v
		}
	}
	return all
}

// address is the permalink of a page.
func (h hugo) address(r *rules.Reading) string { return h.base(r) + paths.Escape(h.path(r)) }
