package layout

import (
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"time"

	"broadsheet/internal/dialect/hugo/layout/internal/value"
	"broadsheet/internal/dialect/hugo/layout/internal/view"
	"broadsheet/internal/frontmatter/dates"
)

// pageFuncs are functions that know the page and its site.
func (r *Run) pageFuncs() template.FuncMap {
	return template.FuncMap{
		"site": func() *Site { return r.env.Site },
		"page": func() *Page { return r.env.Page },
		"hugo": func() hugoInfo { return hugoInfo{Environment: "production", IsProduction: true} },
		"markdownify": func(s any) (template.HTML, error) {
			shown, err := r.markdown(value.String(s))
			return template.HTML(inOneParagraph(shown)), err //nolint:gosec // the sanitiser comes later
		},
		"absURL":     func(s any) string { return r.env.Site.Absolute(value.String(s)) },
		"relURL":     func(s any) string { return r.env.Site.Relative(value.String(s)) },
		"absLangURL": func(s any) string { return r.env.Site.Absolute(view.InLanguage(r.env.Site, value.String(s))) },
		"relLangURL": func(s any) string { return r.env.Site.Relative(view.InLanguage(r.env.Site, value.String(s))) },
		"ref":        func(_, of any) string { return r.env.Page.Ref(of) },
		"relref":     func(_, of any) string { return r.env.Page.RelRef(of) },
		"highlight": func(code any, args ...any) template.HTML {
			language := ""
			if len(args) > 0 {
				language = value.String(args[0])
			}
			return template.HTML(Code(value.String(code), language)) //nolint:gosec // it is made here
		},
		"urlparse":      func(s any) (*url.URL, error) { return url.Parse(value.String(s)) },
		"partial":       r.partial,
		"partialCached": r.partial,
		"warnf":         func(...any) string { return "" },
		"warnidf":       func(...any) string { return "" },
		"errorf":        func(format string, _ ...any) (string, error) { return "", errors.New(format) },
		"erroridf":      func(_, format string, _ ...any) (string, error) { return "", errors.New(format) },
	}
}

// hugoInfo is what a layout may ask of the program.
type hugoInfo struct {
	Environment                                                       string
	IsProduction, IsServer, IsDevelopment, IsExtended, IsMultilingual bool
}

// Code is code as HTML.
func Code(code, language string) string {
	class := ""
	if language != "" {
		class = ` class="language-` + template.HTMLEscapeString(language) + `"`
	}
	return "<pre><code" + class + ">" + template.HTMLEscapeString(strings.Trim(code, "\r\n")) + "\n</code></pre>"
}

func (r *Run) markdown(s string) (string, error) {
	if _, err := r.step(); err != nil {
		return "", err
	}
	shown, err := r.env.Markdown(s)
	if err != nil {
		return "", err
	}
	return r.text(shown)
}

// inOneParagraph is HTML without its paragraph where it is but one.
func inOneParagraph(s string) string {
	trimmed := strings.TrimSpace(s)
	if inside, ok := strings.CutPrefix(trimmed, "<p>"); ok && strings.Count(trimmed, "<p>") == 1 {
		if inside, ok = strings.CutSuffix(inside, "</p>"); ok && !strings.Contains(inside, "</p>") {
			return inside
		}
	}
	return s
}

// Inline converts Markdown, without the paragraph where it is but one.
func (r *Run) Inline(s string) string {
	shown, err := r.markdown(s)
	if err != nil {
		return template.HTMLEscapeString(s)
	}
	return inOneParagraph(shown)
}

// partial shows a partial with the data that it is called with.
func (r *Run) partial(name string, data ...any) (template.HTML, error) {
	name = strings.ToLower(strings.TrimPrefix(name, "/"))
	l := r.set.partials[name]
	if l == nil {
		l = r.set.partials[name+".html"]
	}
	if l == nil {
		return "", fmt.Errorf("there is no partial %q", name)
	}
	if r.depth++; r.depth > maxDepth {
		return "", errTooMuch
	}
	defer func() { r.depth-- }()
	var with any
	if len(data) > 0 {
		with = data[0]
	}
	shown, err := r.execute(l, with)
	return template.HTML(shown), err //nolint:gosec // the sanitiser comes later
}

// moments are functions of time. What stands for the present moment is the page's: a
// document must not change for the time at which it is made.
func (r *Run) moments() template.FuncMap {
	parse := func(v any) (time.Time, error) {
		if at, ok := v.(time.Time); ok {
			return at, nil
		}
		d, err := dates.Parse(value.String(v), r.env.Now.Location())
		return d.Time, err
	}
	format := func(layout string, v any) (string, error) {
		at, err := parse(v)
		if err != nil {
			return "", err
		}
		return at.Format(namedLayout(layout)), nil
	}
	return template.FuncMap{
		"now": func() time.Time {
			if r.env.AsksNow != nil {
				r.env.AsksNow()
			}
			return r.env.Now
		},
		"time":       func(v any, _ ...any) (time.Time, error) { return parse(v) },
		"dateFormat": format,
		"dateformat": format,
	}
}

// namedLayout is the layout of Go that a name of Hugo's stands for.
func namedLayout(layout string) string {
	switch layout {
	case ":date_full":
		return "Monday, January 2, 2006"
	case ":date_long":
		return "January 2, 2006"
	case ":date_medium":
		return "Jan 2, 2006"
	case ":date_short":
		return "1/2/06"
	}
	return layout
}
